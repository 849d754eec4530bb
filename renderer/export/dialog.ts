import { create } from 'zustand';

/** Whether Export is open. */
export const exportDialog = create<{ readonly open: boolean }>()(() => ({ open: false }));
