import type { BrowserWindow, WebContents } from 'electron';
import type { CommandId, CommandNames, Events, FileRef } from './contract.ts';
import type { RecoverySlot } from './recovery.ts';
import type { RunningTrainer } from './trainer.ts';

/** What a page is asked for as soon as it listens: to open a file, or to take over a recovery copy. */
export type WaitingRequest = {
  [N in 'files.openRequest' | 'recovery.restoreRequest']: { name: N; payload: Events[N] };
}['files.openRequest' | 'recovery.restoreRequest'];

/** What main knows of one editor window. */
export interface Editor {
  readonly window: BrowserWindow;
  /** Kept beside the window, which forgets it when it closes. */
  readonly contents: WebContents;
  /** Its own recovery copy: one of its own, or the one that it took over. */
  recovery: RecoverySlot;
  /** The file of the document it shows; null before the first save. */
  ref: FileRef | null;
  dirty: boolean;
  /** The page listens to requests; until then they wait. */
  ready: boolean;
  readonly waiting: WaitingRequest[];
  disabled: ReadonlySet<CommandId>;
  checked: ReadonlySet<CommandId>;
  named: CommandNames;
  trainer: RunningTrainer | null;
  /** The page's part in closing; see `closing.ts`. */
  closing: { heard(): void; answer(close: boolean): Promise<void> };
}
