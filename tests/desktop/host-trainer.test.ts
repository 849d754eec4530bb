import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Trainer, TrainerExit } from '../../renderer/host/host.ts';
import { buildHostApp } from './host-app.ts';
import type { Desktop } from './launch.ts';

declare global {
  interface Window {
    trainer: Trainer;
    exits: TrainerExit[];
    ask(request: unknown): Promise<unknown>;
  }
}

let built: Awaited<ReturnType<typeof buildHostApp>>;
let desktop: Desktop;
let data: string;

beforeAll(async () => {
  data = mkdtempSync(join(realpathSync(tmpdir()), 'gradwire-data-'));
  mkdirSync(join(data, 'digits/inner'), { recursive: true });
  writeFileSync(join(data, 'digits/images #1'), new Uint8Array(3_000_000).fill(7));
  writeFileSync(join(data, 'digits/empty'), '');
  writeFileSync(join(data, 'digits/.hidden'), 'hidden');
  writeFileSync(join(data, 'digits/inner/deep'), 'deep');
  writeFileSync(join(data, 'secret'), 'secret');
  symlinkSync(join(data, 'secret'), join(data, 'digits/link'));
  built = await buildHostApp();
  desktop = await built.launch({ env: { GRADWIRE_DATA: join(data, 'digits') } });
});

afterAll(async () => {
  await desktop?.close();
  built?.dispose();
  rmSync(data, { recursive: true, force: true });
});

/** Starts a trainer in the page and makes `window.ask` send it something and wait for the answer. */
const start = () =>
  desktop.page.evaluate(async () => {
    const outcome = await window.host.startTrainer();
    if (!outcome.ok) throw new Error(outcome.message);
    const trainer = outcome.value;
    window.trainer = trainer;
    window.exits = [];
    trainer.onExit((exit) => window.exits.push(exit));
    window.ask = (request) =>
      new Promise((resolve) => {
        trainer.port.onmessage = (event) => resolve(event.data);
        trainer.port.postMessage(request);
      });
  });

const ask = (request: object) =>
  desktop.page.evaluate((message) => window.ask(message), request as Record<string, unknown>);

/** Operating system processes of the pages; main alone knows them. */
const processes = () =>
  desktop.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => ({
      url: contents.getURL(),
      pid: contents.getOSProcessId(),
    })),
  );

const trainerPids = async () =>
  (await processes()).filter(({ url }) => url.endsWith('/trainer.html')).map(({ pid }) => pid);

const visible = ({ app }: Desktop) =>
  app.evaluate(
    ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
  );

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the trainer', () => {
  test('gets its port in a hidden process of its own, isolated and without the bridge', async () => {
    await start();
    expect(await ask({ ask: 'echo', value: [1, 2] })).toEqual({
      value: [1, 2],
      isolated: true,
      bridge: false,
    });
    const pids = (await processes()).map(({ pid }) => pid);
    expect(pids).toHaveLength(2);
    expect(new Set(pids).size).toBe(2);
    await expect.poll(() => visible(desktop)).toBe(1);
  });

  test('that is busy leaves the editor answering, and ends at once when stopped', async () => {
    await start();
    const [pid] = await trainerPids();
    await desktop.page.evaluate(() => window.trainer.port.postMessage({ ask: 'spin' }));
    const slowest = await desktop.page.evaluate(async () => {
      let worst = 0;
      for (let frame = 0; frame < 30; frame += 1) {
        const before = performance.now();
        await new Promise((resolve) => setTimeout(resolve, 10));
        worst = Math.max(worst, performance.now() - before);
      }
      return worst;
    });
    expect(slowest).toBeLessThan(250);
    expect(await desktop.page.evaluate(() => window.trainer.stop())).toEqual({
      ok: true,
      value: null,
    });
    expect(await trainerPids()).toEqual([]);
    await expect.poll(() => alive(pid ?? 0)).toBe(false);
    expect(await desktop.page.evaluate(() => window.exits)).toEqual([]);
  });

  test('that is killed is reported once, and another one can be started', async () => {
    await start();
    const [pid] = await trainerPids();
    expect(pid).toBeGreaterThan(0);
    process.kill(pid ?? 0, 'SIGKILL');
    const exits = () => desktop.page.evaluate(() => window.exits);
    await expect
      .poll(exits)
      .toEqual([{ reason: 'killed', message: 'The trainer process was ended from outside.' }]);
    const late = await desktop.page.evaluate(
      () =>
        new Promise<string>((resolve) => window.trainer.onExit(({ reason }) => resolve(reason))),
    );
    expect(late).toBe('killed');
    await start();
    expect(await ask({ ask: 'echo', value: 'again' })).toMatchObject({ value: 'again' });
    expect(await exits()).toEqual([]);
  });

  test('that crashes is told apart from one that was killed', async () => {
    await start();
    await desktop.app.evaluate(({ webContents }) => {
      for (const contents of webContents.getAllWebContents()) {
        if (contents.getURL().endsWith('/trainer.html')) contents.forcefullyCrashRenderer();
      }
    });
    await expect
      .poll(() => desktop.page.evaluate(() => window.exits.map(({ reason }) => reason)))
      .toHaveLength(1);
  });

  test('of before is ended without a report when a new one is started', async () => {
    await start();
    const [first] = await trainerPids();
    await desktop.page.evaluate(() => Object.assign(window, { former: window.exits }));
    await start();
    expect(await trainerPids()).toHaveLength(1);
    expect(await trainerPids()).not.toEqual([first]);
    expect(await desktop.page.evaluate(() => Reflect.get(window, 'former'))).toEqual([]);
  });

  test('ends with its editor', async () => {
    const other = await built.launch();
    await other.page.evaluate(() => window.host.startTrainer());
    const pids = await other.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
    );
    expect(pids).toHaveLength(2);
    // It shows once it is painted.
    await expect.poll(() => visible(other)).toBe(1);
    const ended = new Promise<void>((done) => other.app.process().once('exit', () => done()));
    await other.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.close();
    });
    await ended;
    await expect.poll(() => pids.filter(alive)).toEqual([]);
    await other.close();
  });
});

describe('a folder of data', () => {
  const known = () =>
    desktop.page.evaluate(async () => {
      const outcome = await window.host.datasets.known();
      if (!outcome.ok) throw new Error(outcome.message);
      return outcome.value;
    });

  test('is found where GRADWIRE_DATA says, and lists plain files only, also those below', async () => {
    expect(await known()).toEqual([
      {
        ref: expect.any(String),
        name: 'digits',
        files: [
          { name: 'empty', size: 0 },
          { name: 'images #1', size: 3_000_000 },
          { name: 'inner/deep', size: 4 },
        ],
      },
    ]);
  });

  test('is read by the trainer, whole', async () => {
    const [folder] = await known();
    const url = (name: string) =>
      desktop.page.evaluate(([ref, file]) => window.host.datasets.url(ref, file), [
        folder?.ref ?? '',
        name,
      ] as [NonNullable<typeof folder>['ref'], string]);
    await start();
    expect(await ask({ ask: 'fetch', url: await url('images #1') })).toEqual({
      status: 200,
      length: 3_000_000,
      first: [7, 7, 7, 7],
    });
    expect(await ask({ ask: 'fetch', url: await url('empty') })).toMatchObject({
      status: 200,
      length: 0,
    });
    expect(await ask({ ask: 'fetch', url: await url('inner/deep') })).toMatchObject({
      status: 200,
    });
  });

  test('gives out nothing that is not in its list', async () => {
    const [folder] = await known();
    const at = (rest: string) => `app://gradwire/data/${rest}`;
    const addresses = [
      at(`${folder?.ref}/link`),
      at(`${folder?.ref}/.hidden`),
      at(`${folder?.ref}/inner`),
      at(`${folder?.ref}/inner/other`),
      at(`${folder?.ref}/inner%2fdeep`),
      at(`${folder?.ref}/..%2fsecret`),
      at(`${folder?.ref}/%2e%2e/secret`),
      at(`${folder?.ref}/`),
      at(`${folder?.ref}`),
      at('00000000-0000-4000-8000-000000000000/empty'),
      at(`${data}/secret`),
    ];
    await start();
    for (const url of addresses) {
      expect(await ask({ ask: 'fetch', url }), url).toMatchObject({ status: 404, length: 0 });
    }
  });

  test('is chosen in the native dialog', async () => {
    await desktop.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
    }, data);
    const chosen = await desktop.page.evaluate(() => window.host.datasets.choose('folder'));
    const secret = { name: 'secret', size: 6 };
    expect(chosen).toMatchObject({ ok: true, value: { files: expect.arrayContaining([secret]) } });
    expect(JSON.stringify(chosen)).not.toContain(tmpdir());
  });
});
