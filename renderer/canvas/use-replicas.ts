import { toggleReplicas, useServices } from '../store/index.ts';

/** Fans the batch out into replicas, or back. */
export function useReplicas(): () => void {
  const { store } = useServices();
  return () => toggleReplicas(store);
}
