import { create } from 'zustand';
import type { Position } from '#graph';
import type { Beside } from '../store/index.ts';

/** What a quick-add is about. */
export interface QuickAddPlace {
  /** Where the node goes, in the graph's own coordinates. */
  readonly at: Position;
  /** Where the list opens, in pixels of the window. */
  readonly point: Position;
  /** The port that the new node is wired to. */
  readonly beside: Beside | null;
  /** Only what fits that port is offered: its wire was let go here. */
  readonly onlyFitting: boolean;
  /** What was typed already. */
  readonly typed: string;
}

type Shown =
  | ({ readonly kind: 'add' } & QuickAddPlace)
  | { readonly kind: 'parts' }
  | { readonly kind: 'commands' };

interface FinderState {
  readonly shown: Shown | null;
  open(shown: Shown): void;
  close(): void;
}

/** Which list to choose from is open. */
export const finderStore = create<FinderState>()((set) => ({
  shown: null,
  open: (shown) => set({ shown }),
  close: () => set({ shown: null }),
}));
