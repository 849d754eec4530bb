/** Puts the services together and follows the life of the app: start, a second start, a file to open, the end. */

import { join, resolve } from 'node:path';
import { app, type Session } from 'electron';
import { checks } from './checks.ts';
import type { FileRef, Keymap, OpenRequest, RecoveryId } from './contract.ts';
import { Datasets, knownFolders } from './datasets.ts';
import { Documents } from './documents.ts';
import type { Editor, WaitingRequest } from './editor.ts';
import { createHandlers } from './handlers.ts';
import { listen, tell } from './ipc.ts';
import { announceMenu, buildMenu, showState } from './menu.ts';
import { documentArguments } from './paths.ts';
import { registerScheme, serve } from './protocol.ts';
import { RecentFiles } from './recent.ts';
import { Recovery } from './recovery.ts';
import { Runs } from './runs.ts';
import { lockContents, lockSession } from './security.ts';
import { STRINGS } from './strings.ts';
import { loadUpdater, updateAddress, updateDialogs } from './updater.ts';
import { Updates } from './updates.ts';
import { Versions } from './versions.ts';
import { EditorWindows, raise } from './windows.ts';

/** For a quick start, where the person who starts the app has not set them otherwise. */
const switches = {
  // In megabytes: what the first picture takes then fits without a single collection. V8 begins with one.
  'js-flags': '--min-semi-space-size=8',
  // Which process shows a page is known from its headers, since ours ask to be isolated: what Chromium would prepare
  // before it has them is thrown away.
  'enable-features': 'DeferSpeculativeRFHCreation:create_speculative_rfh_delay_ms/1000',
};

/**
 * Starts the desktop app. Call it at once when the process begins: schemes and locks come before Electron is ready.
 * @param here folder of the built main process, beside those of preload and pages
 */
export function startDesktop(here: string): void {
  app.setName(STRINGS.app);
  // Each folder of user data has one running app: a second start hands its files to the first and ends.
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // As root Chromium's sandbox cannot run: who starts the app with --no-sandbox has been told so. Each window asks for
  // the sandbox itself as well.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  for (const [name, value] of Object.entries(switches)) {
    if (!app.commandLine.hasSwitch(name)) app.commandLine.appendSwitch(name, value);
  }
  registerScheme();
  lockContents();
  announceMenu();
  new DesktopApp(here).run();
}

class DesktopApp {
  readonly #preload: string;
  readonly #pages: string;
  readonly #checkout: string | null;
  readonly #devServer = app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null);
  readonly #documents: Documents;
  readonly #recovery: Recovery;
  readonly #datasets = new Datasets();
  readonly #runs: Runs;
  readonly #recent: RecentFiles;
  readonly #windows: EditorWindows;
  readonly #updates: Updates;
  #keymap: Keymap = {};
  /** The names of commands that the menu was built with. */
  #named = '';
  #quitting = false;
  /** Ready, and what earlier sessions left is known. */
  #prepared = false;

  constructor(here: string) {
    this.#preload = join(here, '../preload/preload.cjs');
    this.#pages = join(here, '../renderer');
    this.#checkout = app.isPackaged ? null : join(here, '../..');
    const userData = app.getPath('userData');
    this.#runs = new Runs(join(userData, 'runs'));
    this.#documents = new Documents(new Versions(join(userData, 'versions')));
    this.#recovery = new Recovery(join(userData, 'recovery'));
    this.#recent = new RecentFiles(join(userData, 'recent.json'), () => this.#rebuildMenu());
    this.#updates = new Updates({
      path: join(userData, 'updates.json'),
      address: updateAddress,
      updater: loadUpdater,
      dialogs: updateDialogs(() => this.#windows.current()?.window),
      changed: () => this.#rebuildMenu(),
    });
    this.#windows = new EditorWindows({
      preload: this.#preload,
      slot: () => this.#recovery.slot(),
      changed: () => this.#showMenu(),
      stayed: () => {
        this.#quitting = false;
      },
      closed: () => {
        // A quit that waited for this window's answer goes on.
        if (this.#quitting) app.quit();
      },
    });
  }

  run(): void {
    const early = documentArguments(process.argv).map((path) => resolve(path));
    app.on('open-file', (event, path) => {
      event.preventDefault();
      if (this.#prepared) void this.#openFromOutside([path]);
      else early.unshift(path);
    });
    app.on('second-instance', (_event, argv, workingDirectory) => {
      const paths = documentArguments(argv).map((path) => resolve(workingDirectory, path));
      if (!this.#prepared) early.push(...paths);
      else if (paths.length > 0) void this.#openFromOutside(paths);
      else raise(this.#editor());
    });
    app.on('activate', () => raise(this.#editor()));
    app.on('before-quit', () => {
      this.#quitting = true;
    });
    app.on('session-created', (each) => this.#guard(each));
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    const left = this.#recovery.load();
    void app.whenReady().then(async () => {
      await left;
      this.#listen();
      this.#prepared = true;
      if (early.length === 0) this.#windows.open();
      else await this.#openFromOutside(early);
      // While the page's process starts, which has nothing to ask yet.
      await checks();
    });
    // What the first page can do without comes after it: nothing is served meanwhile.
    app.once('web-contents-created', (_event, contents) => {
      contents.once('did-stop-loading', () => {
        app.setAboutPanelOptions({
          applicationName: STRINGS.app,
          applicationVersion: app.getVersion(),
        });
        this.#rebuildMenu();
        void this.#recent.load();
        void this.#updates.start();
      });
    });
  }

  /** What pages of a session get, and what they never do: of the editors' and of the trainers'. */
  #guard(each: Session): void {
    lockSession(each, this.#devServer);
    serve(each, { pages: this.#pages, devServer: this.#devServer, datasets: this.#datasets });
  }

  #listen(): void {
    const handlers = createHandlers({
      documents: this.#documents,
      datasets: this.#datasets,
      runs: this.#runs,
      recent: this.#recent,
      recovery: this.#recovery,
      showing: (ref, except) => this.#showing(ref, except),
      restoreElsewhere: (id) => this.#restoreElsewhere(id),
      knownData: knownFolders(process.env.GRADWIRE_DATA, this.#checkout),
      preload: this.#preload,
      menuChanged: (editor) => {
        if (editor === this.#windows.current()) this.#showMenu();
      },
      setKeymap: (keymap) => {
        if (JSON.stringify(keymap) === JSON.stringify(this.#keymap)) return;
        this.#keymap = keymap;
        this.#rebuildMenu();
      },
    });
    listen(
      handlers,
      (id) => this.#windows.byContents(id),
      (paths, editor) => this.#drop(paths, editor),
    );
  }

  /** The window in front, or a new one. */
  #editor(): Editor {
    return this.#windows.current() ?? this.#windows.open();
  }

  /** The window that shows a file, by whatever link, or is about to. */
  async #showing(ref: FileRef, except?: Editor): Promise<Editor | undefined> {
    for (const editor of this.#windows.all) {
      if (editor === except) continue;
      for (const shown of awaited(editor)) {
        if (await this.#documents.isSame(ref, shown)) return editor;
      }
    }
    return undefined;
  }

  /** Has documents opened that were chosen outside of any window, each in a window that shows nothing yet. */
  async #openFromOutside(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const request = this.#documents.refer(path);
      const shown = await this.#showing(request.ref);
      if (shown) raise(shown);
      else this.#ask(this.#vacant(), { name: 'files.openRequest', payload: request });
    }
  }

  /** Has a document opened in the window in front, which settles its unsaved changes first. */
  async #openHere(path: string): Promise<void> {
    const request = this.#documents.refer(path);
    const shown = await this.#showing(request.ref);
    if (shown) raise(shown);
    else this.#ask(this.#editor(), { name: 'files.openRequest', payload: request });
  }

  async #drop(paths: readonly string[], editor: Editor): Promise<OpenRequest | null> {
    const [path = '', ...others] = paths.map((each) => resolve(each));
    const request = this.#documents.refer(path);
    const shown = await this.#showing(request.ref, editor);
    if (shown) raise(shown);
    await this.#openFromOutside(others);
    return shown ? null : request;
  }

  #restoreElsewhere(id: RecoveryId): void {
    this.#ask(this.#windows.open(), { name: 'recovery.restoreRequest', payload: { id } });
  }

  #vacant(): Editor {
    const vacant = this.#windows.all.find(
      (editor) => !editor.dirty && awaited(editor).length === 0 && editor.waiting.length === 0,
    );
    return vacant ?? this.#windows.open();
  }

  #ask(editor: Editor, request: WaitingRequest): void {
    // A window that is still being made shows itself when its page is painted.
    if (!editor.ready) return void editor.waiting.push(request);
    tell(editor, request.name, request.payload);
    raise(editor);
  }

  /** Makes the menu show the state of the window in front. Labels cannot be changed in place. */
  #showMenu(): void {
    const current = this.#windows.current();
    if (JSON.stringify(current?.named ?? {}) === this.#named) showState(current);
    else this.#rebuildMenu();
  }

  #rebuildMenu(): void {
    if (!app.isReady()) return;
    const named = this.#windows.current()?.named ?? {};
    this.#named = JSON.stringify(named);
    buildMenu(this.#recent.list, this.#keymap, named, this.#updates.isOn, {
      command: (id) => {
        const editor = this.#windows.current();
        if (editor) tell(editor, 'command', id);
        else this.#windows.open();
      },
      newWindow: () => void this.#windows.open(),
      openRecent: (path) => void this.#openHere(path),
      clearRecent: () => {
        this.#recent.clear();
        app.clearRecentDocuments();
      },
      toggleUpdates: () => void this.#updates.toggle(),
    });
    showState(this.#windows.current());
  }
}

/** The files that a window shows or was asked to show. */
function awaited({ ref, waiting }: Editor): readonly FileRef[] {
  const asked = waiting.flatMap(({ name, payload }) =>
    name === 'files.openRequest' ? [payload.ref] : [],
  );
  return ref === null ? asked : [ref, ...asked];
}
