import { create } from 'zustand';
import type { Guide, WireId } from '#graph';

interface Gestures {
  /** The wire whose name is being typed on the canvas. */
  readonly naming: WireId | null;
  /** The wire that a node dragged over it would be inserted on. */
  readonly taking: WireId | null;
  /** Where what is being dragged stands in line with other nodes. */
  readonly guides: readonly Guide[];
}

const noGuides: readonly Guide[] = [];

/** What lives only as long as a gesture, and only the wires care about. */
export const wireGestures = create<Gestures>()(() => ({
  naming: null,
  taking: null,
  guides: noGuides,
}));

export function beginNaming(naming: WireId | null): void {
  wireGestures.setState({ naming });
}

/** Shows on which wire what is being dragged would be inserted. */
export function takeWire(taking: WireId | null): void {
  wireGestures.setState({ taking });
}

/** Shows along which lines what is being dragged stands in line with other nodes. */
export function showGuides(guides: readonly Guide[]): void {
  if (guides.length === 0 && wireGestures.getState().guides.length === 0) return;
  wireGestures.setState({ guides: guides.length > 0 ? guides : noGuides });
}

export function useWireGesture(id: WireId, gesture: 'naming' | 'taking'): boolean {
  return wireGestures((state) => state[gesture] === id);
}
