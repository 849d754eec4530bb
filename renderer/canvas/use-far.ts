import { useStore } from '@xyflow/react';

/** Below this zoom nobody could read the numbers. */
const readableFrom = 0.35;

/** Whether the view is so far away that only nodes, wires and symbols are drawn. */
export function useFar(): boolean {
  return useStore(({ transform }) => transform[2] < readableFrom);
}
