import { useStore } from '@xyflow/react';
import { createContext, use } from 'react';

/** Below this zoom nobody could read the numbers. */
const readableFrom = 0.24;

/** Whether the view is so far away that only nodes, wires and symbols are drawn. */
export const FarContext = createContext(false);

export function useFar(): boolean {
  return use(FarContext);
}

/** For the one provider: nodes and wires by the thousand must not each listen to the view. */
export function useFarOfView(): boolean {
  return useStore(({ transform }) => transform[2] < readableFrom);
}
