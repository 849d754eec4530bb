/** The editor windows: made, found, and watched. */

import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import { guardClosing } from './closing.ts';
import { EDITOR_PATH, ORIGIN, type Payload } from './contract.ts';
import type { Editor } from './editor.ts';
import type { RecoverySlot } from './recovery.ts';
import { STRINGS } from './strings.ts';
import { stopTrainer } from './trainer.ts';

/** The paper of the design, so that no white sheet flashes before the page is there. */
const PAPER = { light: '#fbfaf7', dark: '#14161b' };

export interface WindowOptions {
  readonly preload: string;
  /** A recovery copy for a new window. */
  slot(): RecoverySlot;
  /** Focus went to another window, or one opened or closed: the menu may have to change. */
  changed(): void;
  /** Called when a window that was asked to close stays. */
  stayed(): void;
  /** Called after the last trace of a window is gone. */
  closed(): void;
}

export class EditorWindows {
  readonly #editors = new Map<number, Editor>();
  readonly #options: WindowOptions;

  constructor(options: WindowOptions) {
    this.#options = options;
  }

  byContents(id: number): Editor | undefined {
    return this.#editors.get(id);
  }

  /** The one in front, or else any. */
  current(): Editor | undefined {
    const { all } = this;
    return all.find((editor) => editor.window.isFocused()) ?? all.at(-1);
  }

  get all(): readonly Editor[] {
    return [...this.#editors.values()];
  }

  open(): Editor {
    const window = createWindow(this.#options.preload);
    const editor: Editor = {
      window,
      contents: window.webContents,
      recovery: this.#options.slot(),
      ref: null,
      dirty: false,
      ready: false,
      waiting: [],
      disabled: new Set(),
      checked: new Set(),
      named: {},
      trainer: null,
      closing: { heard: () => undefined, answer: () => Promise.resolve() },
    };
    this.#editors.set(editor.contents.id, editor);
    guardClosing(editor, this.#options.stayed);
    this.#watch(editor);
    void load(editor);
    return editor;
  }

  #watch(editor: Editor): void {
    const { window, contents } = editor;
    const { id } = contents;
    window.once('ready-to-show', () => window.show());
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('focus', () => this.#options.changed());
    window.on('closed', () => {
      stopTrainer(editor);
      this.#editors.delete(id);
      this.#options.changed();
      this.#options.closed();
    });
    contents.on('did-start-navigation', (details) => {
      // A page that is loaded again knows nothing of the former one's trainer and listeners.
      if (!details.isMainFrame || details.isSameDocument) return;
      stopTrainer(editor);
      editor.ready = false;
      editor.ref = null;
      editor.dirty = false;
    });
    contents.on('render-process-gone', (_event, { reason }) => {
      stopTrainer(editor);
      editor.ready = false;
      editor.ref = null;
      editor.dirty = false;
      // Chromium is in the middle of taking the process down: loading a page right now would bring down the app.
      if (reason !== 'clean-exit') setImmediate(() => void offerReopening(editor));
    });
  }
}

function createWindow(preload: string): BrowserWindow {
  return new BrowserWindow({
    title: STRINGS.app,
    show: false,
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAPER.dark : PAPER.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      spellcheck: false,
    },
  });
}

type ShownDocument = Payload<'window.setDocument'>;

async function load(editor: Editor): Promise<void> {
  try {
    await editor.window.loadURL(ORIGIN + EDITOR_PATH);
  } catch (error) {
    if (editor.window.isDestroyed()) return;
    editor.window.show();
    dialog.showErrorBox(STRINGS.app, `${STRINGS.pageMissing} (${String(error)})`);
  }
}

async function offerReopening(editor: Editor): Promise<void> {
  if (editor.window.isDestroyed()) return;
  const { response } = await dialog.showMessageBox(editor.window, {
    type: 'error',
    message: STRINGS.editorGoneQuestion,
    detail: STRINGS.editorGoneDetail,
    buttons: [STRINGS.reopen, STRINGS.close],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (editor.window.isDestroyed()) return;
  if (response === 0) await load(editor);
  else editor.window.close();
}

/** Title and mark of unsaved changes, as each system has it. */
export function showDocument(editor: Editor, { name, ref, dirty }: ShownDocument): void {
  editor.ref = ref;
  editor.dirty = dirty;
  const mark = dirty && process.platform !== 'darwin' ? '• ' : '';
  editor.window.setTitle(`${mark}${name} — ${STRINGS.app}`);
  editor.window.setDocumentEdited(dirty);
}

/** Brings the window to the person. */
export function raise(editor: Editor): void {
  if (editor.window.isMinimized()) editor.window.restore();
  editor.window.show();
  if (process.platform === 'darwin') app.focus({ steal: true });
  editor.window.focus();
}
