/** The trainer: a hidden, sandboxed window of its own, that is a process of its own, for each editor. */

import { app, BrowserWindow, MessageChannelMain, type RenderProcessGoneDetails } from 'electron';
import { CHANNELS, ORIGIN, type PortMessage, TRAINER_PATH, type TrainerExit } from './contract.ts';
import type { Editor } from './editor.ts';
import { DesktopError } from './errors.ts';
import { tell } from './ipc.ts';
import { STRINGS } from './strings.ts';

export interface RunningTrainer {
  readonly id: number;
  readonly window: BrowserWindow;
}

/**
 * The trainer's session is not the editors': Chromium never puts two sessions in one process, but does at times put
 * two windows of one site there, and then a training step would freeze the editor.
 */
export const TRAINER_PARTITION = 'trainer';

/** A page that hangs for this long after Chromium noticed is ended. A training step is never as long. */
const HANGING_MS = 60_000;

let lastId = 0;

const EXITS: Readonly<Record<RenderProcessGoneDetails['reason'], TrainerExit>> = {
  'clean-exit': { reason: 'killed', message: STRINGS.trainerKilled },
  killed: { reason: 'killed', message: STRINGS.trainerKilled },
  crashed: { reason: 'crashed', message: STRINGS.trainerCrashed },
  'abnormal-exit': { reason: 'crashed', message: STRINGS.trainerCrashed },
  'integrity-failure': { reason: 'crashed', message: STRINGS.trainerCrashed },
  oom: { reason: 'out-of-memory', message: STRINGS.trainerMemory },
  'memory-eviction': { reason: 'out-of-memory', message: STRINGS.trainerMemory },
  'launch-failed': { reason: 'failed-to-start', message: STRINGS.trainerNotStarted },
};

/**
 * Starts a trainer for the editor and hands each of the two pages one end of a channel. One that the editor still
 * has is ended first.
 * @throws DesktopError where it did not start
 */
export async function startTrainer(editor: Editor, preload: string): Promise<number> {
  stopTrainer(editor);
  lastId += 1;
  const running: RunningTrainer = { id: lastId, window: createWindow(preload) };
  editor.trainer = running;
  const ended = watch(editor, running);
  try {
    await Promise.race([running.window.loadURL(ORIGIN + TRAINER_PATH), ended]);
  } catch (error) {
    stopTrainer(editor, running);
    throw new DesktopError('trainer', STRINGS.trainerNotStarted, { cause: error });
  }
  if (editor.trainer !== running) {
    throw new DesktopError('trainer', STRINGS.trainerNotStarted);
  }
  const { port1, port2 } = new MessageChannelMain();
  const message: PortMessage = { type: 'gradwire:port', trainer: running.id };
  running.window.webContents.postMessage(CHANNELS.port, message, [port1]);
  editor.contents.postMessage(CHANNELS.port, message, [port2]);
  return running.id;
}

/** Ends the editor's trainer without a word to the page; with `which`, only if it is still that one. */
export function stopTrainer(editor: Editor, which?: { readonly id: number }): void {
  const running = editor.trainer;
  if (running === null || (which !== undefined && which.id !== running.id)) return;
  editor.trainer = null;
  // A trainer in the middle of a long step would close only after it.
  if (!running.window.isDestroyed()) running.window.destroy();
}

/** Bytes of memory that this trainer's process uses; null where it is gone. */
export function trainerMemory(editor: Editor, id: number): number | null {
  const running = editor.trainer;
  if (running?.id !== id || running.window.isDestroyed()) return null;
  const pid = running.window.webContents.getOSProcessId();
  const found = app.getAppMetrics().find((metric) => metric.pid === pid);
  return found ? found.memory.workingSetSize * 1024 : null;
}

function createWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    show: false,
    focusable: false,
    skipTaskbar: true,
    width: 320,
    height: 200,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      partition: TRAINER_PARTITION,
      // A hidden page's timers would otherwise run once a second, then once a minute.
      backgroundThrottling: false,
      spellcheck: false,
    },
  });
  window.removeMenu();
  return window;
}

/** Reports an end that nobody asked for, once; the promise rejects then, for a start under way. */
function watch(editor: Editor, running: RunningTrainer): Promise<never> {
  const { window } = running;
  let reject: (error: Error) => void = () => undefined;
  const ended = new Promise<never>((_resolve, rejectIt) => {
    reject = rejectIt;
  });
  ended.catch(() => undefined);
  const end = (exit: TrainerExit) => {
    reject(new Error(exit.message));
    if (editor.trainer !== running) return;
    editor.trainer = null;
    // Not within the event: Chromium is still busy with the process that went.
    setImmediate(() => {
      if (!window.isDestroyed()) window.destroy();
    });
    tell(editor, 'trainer.exit', { trainer: running.id, exit });
  };
  let hanging: NodeJS.Timeout | undefined;
  window.webContents.on('render-process-gone', (_event, { reason }) => end(EXITS[reason]));
  window.on('unresponsive', () => {
    clearTimeout(hanging);
    const exit: TrainerExit = { reason: 'unresponsive', message: STRINGS.trainerHung };
    hanging = setTimeout(() => end(exit), HANGING_MS);
  });
  window.on('responsive', () => clearTimeout(hanging));
  window.on('closed', () => {
    clearTimeout(hanging);
    end({ reason: 'killed', message: STRINGS.trainerKilled });
  });
  return ended;
}
