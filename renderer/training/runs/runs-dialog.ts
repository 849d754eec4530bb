import { create } from 'zustand';

/** Whether all runs are shown, and which of them are compared. */
export const runsDialog = create<{
  readonly open: boolean;
  readonly compared: readonly string[];
}>()(() => ({ open: false, compared: [] }));
