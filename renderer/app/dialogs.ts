import { create } from 'zustand';

interface DialogState {
  readonly shown: 'shortcuts' | 'repeat' | 'licences' | null;
  open(shown: DialogState['shown']): void;
}

/** Which of the app's own dialogs is open. */
export const dialogStore = create<DialogState>()((set) => ({
  shown: null,
  open: (shown) => set({ shown }),
}));
