import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { presentElectron } from '../../scripts/lib/electron.mjs';
import { softwareGraphics, whyNoSandbox } from '../../scripts/lib/launch.mjs';
import { EditorHands } from '../support/editor.ts';

/** The project's root folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Where a look at the running app is kept for people, out of version control. */
export const screenshots = join(root, 'out/screenshots');
mkdirSync(screenshots, { recursive: true });

export interface LaunchOptions {
  /** Further arguments, the path of a `.gradwire` file for example. */
  args?: readonly string[];
  /** All of WebGL and WebGPU, in software. Slow to start: only where a test needs a GPU. */
  graphics?: boolean;
  /** Further environment variables. */
  env?: Readonly<Record<string, string>>;
  /** The folder of the app to start. Default: the project, as built. */
  app?: string;
  /** A folder of an earlier launch, to start again where that one ended. Default: a fresh one. */
  userData?: string;
}

export interface Desktop {
  app: ElectronApplication;
  /** The editor's page, loaded. */
  page: Page;
  /** The folder of this instance's user data; removed on close unless it was given. */
  userData: string;
  /** Ends the app, by force where it does not end by itself. */
  close(): Promise<void>;
}

/**
 * Starts the built app in the real Electron, with user data of its own.
 * `npm run test:desktop` sees to the build, the binary and a display.
 */
export async function launch(options: LaunchOptions = {}): Promise<Desktop> {
  const electron = presentElectron();
  if (!electron) throw new Error('There is no Electron here yet: run `node scripts/setup.mjs`.');
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'gradwire-test-'));
  // Where the official package's own command finds the binary, playwright holds the app back until it is attached;
  // with a path to an executable it does not, and now and then misses the page that loads meanwhile.
  process.env.ELECTRON_OVERRIDE_DIST_PATH = electron.folder;
  const app = await _electron.launch({
    cwd: root,
    args: [
      ...(whyNoSandbox(electron.folder) ? ['--no-sandbox'] : []),
      ...(options.graphics ? softwareGraphics : []),
      `--user-data-dir=${userData}`,
      options.app ?? root,
      ...(options.args ?? []),
    ],
    env: { ...definedEnvironment(), ...options.env },
  });
  // Once it has ended, playwright knows its process no more.
  const child = app.process();
  const close = async () => {
    await end(app, child);
    if (!options.userData) rmSync(userData, { recursive: true, force: true, maxRetries: 20 });
  };
  try {
    const page = await app.firstWindow();
    await page.waitForLoadState('load');
    await atRest(app);
    return { app, page, userData, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * Waits until main has done what it puts off until the first page is loaded: the menus above all. What is asked of it
 * meanwhile can get no answer, since V8 collects the promise of one that playwright waits for.
 */
async function atRest(app: ElectronApplication): Promise<void> {
  const hasMenus = () =>
    app
      .evaluate(
        ({ Menu }) =>
          Menu.getApplicationMenu()?.items.some(({ submenu }) => submenu?.items.length) ?? false,
      )
      .catch((error: Error) => {
        if (error.message.includes('garbage collected')) return false;
        throw error;
      });
  const late = Date.now() + 5000;
  while (!(await hasMenus()) && Date.now() < late) {
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** An editor under test, with what its page complained of since the list was last emptied. */
export interface EditorUnderTest extends Desktop {
  hands: EditorHands;
  /** Errors that nothing caught, and what was written to the console as an error. */
  complaints: string[];
  menuItem(id: string): Promise<NativeItem | null>;
  /** Chooses from the native menu, as a person does: once the menu has followed the page. */
  choose(id: string): Promise<void>;
  /** Keeps a picture of the window for people. */
  look(name: string): Promise<void>;
}

export interface NativeItem {
  readonly label: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly accelerator: string | undefined;
}

/** Starts the app with hands on its editor, its first document drawn. */
export async function startEditor(
  options: LaunchOptions & { width?: number; height?: number; timeout?: number } = {},
): Promise<EditorUnderTest> {
  const { width, height, timeout = 8000, ...rest } = options;
  const desktop = await launch(rest);
  const { app, page } = desktop;
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.setDefaultTimeout(timeout);
  const hands = new EditorHands(page);
  await hands.ready();
  if (width !== undefined && height !== undefined) {
    await app.evaluate(
      ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
      [width, height] as const,
    );
  }
  const look = async (name: string) => {
    await page.screenshot({ path: join(screenshots, `${name}.png`) });
  };
  const menuItem = (id: string) =>
    app.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
      if (!item) return null;
      const { label, enabled, checked, accelerator } = item;
      return { label, enabled, checked, accelerator: accelerator?.toString() };
    }, id);
  const choose = async (id: string) => {
    await waitUntil(async () => (await menuItem(id))?.enabled === true, `${id} stays disabled.`);
    await app.evaluate(({ Menu }, wanted) => {
      Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click();
    }, id);
  };
  return { ...desktop, hands, complaints, menuItem, choose, look };
}

async function waitUntil(is: () => Promise<boolean>, why: string): Promise<void> {
  for (let tries = 0; !(await is()); tries++) {
    if (tries > 200) throw new Error(why);
    await new Promise((again) => setTimeout(again, 25));
  }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}

/** A dirty document asks before it closes, and nobody would answer: after a while, be firm. */
async function end(app: ElectronApplication, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await app.evaluate(({ app: electronApp }) => electronApp.exit(0)).catch(() => undefined);
  await ended;
  clearTimeout(force);
}
