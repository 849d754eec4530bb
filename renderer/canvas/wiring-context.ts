import { create } from 'zustand';
import type { Wiring } from './wiring.ts';

interface WiringState {
  readonly wiring: Wiring | null;
  set(wiring: Wiring | null): void;
}

/** The wire being drawn lives only as long as the gesture, and only the ports care. */
export const wiringStore = create<WiringState>()((set) => ({
  wiring: null,
  set: (wiring) => set({ wiring }),
}));

export function useWiring<R>(select: (wiring: Wiring | null) => R): R {
  return wiringStore(({ wiring }) => select(wiring));
}
