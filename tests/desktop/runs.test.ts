import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { writeDocument } from '#graph';
import { catalogue } from '#ops';
import { decodeCheckpoint } from '#train';
import { deep } from '../support/training.ts';
import { type Desktop, launch, screenshots } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-runs-'));
/** Where the app looks for data by itself. */
const data = join(folder, 'data');
const userData = join(folder, 'user');

/** A minute MNIST: 600 pictures of 2 × 1 pixels. */
function writeData(): void {
  const set = join(data, 'small');
  mkdirSync(set, { recursive: true });
  const idx = (shape: readonly number[], values: readonly number[]) =>
    Uint8Array.from([
      0,
      0,
      8,
      shape.length,
      ...shape.flatMap((n) => [0, 0, n >> 8, n & 255]),
      ...values,
    ]);
  const labels = Array.from({ length: 600 }, (_, at) => (at * 7) % 3);
  const pixels = labels.flatMap((label, at) => [
    (label === 0 ? 200 : 30) + (at % 50),
    (label === 1 ? 200 : 30) + ((at * 3) % 50),
  ]);
  for (const part of ['train', 't10k']) {
    writeFileSync(join(set, `${part}-images-idx3-ubyte`), idx([600, 2, 1], pixels));
    writeFileSync(join(set, `${part}-labels-idx1-ubyte`), idx([600], labels));
  }
}
writeData();

/** Dropout, batch normalization, Adam and a schedule by plateaus: everything that has a state. */
const training = {
  optimizer: 'adam',
  learningRate: 0.003,
  batchSize: 8,
  epochs: 1000,
  seed: 3,
  schedule: { type: 'plateau', patience: 5, factor: 0.7 },
} as const;

function file(name: string, change: object = {}): string {
  const path = join(folder, `${name}.gradwire`);
  const document = { ...deep(2, 24, 10), title: name, training: { ...training, ...change } };
  writeFileSync(path, writeDocument(document, catalogue));
  return path;
}

let desktop: Desktop;
let page: Page;

async function open(path: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  // Nobody is asked about the document of the test before.
  rmSync(join(userData, 'recovery'), { recursive: true, force: true });
  desktop = await launch({
    args: [path],
    userData,
    env: { GRADWIRE_DATA: join(data, 'small'), ...env },
  });
  page = desktop.page;
  page.setDefaultTimeout(20_000);
  await page.getByTestId('node-h').waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.getByLabel('Set', { exact: true }).selectOption('small');
  await page.getByLabel('Engine').selectOption('wasm');
}

afterEach(() => desktop?.close());
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));

const sentence = () => page.getByTestId('run-sentence');
const phase = (timeout = 30_000) =>
  expect.poll(() => sentence().getAttribute('data-phase'), { timeout });
const start = () => page.getByRole('button', { name: /^Start/ }).click();
const progress = async () =>
  Number(await page.getByLabel('Progress of the run').getAttribute('value'));
const runsFolder = join(userData, 'runs');

/** What is kept on disk of the run of a document. */
function kept(document: string) {
  const records = readdirSync(runsFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(runsFolder, name), 'utf8')))
    .filter((record) => record.document === document);
  const record = records.at(-1);
  const bytes = readFileSync(join(runsFolder, `${record.id}.checkpoint`));
  return { record, records, checkpoint: decodeCheckpoint(bytes) };
}

async function trainerPid(): Promise<number> {
  return desktop.app.evaluate(
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().endsWith('/trainer.html'))
        ?.getOSProcessId() ?? 0,
  );
}

/** The end of a run that nobody disturbs. */
let undisturbed: ReturnType<typeof kept> | undefined;

test('keeps a run with its settings, curves, result and checkpoint', async () => {
  await open(file('straight'));
  await start();
  await phase(90_000).toBe('finished');
  await expect.poll(() => kept('straight').record.standing).toBe('finished');
  await expect.poll(() => kept('straight').checkpoint.step).toBe(1000 * 75);
  undisturbed = kept('straight');
  const { record } = undisturbed;
  expect(record).toMatchObject({
    name: 'Adam 0.003',
    dataset: 'small',
    engine: 'wasm',
    settings: training,
    last: { epoch: 1000, step: 75_000 },
  });
  expect(record.curves.train.steps.at(-1)).toBe(75_000);
  expect(record.curves.test.steps.length).toBeGreaterThan(100);
});

test('ends the same after twenty deaths of its trainer at random', {
  timeout: 300_000,
}, async () => {
  await open(file('killed'));
  await page.getByLabel('If trainer dies').selectOption('resume');
  await start();
  // Deaths that follow each other too closely, without a checkpoint between them, are waited with.
  const random = () => 200 + Math.random() * 1500;
  for (let death = 1; death <= 20; death++) {
    await phase().toBe('running');
    await page.waitForTimeout(random());
    expect(await sentence().getAttribute('data-phase'), `after ${death - 1} deaths`).toBe(
      'running',
    );
    const pid = await trainerPid();
    process.kill(pid, 'SIGKILL');
    await expect.poll(trainerPid, { timeout: 20_000 }).not.toBe(pid);
    await expect.poll(trainerPid, { timeout: 20_000 }).toBeGreaterThan(0);
    await page
      .getByText(/The run (went on by itself from step \d+|started again by itself)/)
      .waitFor();
  }
  await page.screenshot({ path: join(screenshots, 'runs-revived.png') });
  await phase(120_000).toBe('finished');
  await expect.poll(() => kept('killed').checkpoint.step).toBe(75_000);
  await expect.poll(() => kept('killed').record.standing).toBe('finished');
  const { record, records, checkpoint } = kept('killed');
  expect(records).toHaveLength(1);
  expect(checkpoint.state).toEqual(undisturbed?.checkpoint.state);
  expect(record.curves).toEqual(undisturbed?.record.curves);
  // The parameters came once, at the end.
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  await page.getByLabel('If trainer dies').selectOption('wait');
});

test('goes on after a restart of the app where it was stopped, to the same end', async () => {
  const path = file('stopped');
  await open(path);
  await start();
  await expect.poll(progress, { timeout: 30_000 }).toBeGreaterThan(3000);
  await page.getByRole('button', { name: 'Stop' }).click();
  await phase().toBe('stopped');
  await expect.poll(() => kept('stopped').record.standing).toBe('stopped');
  // The last checkpoint, and in the record that it is there.
  const written = () => {
    const { record, checkpoint } = kept('stopped');
    return record.checkpoint?.step === checkpoint.step && record.last.step === checkpoint.step;
  };
  await expect.poll(written).toBe(true);
  await desktop.close();

  await open(path);
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  const row = page.getByTestId('run-row').filter({ hasText: 'stopped ·' });
  await row.getByRole('button', { name: /^Resume from step \d+$/ }).click();
  await phase(90_000).toBe('finished');
  await expect.poll(() => kept('stopped').checkpoint.step).toBe(75_000);
  await expect.poll(() => kept('stopped').record.standing).toBe('finished');
  expect(kept('stopped').checkpoint.state).toEqual(undisturbed?.checkpoint.state);
  expect(kept('stopped').record.curves).toEqual(undisturbed?.record.curves);
});

test('waits for a click after the death of its trainer, and for more epochs after its end', async () => {
  await open(file('clicked', { epochs: 400 }));
  await start();
  await expect.poll(progress, { timeout: 30_000 }).toBeGreaterThan(3000);
  process.kill(await trainerPid(), 'SIGKILL');
  await phase().toBe('lost');
  await page.getByRole('button', { name: /^Resume from step \d+$/ }).click();
  await phase(60_000).toBe('finished');
  expect(await page.getByRole('button', { name: /^Resume from step/ }).count()).toBe(0);
  const epochs = page.getByLabel('Training settings').getByLabel('Epochs', { exact: true });
  await epochs.fill('1000');
  await epochs.press('Enter');
  await page.getByRole('button', { name: 'Resume from step 30000' }).click();
  await phase(90_000).toBe('finished');
  await expect.poll(() => kept('clicked').checkpoint.step).toBe(75_000);
  expect(kept('clicked').checkpoint.state).toEqual(undisturbed?.checkpoint.state);
});

test('says that the disk is full, and trains on', async () => {
  await open(file('full', { epochs: 60 }));
  await desktop.app.evaluate(({ ipcMain: _ }, broken) => {
    // What a full disk answers to every write of a checkpoint.
    const fs = process.getBuiltinModule('node:fs/promises');
    const { open: usual } = fs;
    const full = async (path: string, ...rest: [string, number]) => {
      if (String(path).includes(broken)) {
        throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
          code: 'ENOSPC',
        });
      }
      return usual(path, ...rest);
    };
    Object.assign(fs, { open: full });
    process.getBuiltinModule('node:module').syncBuiltinESMExports();
  }, '.checkpoint.');
  await start();
  await page.getByText('The checkpoint could not be kept: the disk is full.').waitFor();
  await phase(90_000).toBe('finished');
  await page.screenshot({ path: join(screenshots, 'runs-full.png') });
});

test('compares runs in one plot, renames and deletes them', async () => {
  await open(file('straight'));
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  const rows = page.getByTestId('run-row');
  await rows.nth(4).waitFor();
  for (const box of await page.getByRole('checkbox', { name: /^Compare/ }).all()) await box.check();
  const legend = page.locator('.comparison-legend li');
  expect(await legend.count()).toBe(await rows.count());
  await page.getByLabel('Shown').selectOption('Training loss');
  const before = await legend.first().textContent();
  const plot = await page.getByRole('img', { name: 'Training loss' }).boundingBox();
  if (!plot) throw new Error('no plot');
  await page.mouse.move(plot.x + 70, plot.y + 100);
  await page.getByText(/^At step \d+$/).waitFor();
  expect(await legend.first().textContent()).not.toBe(before);
  await page.screenshot({ path: join(screenshots, 'runs-compared.png') });
  const first = rows.first();
  await first.getByRole('button', { name: 'Rename' }).click();
  await page.getByLabel('Name of the run').fill('The straight one');
  await page.keyboard.press('Enter');
  await first.getByText('The straight one').waitFor();
  const count = await rows.count();
  await rows.last().getByRole('button', { name: 'Delete' }).click();
  await rows.last().getByRole('button', { name: 'Delete' }).click();
  await expect.poll(() => rows.count()).toBe(count - 1);
  await desktop.close();
  await open(file('straight'));
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.getByTestId('run-row').first().getByText('The straight one').waitFor();
  expect(await page.getByTestId('run-row').count()).toBe(count - 1);
});
