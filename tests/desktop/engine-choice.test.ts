import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mnist } from '#lessons';
import { type EditorUnderTest, startEditor } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-engines-'));
let editor: EditorUnderTest;

beforeAll(async () => {
  const path = join(folder, 'net.gradwire');
  const training = { learningRate: 0.1, batchSize: 16, seed: 0, epochs: 500 };
  writeFileSync(path, JSON.stringify({ ...mnist.file, training }));
  editor = await startEditor({ args: [path], graphics: true, timeout: 30_000 });
  await editor.page.getByTestId('node-z1').waitFor();
  await editor.page.getByRole('button', { name: 'Train', exact: true }).click();
});

afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true });
});

const sentence = () => editor.page.getByTestId('run-sentence');
const row = (name: string) =>
  editor.page
    .getByRole('table', { name: 'Engines' })
    .getByRole('row')
    .filter({ hasText: new RegExp(`^${name}`) });

async function start(engine: string): Promise<void> {
  await editor.page.getByLabel('Engine', { exact: true }).selectOption(engine);
  await editor.page.getByRole('button', { name: /^Start/ }).click();
  await expect.poll(() => sentence().textContent(), { timeout: 60_000 }).toMatch(/Epoch \d+ of/);
}

async function stop(): Promise<void> {
  await editor.page.getByRole('button', { name: /^Stop/ }).click();
  await expect.poll(() => sentence().getAttribute('data-phase')).toBe('stopped');
}

const step = async () =>
  Number(/step ([\d,]+)/.exec((await sentence().textContent()) ?? '')?.[1]?.replaceAll(',', ''));

test('“auto” shows how fast each engine is, and that a GPU made of software is none', async () => {
  await start('auto');
  for (const name of ['WebGPU', 'WebGL']) {
    expect(await row(name).textContent()).toMatch(/–software$/);
    expect(await row(name).getAttribute('title')).toMatch(/SwiftShader.* is a program, no GPU/i);
  }
  expect(await row('WebAssembly').textContent()).toMatch(/WebAssembly[\d.]+\d+ threads?/);
  expect(await editor.page.getByRole('img', { name: 'at work' }).count()).toBe(1);
  await row('WebGL').scrollIntoViewIfNeeded();
  await editor.look('engine-figures');
  await stop();
});

test('a run on WebGL goes on with another engine when the GPU’s process dies, and says so', async () => {
  await start('webgl');
  expect(await row('WebGL').getAttribute('data-state')).toBe('chosen');
  const before = await step();
  await editor.app.evaluate(({ app }) => {
    const gpu = app.getAppMetrics().find(({ type }) => type === 'GPU');
    if (gpu) process.kill(gpu.pid, 'SIGKILL');
  });
  await expect
    .poll(() => row('WebGL').getAttribute('data-state'), { timeout: 60_000 })
    .toBe('failed');
  const said = editor.page.getByRole('status').filter({ hasText: 'failed' });
  expect(await said.textContent()).toMatch(
    /The GPU of the engine “webgl” failed: .*; the run goes on with “(wasm|js)”\./,
  );
  await expect.poll(step, { timeout: 60_000 }).toBeGreaterThan(before + 50);
  await row('WebGL').scrollIntoViewIfNeeded();
  await editor.look('engine-fallback');
  await stop();
});
