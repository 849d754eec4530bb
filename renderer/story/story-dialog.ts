import { create } from 'zustand';
import type { WireId } from '#graph';

interface StoryDialogState {
  /** The wire whose story is shown large. */
  readonly wire: WireId | null;
  show(wire: WireId | null): void;
}

/** Which wire's story is shown large: for the back row, and while presenting, when there are no panels. */
export const storyDialog = create<StoryDialogState>()((set) => ({
  wire: null,
  show: (wire) => set({ wire }),
}));

/** Shows a wire's story large. */
export function enlargeStory(wire: WireId): void {
  storyDialog.getState().show(wire);
}
