import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHostApp } from './host-app.ts';
import type { Desktop } from './launch.ts';

let built: Awaited<ReturnType<typeof buildHostApp>>;
let desktop: Desktop;

beforeAll(async () => {
  built = await buildHostApp();
  desktop = await built.launch();
});

afterAll(async () => {
  await desktop?.close();
  built?.dispose();
});

const evaluate = <T>(task: () => T | Promise<T>) => desktop.page.evaluate(task);

describe('the editor page', () => {
  test('is cross-origin isolated, at its own address, and sees neither Node nor Electron', async () => {
    const seen = await evaluate(() => ({
      address: location.href,
      isolated: crossOriginIsolated,
      shared: typeof SharedArrayBuffer,
      globals: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
      bridge: Object.keys(window.gradwire ?? {}).sort(),
    }));
    expect(seen).toEqual({
      address: 'app://gradwire/index.html',
      isolated: true,
      shared: 'function',
      globals: [],
      bridge: ['drop', 'onEvent', 'platform', 'request'],
    });
  });

  test('runs no script from outside its files, and no eval', async () => {
    const ran = await evaluate(async () => {
      const flags: string[] = [];
      Object.assign(window, { ran: (what: string) => flags.push(what) });
      const inline = document.createElement('script');
      inline.textContent = 'window.ran("inline")';
      document.body.append(inline);
      // Not at once: the debugger, through which this very function runs, is allowed to use eval.
      await new Promise<void>((done) => {
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: what is tested is that it is refused
            eval('window.ran("eval")');
          } catch {
            // As it should be.
          }
          done();
        });
      });
      await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(
        () => flags.push('wasm'),
        () => flags.push('no wasm'),
      );
      return flags;
    });
    expect(ran).toEqual(['wasm']);
  });

  test('cannot be led elsewhere, open windows or embed pages', async () => {
    await evaluate(() => {
      location.href = 'https://example.com/';
      const frame = document.createElement('iframe');
      frame.src = 'app://gradwire/trainer.html';
      document.body.append(frame);
    });
    const opened = await evaluate(() => window.open('app://gradwire/index.html') !== null);
    expect(opened).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(desktop.page.url()).toBe('app://gradwire/index.html');
    expect(desktop.app.windows()).toHaveLength(1);
    // Loaded, it would be of the same origin and show its document.
    const embedded = await evaluate(
      () => document.querySelector('iframe')?.contentDocument?.title ?? null,
    );
    expect(embedded).toBeNull();
  });

  test('hands links to the browser only where they are https', async () => {
    await desktop.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (url) => void opened.push(url);
    });
    const outcomes = await evaluate(async () => {
      window.open('https://example.com/from-window-open');
      window.open('http://example.com/plain');
      window.open('file:///etc/passwd');
      return [
        await window.host.openExternal('https://example.com/asked'),
        await window.host.openExternal('file:///etc/passwd'),
        await window.host.openExternal('javascript:alert(1)'),
      ].map((outcome) => outcome.ok);
    });
    expect(outcomes).toEqual([true, false, false]);
    const opened = await desktop.app.evaluate(() => (globalThis as { opened?: string[] }).opened);
    expect(opened?.sort()).toEqual([
      'https://example.com/asked',
      'https://example.com/from-window-open',
    ]);
  });

  test('gets no permission and no network', async () => {
    const refused = await evaluate(async () => {
      const states = await Promise.all(
        (['camera', 'microphone', 'geolocation', 'notifications'] as const).map(
          async (name) => (await navigator.permissions.query({ name })).state,
        ),
      );
      const position = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message),
        ),
      );
      const reach = (url: string) =>
        fetch(url).then(
          () => 'reached',
          () => 'blocked',
        );
      return {
        states,
        position,
        notification: await Notification.requestPermission(),
        network: await reach('https://example.com/'),
        loopback: await reach('http://127.0.0.1:9/'),
      };
    });
    expect(refused).toEqual({
      states: ['denied', 'denied', 'denied', 'denied'],
      position: 'denied',
      notification: 'denied',
      network: 'blocked',
      loopback: 'blocked',
    });
  });

  test('gets nothing from its own scheme but the app’s files', async () => {
    const statuses = await evaluate(async () => {
      const addresses = [
        'app://gradwire/index.html',
        'app://gradwire/../main/electron.main.js',
        'app://gradwire/..%2fmain%2felectron.main.js',
        'app://gradwire/%2e%2e%2fpreload%2fpreload.cjs',
        'app://gradwire/..%5cmain%5celectron.main.js',
        'app://gradwire//etc/passwd',
        'app://gradwire/%00',
        'app://gradwire/%ff',
        'app://gradwire/nothing.js',
      ];
      return Promise.all(addresses.map(async (address) => (await fetch(address)).status));
    });
    expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404, 404, 404]);
  });
});

test('every window is isolated and sandboxed, without Node and without what weakens the web', async () => {
  await evaluate(() => window.host.startTrainer().then(() => undefined));
  const windows = await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const { sandbox, contextIsolation, nodeIntegration, webSecurity, webviewTag, ...rest } =
        Reflect.get(webContents, 'getLastWebPreferences').call(webContents) ?? {};
      const { allowRunningInsecureContent, experimentalFeatures, enableBlinkFeatures } = rest;
      return {
        on: { sandbox, contextIsolation, webSecurity },
        off: [
          nodeIntegration,
          webviewTag,
          allowRunningInsecureContent,
          experimentalFeatures,
          rest.nodeIntegrationInWorker,
          rest.nodeIntegrationInSubFrames,
        ].some(Boolean),
        features: enableBlinkFeatures ?? '',
      };
    }),
  );
  expect(windows).toHaveLength(2);
  for (const { on, off, features } of windows) {
    expect(on).toEqual({ sandbox: true, contextIsolation: true, webSecurity: true });
    expect(off).toBe(false);
    expect(features).toBe('');
  }
});

test('a file outside is out of reach, by whatever way a page may try', async () => {
  const reached = await evaluate(async () => {
    type Forged = (name: string, payload: unknown) => Promise<{ ok: boolean }>;
    const bridge = Reflect.get(window, 'gradwire') as {
      request: Forged;
      drop(files: readonly unknown[]): Promise<{ ok: boolean }>;
    };
    const fetched = (address: string) =>
      fetch(address).then(
        ({ ok }) => ok,
        () => false,
      );
    return [
      await fetched('file:///etc/passwd'),
      await fetched('app://gradwire/data/00000000-0000-4000-8000-000000000000/passwd'),
      (await bridge.request('files.read', { ref: '/etc/passwd' })).ok,
      (await bridge.request('files.version', { ref: '/etc/passwd', id: '../../etc/passwd' })).ok,
      (await bridge.request('recovery.read', { id: '../../../etc/passwd' })).ok,
      (await bridge.drop([new File(['x'], '/etc/passwd')])).ok,
      (await bridge.drop(['/etc/passwd'])).ok,
      (await bridge.drop([{ path: '/etc/passwd' }])).ok,
    ];
  });
  expect(reached).toEqual(Array.from({ length: 8 }, () => false));
});

test('hundreds of forged requests are refused, and the app goes on', async () => {
  const answers = await evaluate(async () => {
    type Forged = (name: unknown, payload: unknown) => Promise<unknown>;
    const { request } = Reflect.get(window, 'gradwire') as { request: Forged };
    const names = ['files.read', 'files.save', 'files.version', 'recovery.take', 'recovery.keep'];
    names.push('window.setDocument', 'commands.setState', 'commands.setKeymap', 'trainer.stop');
    const values = [
      undefined,
      0,
      -1,
      Number.NaN,
      '',
      'x'.repeat(1e5),
      [],
      {},
      true,
      1n,
      new Date(),
    ];
    values.push(JSON.parse('{"__proto__":{"polluted":1}}'), [[[[]]]], { ref: {} }, { id: null });
    const outcomes = names.flatMap((name) => values.map((value) => request(name, value)));
    for (const name of [5, null, {}, ['files.open'], 'toString'])
      outcomes.push(request(name, null));
    return (await Promise.all(outcomes)).map((outcome) => Reflect.get(Object(outcome), 'ok'));
  });
  expect(answers.every((ok) => ok === false)).toBe(true);
  expect(await evaluate(() => Reflect.get({}, 'polluted'))).toBeUndefined();
  expect(await evaluate(async () => (await window.host.files.change('x' as never)).ok)).toBe(false);
});

describe('a request', () => {
  test('that is unknown or malformed is refused with a sentence', async () => {
    const outcomes = await evaluate(async () => {
      // As a page would that has been taken over: past every type.
      type Forged = (name: string, payload: unknown) => Promise<{ message?: string }>;
      const { request } = Reflect.get(window, 'gradwire') as { request: Forged };
      return [
        await request('files.delete', null),
        await request('constructor', null),
        await request('__proto__', null),
        await request('files.read', { ref: '/etc/passwd' }),
        await request('files.read', { ref: '00000000-0000-4000-8000-000000000000' }),
        await request('files.save', { ref: null, text: 5, suggestedName: 'a' }),
        await request('files.save', { ref: null, text: 'x', suggestedName: '../../evil' }),
        await request('window.setTheme', { theme: 'light', extra: 1 }),
        await request('system.openExternal', { url: 'http://example.com' }),
      ];
    });
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ ok: false, code: 'bad-request' });
      expect(outcome.message).toMatch(/^[A-Z].*\.$/);
      expect(outcome.message).not.toContain('/etc');
    }
  });

  test('from a window that is no editor is refused, even with the editor’s own preload', async () => {
    const answers = await desktop.app.evaluate(async ({ app, BrowserWindow }) => {
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { preload: `${app.getAppPath()}/out/preload/preload.cjs`, sandbox: true },
      });
      await stranger.loadURL('app://gradwire/index.html');
      const answer: unknown = await stranger.webContents.executeJavaScript(
        'window.gradwire.request("files.open", null)',
      );
      stranger.destroy();
      return answer;
    });
    expect(answers).toMatchObject({ ok: false, code: 'bad-request' });
  });

  test('from another address in the editor’s window is refused', async () => {
    const second = await built.launch();
    try {
      const answer = await second.app.evaluate(async ({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        // The bridge survives a change of address within the page; main looks at the address itself.
        await window?.webContents.executeJavaScript(
          'history.replaceState(null, "", "/other.html")',
        );
        const answered: unknown = await window?.webContents.executeJavaScript(
          'window.gradwire.request("files.ready", null)',
        );
        return answered;
      });
      expect(answer).toMatchObject({ ok: false, code: 'bad-request' });
    } finally {
      await second.close();
    }
  });
});
