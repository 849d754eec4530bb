import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandId } from '../../renderer/host/host.ts';
import { buildHostApp } from './host-app.ts';
import type { Desktop } from './launch.ts';

const built = await buildHostApp();
let desktop: Desktop;
let child: ChildProcess;

beforeEach(async () => {
  desktop = await built.launch();
  child = desktop.app.process();
});

afterEach(async () => {
  await desktop.close();
});

afterAll(() => built.dispose());

/** As the window's own close button does. */
const pressClose = () =>
  desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

const ended = () => child.exitCode !== null;

const windows = () =>
  desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

const answer = (button: number) =>
  desktop.app.evaluate(({ dialog }, response) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    const showMessageBox = async (...options: unknown[]) => {
      asked.push((options.at(-1) as { message: string }).message);
      return { response, checkboxChecked: false };
    };
    Object.assign(dialog, { showMessageBox });
  }, button);

const asked = () => desktop.app.evaluate(() => Reflect.get(globalThis, 'asked') as string[]);

describe('closing', () => {
  test('a window without changes just closes, and the app ends', async () => {
    await desktop.page.evaluate(() => {
      window.host.window.onCloseRequest(async () => false);
      window.host.window.setDocument({ name: 'net', ref: null, dirty: false });
    });
    await pressClose();
    await expect.poll(ended).toBe(true);
  });

  test('a window with changes asks its page, which may keep it or let it go', async () => {
    await answer(2);
    await desktop.page.evaluate(() => {
      window.host.window.onCloseRequest(async () => {
        const choice = await window.host.window.confirmUnsaved('net.gradwire');
        return choice !== 'cancel';
      });
      window.host.window.setDocument({ name: 'net.gradwire', ref: null, dirty: true });
    });
    await expect
      .poll(() =>
        desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle()),
      )
      .toBe('• net.gradwire — Gradwire');
    await pressClose();
    await expect.poll(asked).toEqual(['Save the changes to “net.gradwire”?']);
    expect(await windows()).toBe(1);
    await answer(1);
    await pressClose();
    await expect.poll(ended).toBe(true);
  });

  test('quitting goes on after the page agreed', async () => {
    await desktop.page.evaluate(() => {
      window.host.window.onCloseRequest(async () => true);
      window.host.window.setDocument({ name: 'net', ref: null, dirty: true });
    });
    await desktop.app.evaluate(({ app }) => app.quit());
    await expect.poll(ended).toBe(true);
  });

  test('a page that hangs does not keep the window for ever', async () => {
    await answer(1);
    await desktop.page.evaluate(() => {
      window.host.window.setDocument({ name: 'net', ref: null, dirty: true });
      setTimeout(() => {
        for (;;);
      }, 100);
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await pressClose();
    await expect.poll(ended, { timeout: 15_000 }).toBe(true);
  });
});

test('an editor that crashes is opened again on request, its recovery copy kept', async () => {
  await answer(0);
  await desktop.page.evaluate(async () => {
    await window.host.startTrainer();
    await window.host.recovery.keep('draft', { name: 'net', ref: null });
  });
  const pid = await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.webContents.getOSProcessId(),
  );
  if (!pid) throw new Error('no editor');
  process.kill(pid, 'SIGKILL');
  await expect.poll(asked).toEqual(['The editor ended unexpectedly. Open it again?']);
  const recovered = () =>
    desktop.app.evaluate(({ BrowserWindow }) =>
      Promise.all(
        BrowserWindow.getAllWindows().map((window) =>
          window.webContents
            .executeJavaScript(
              'window.host.recovery.offers().then(({ value: [offer] }) => window.host.recovery.read(offer.id)).then(({ value }) => value.text)',
            )
            .catch((error: unknown) => String(error)),
        ),
      ),
    );
  // One window: the trainer of the page that crashed went with it.
  await expect.poll(recovered).toEqual(['draft']);
});

describe('menu and keyboard', () => {
  const listen = () =>
    desktop.page.evaluate(() => {
      const received: CommandId[] = [];
      Object.assign(window, { received });
      window.host.commands.onCommand((id) => received.push(id));
    });
  const received = () =>
    desktop.page.evaluate(() => Reflect.get(window, 'received') as CommandId[]);
  const click = (id: CommandId) =>
    desktop.app.evaluate(
      ({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(),
      id,
    );

  /** Keys as the system sends them, which pass the page and then the menu. */
  const press = (keyCode: string, modifiers: ('control' | 'shift')[]) =>
    desktop.app.evaluate(
      ({ BrowserWindow }, key) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.sendInputEvent({ type: 'keyDown', ...key });
        contents?.sendInputEvent({ type: 'keyUp', ...key });
      },
      { keyCode, modifiers },
    );

  test('send each command to the page once', async () => {
    await listen();
    await click('file.save');
    await click('train.start');
    await click('edit.undo');
    await expect.poll(received).toEqual(['file.save', 'train.start', 'edit.undo']);
    await press('O', ['control']);
    await press('S', ['control', 'shift']);
    await press('Y', ['control']);
    await desktop.page.keyboard.press('Control+1');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await received()).slice(3)).toEqual([
      'file.open',
      'file.saveAs',
      'edit.redo',
      'view.build',
    ]);
  });

  test('leave undo to a text field that has the focus', async () => {
    await listen();
    await desktop.page.focus('#text');
    await desktop.page.keyboard.type('b');
    await desktop.page.keyboard.press('Home');
    await desktop.page.keyboard.type('a');
    await press('Z', ['control']);
    await expect.poll(() => desktop.page.inputValue('#text')).toBe('b');
    await press('Z', ['control', 'shift']);
    await expect.poll(() => desktop.page.inputValue('#text')).toBe('ab');
    await click('edit.selectAll');
    await expect.poll(() => desktop.page.evaluate(() => getSelection()?.toString())).toBe('ab');
    await click('edit.undo');
    await expect.poll(() => desktop.page.inputValue('#text')).toBe('b');
    expect(await received()).toEqual([]);
    await desktop.page.focus('#button');
    await click('edit.undo');
    await expect.poll(received).toEqual(['edit.undo']);
  });

  test('show what is disabled and checked', async () => {
    await desktop.page.evaluate(() =>
      window.host.commands.setState({
        disabled: ['edit.redo'],
        checked: ['view.trace'],
        named: { 'edit.undo': 'Undo move & more' },
      }),
    );
    const state = () =>
      desktop.app.evaluate(({ Menu }) => {
        const menu = Menu.getApplicationMenu();
        const item = (id: string) => menu?.getMenuItemById(id);
        return {
          redo: item('edit.redo')?.enabled,
          undo: item('edit.undo')?.enabled,
          trace: item('view.trace')?.checked,
          build: item('view.build')?.checked,
        };
      });
    await expect.poll(state).toEqual({ redo: false, undo: true, trace: true, build: false });
    await listen();
    await press('Y', ['control']);
    await press('Z', ['control']);
    await expect.poll(received).toEqual(['edit.undo']);
    await desktop.page.focus('#text');
    await expect.poll(async () => (await state()).redo).toBe(true);
    await desktop.page.focus('#button');
    await expect.poll(async () => (await state()).redo).toBe(false);
  });
});

test('the page follows the theme that it asks for', async () => {
  const dark = () =>
    desktop.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  // Playwright fixes the scheme unless told not to.
  await desktop.page.emulateMedia({ colorScheme: null });
  await desktop.page.evaluate(() => window.host.window.setTheme('dark'));
  await expect.poll(dark, { timeout: 30_000 }).toBe(true);
  await desktop.page.evaluate(() => window.host.window.setTheme('light'));
  await expect.poll(dark, { timeout: 30_000 }).toBe(false);
});
