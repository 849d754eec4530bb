import { create } from 'zustand';
import type { FileRef, RecoveryOffer, SavedVersion } from '../host/index.ts';

interface Versions {
  readonly ref: FileRef;
  readonly name: string;
  readonly list: readonly SavedVersion[];
}

interface FileDialogs {
  /** Copies that were left behind and are not settled. */
  readonly offers: readonly RecoveryOffer[];
  readonly versions: Versions | null;
}

/** What the dialogs about kept documents show; they are open while there is something to show. */
export const fileDialogs = create<FileDialogs>()(() => ({ offers: [], versions: null }));
