import { create } from 'zustand';
import type { WireId } from '#graph';

interface WireGestures {
  /** The wire whose name is being typed on the canvas. */
  readonly naming: WireId | null;
  /** The wire that a node dragged over it would be inserted on. */
  readonly taking: WireId | null;
}

/** What lives only as long as a gesture, and only the wires care about. */
export const wireGestures = create<WireGestures>()(() => ({ naming: null, taking: null }));

export function beginNaming(naming: WireId | null): void {
  wireGestures.setState({ naming });
}

/** Shows on which wire what is being dragged would be inserted. */
export function takeWire(taking: WireId | null): void {
  wireGestures.setState({ taking });
}

export function useWireGesture(id: WireId, gesture: keyof WireGestures): boolean {
  return wireGestures((state) => state[gesture] === id);
}
