import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildHostApp } from './host-app.ts';
import type { Desktop } from './launch.ts';

let built: Awaited<ReturnType<typeof buildHostApp>>;
let desktop: Desktop;

/** More of them with GRADWIRE_RUNS. */
const runs = Number(process.env.GRADWIRE_RUNS ?? 400);

beforeAll(async () => {
  built = await buildHostApp('hostile');
  desktop = await built.launch();
  // Nobody is there to answer.
  await desktop.app.evaluate(({ dialog, shell }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
    dialog.showMessageBox = async () => ({ response: 2, checkboxChecked: false });
    shell.openExternal = async () => undefined;
  });
});

afterAll(async () => {
  await desktop?.close();
  built?.dispose();
});

/** The properties that all objects of the main process have. */
const shared = () =>
  desktop.app.evaluate(() =>
    [Object.prototype, Array.prototype, Function.prototype].map((of) => Reflect.ownKeys(of).length),
  );

it('whatever a page asks of the main process is done, or refused with a sentence', async () => {
  const before = await shared();
  expect(await desktop.page.evaluate((n) => window.hostile.requests(n), runs)).toBeUndefined();
  expect(await desktop.page.evaluate((n) => window.hostile.drops(n), runs / 4)).toBeUndefined();
  expect(await shared()).toEqual(before);
  expect(
    await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length),
  ).toBeGreaterThan(0);
});

it('whatever a page says to its trainer, the trainer speaks its protocol, and trains', async () => {
  const failure = await desktop.page.evaluate((n) => window.hostile.trainer(n), runs / 4);
  expect(failure).toBeUndefined();
});
