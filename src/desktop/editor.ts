import type { BrowserWindow, WebContents } from 'electron';
import type { CommandId, CommandNames, OpenRequest } from './contract.ts';
import type { RecoverySlot } from './recovery.ts';
import type { RunningTrainer } from './trainer.ts';

/** What main knows of one editor window. */
export interface Editor {
  readonly window: BrowserWindow;
  /** Kept beside the window, which forgets it when it closes. */
  readonly contents: WebContents;
  readonly recovery: RecoverySlot;
  /** Number of its recovery slot; the smallest that was free. */
  readonly slot: number;
  dirty: boolean;
  /** The page listens to requests to open; until then they wait. */
  ready: boolean;
  readonly waiting: OpenRequest[];
  disabled: ReadonlySet<CommandId>;
  checked: ReadonlySet<CommandId>;
  named: CommandNames;
  trainer: RunningTrainer | null;
  /** The page's part in closing; see `closing.ts`. */
  closing: { heard(): void; answer(close: boolean): Promise<void> };
}
