import { useStore } from '@xyflow/react';
import { createContext, use } from 'react';

/** How much is drawn: everything; tensors as mere pictures; or only nodes, wires and names. */
export type Detail = 'full' | 'compact' | 'none';

/** Below these zooms nobody could read the numbers of a tensor, and those of a scalar. */
const tensorsFrom = 0.6;
const numbersFrom = 0.24;
/** Of a large graph there are too many in view already at this one. */
const numbersFromIfLarge = 0.42;

export const DetailContext = createContext<Detail>('full');

/** Whether the view is so far away that only nodes, wires and names are drawn. */
export function useFar(): boolean {
  return use(DetailContext) === 'none';
}

/** Whether tensors are drawn as pictures, their numbers too small to read. */
export function useCompact(): boolean {
  return use(DetailContext) !== 'full';
}

/** For the one provider: nodes and wires by the thousand must not each listen to the view. */
export function useDetailOfView(large: boolean): Detail {
  const from = large ? numbersFromIfLarge : numbersFrom;
  return useStore(({ transform: [, , zoom] }) =>
    zoom < from ? 'none' : zoom < tensorsFrom ? 'compact' : 'full',
  );
}
