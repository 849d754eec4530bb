import { createStore } from 'zustand';

/** Whether the name of a block is being asked for. */
export const saveDialog = createStore<{ readonly open: boolean }>(() => ({ open: false }));
