import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, expect, test } from 'vitest';
import { toFile } from '#graph';
import { mnist } from '#lessons';
import { catalogue } from '#ops';
import { documentOf } from '../support/training.ts';
import { type EditorUnderTest, startEditor } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-insight-'));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const training = { learningRate: 0.3, batchSize: 128, seed: 0 };
const digits = file('digits.gradwire', { ...mnist.file, training: { ...training, epochs: 500 } });

/** 2-8-2 on spirals. */
const spirals = () => {
  const document = documentOf(
    [
      { id: 'x', op: 'input', attrs: { shape: [2], batched: true, field: 'x' } },
      { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
      { id: 'V', op: 'parameter', attrs: { shape: [8, 2] } },
      { id: 'W', op: 'parameter', attrs: { shape: [2, 8] } },
      { id: 'h', op: 'matmul' },
      { id: 'r', op: 'tanh' },
      { id: 'z', op: 'matmul' },
      { id: 'L', op: 'softmaxCrossEntropy' },
    ],
    ['V > h.a', 'x > h.b', 'h > r.x', 'W > z.a', 'r > z.b', 'z > L.scores', 'y > L.target'],
    'L',
  );
  const places: Readonly<Record<string, readonly [number, number]>> = {
    x: [0, 200],
    y: [800, 300],
    V: [0, 0],
    W: [420, 0],
    h: [220, 100],
    r: [420, 130],
    z: [640, 100],
    L: [960, 150],
  };
  const laid = {
    ...document,
    nodes: document.nodes.map((node) => {
      const [x = 0, y = 0] = places[node.id] ?? [];
      return { ...node, position: { x, y } };
    }),
  };
  return {
    ...Object(toFile(laid, catalogue)),
    training: { ...training, batchSize: 10, epochs: 100_000, data: { set: 'spirals' } },
  };
};

let editor: EditorUnderTest;
let page: Page;

async function open(path: string): Promise<void> {
  editor = await startEditor({ args: [path], width: 1440, height: 900, timeout: 30_000 });
  page = editor.page;
  await editor.hands.workspace('Train');
}

afterEach(async () => {
  const complaints = editor.complaints.splice(0);
  await editor.close();
  expect(complaints).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const start = () => page.getByRole('button', { name: /^Start/ }).click();
const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
const view = (name: string) => page.getByTestId(`view-${name}`);
const phase = () =>
  expect.poll(() => page.getByTestId('run-sentence').getAttribute('data-phase'), {
    timeout: 30_000,
  });

/** What a picture is made of: how many colours it has. */
const colours = (selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const context = canvas.getContext('2d');
      const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const found = new Set<string>();
      for (let at = 0; at < data.length; at += 4)
        found.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`);
      return found.size;
    });

test('shows a net that trains on images from every side', async () => {
  await open(digits);
  await start();
  await phase().toBe('running');

  await tab('Distributions');
  await page.getByTestId('strip').nth(2).waitFor();
  expect(await page.getByTestId('strip').count()).toBe(3);
  await expect.poll(() => colours('.strip-picture')).toBeGreaterThan(5);
  expect(await view('distributions').textContent()).toMatch(/step \d+ · over 128 examples/);
  await page.getByRole('button', { name: 'Gradients' }).click();
  await page.getByRole('img', { name: /^z₁: mean .*standard deviation/ }).waitFor();
  await editor.look('insight-distributions');

  await tab('Norms');
  await view('norms').getByRole('row').nth(4).waitFor();
  // Measured between two steps, and so more than nothing.
  const ratio = view('norms').getByRole('row').nth(1).getByRole('cell').last();
  await expect.poll(() => ratio.textContent()).toMatch(/\d/);
  await editor.look('insight-norms');

  await tab('Confusion');
  const matrix = page.getByRole('table', { name: 'Confusion matrix' });
  await matrix.waitFor();
  expect(await matrix.locator('td[data-right="true"]').count()).toBe(10);
  const counts = await matrix.locator('td[data-right]').allTextContents();
  expect(counts.reduce((total, count) => total + Number(count), 0)).toBe(2000);
  expect(await view('confusion').textContent()).toContain('2,000 of 10,000 examples');
  await editor.look('insight-confusion');

  await tab('Mistakes');
  const worst = page.getByRole('button', { name: /^Example \d+: the net says/ });
  await worst.first().waitFor();
  await worst.first().click();
  await editor.look('insight-mistakes');

  await tab('Weights');
  await page.getByRole('img', { name: 'row 99', exact: true }).waitFor();
  expect(await colours('.templates .bitmap')).toBeGreaterThan(50);
  await editor.look('insight-weights');

  await tab('Regions');
  expect(await page.locator('.view').textContent()).toMatch(/two numbers/);

  // The tabs by keyboard: around the corner to the first.
  await page.getByRole('tab', { name: 'Regions' }).press('ArrowRight');
  await page.getByTestId('answer').waitFor();
  expect(await page.getByTestId('answer').textContent()).toMatch(/right would be \d · loss/);
  await editor.look('insight-try');
  await page.getByRole('tab', { name: 'Try it' }).press('ArrowRight');
  await page.getByRole('complementary', { name: 'Curves' }).waitFor();
});

test('answers a digit that is drawn, and traces it with the numbers of that moment', async () => {
  await open(digits);
  await start();
  await expect
    .poll(() => page.getByLabel('Curves').textContent(), { timeout: 60_000 })
    .toMatch(/9[3-9]\.\d %/);
  await tab('Try it');
  await page.getByRole('button', { name: 'Draw', exact: true }).click();
  const pad = await page.getByTestId('draw-pad').boundingBox();
  if (!pad) throw new Error('There is nothing to draw on.');
  const at = (x: number, y: number): [number, number] => [
    pad.x + x * pad.width,
    pad.y + y * pad.height,
  ];
  // A one.
  await page.mouse.move(...at(0.5, 0.15));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 0.85), { steps: 10 });
  await page.mouse.up();
  await expect.poll(() => page.locator('[data-best="true"] .answer-name').textContent()).toBe('1');
  await editor.look('insight-draw');

  await page.getByRole('button', { name: 'Trace this example' }).click();
  const note = page.getByTestId('overlay-note');
  expect(await note.textContent()).toMatch(/^Step \d+, example of your own/);
  expect(await page.getByTestId('node-y').textContent()).not.toContain('data');
  await editor.look('insight-traced');
  // The run goes on behind it, and the document is as it was.
  expect(await editor.hands.undoName()).toBe('Nothing to undo');
  await note.getByRole('button', { name: 'Back to' }).click();
  await note.waitFor({ state: 'detached' });
  expect(await page.getByTestId('node-y').textContent()).toContain('data');
});

test('answers an image that is given, and says so where it is none', async () => {
  await open(file('digits-still.gradwire', mnist.file));
  await tab('Try it');
  await page.getByRole('button', { name: 'Image', exact: true }).click();
  const input = page.locator('.image-drop input[type="file"]');
  // A dark stroke on white paper: it has to be turned round.
  const [width, height] = [60, 60];
  const data = Uint8Array.from({ length: width * height }, (_, at) =>
    Math.abs((at % width) - 30) < 4 ? 0 : 255,
  );
  const png = Buffer.from(encode({ width, height, data, channels: 1 }));
  await input.setInputFiles({ name: 'one.png', mimeType: 'image/png', buffer: png });
  await page.getByTestId('answer').waitFor();
  expect(await page.getByLabel('Invert light and dark').isChecked()).toBe(true);
  await editor.look('insight-image');
  await input.setInputFiles({
    name: 'none.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no image'),
  });
  expect(await page.getByRole('alert').textContent()).toMatch(/no image that can be read/);
});

test('colours the plane while the net learns, and puts a mini-batch onto the wires', async () => {
  await open(file('spirals.gradwire', spirals()));
  await start();
  await phase().toBe('running');
  // Nobody looks at the norms meanwhile: they are measured all the same.
  await page.waitForTimeout(7000);
  await tab('Norms');
  const plot = page.getByRole('img', { name: /^Gradient norm, measured at \d+ steps$/ });
  const measured = /at (\d+) steps/.exec((await plot.getAttribute('aria-label')) ?? '');
  expect(Number(measured?.[1])).toBeGreaterThanOrEqual(2);
  await tab('Regions');
  await page.getByRole('img', { name: /each point of the plane/ }).waitFor();
  const step = async () =>
    Number(/step (\d+)/.exec((await view('regions').textContent()) ?? '')?.[1]);
  const first = await step();
  await expect.poll(step).toBeGreaterThan(first);
  expect(await colours('.region')).toBeGreaterThan(50);
  await editor.look('insight-regions');
  await page.getByRole('button', { name: 'Pause' }).click();
  await phase().toBe('paused');

  await page.getByLabel('Examples in the mini-batch').fill('3');
  await page.getByRole('button', { name: 'Trace a mini-batch of' }).click();
  const note = page.getByTestId('overlay-note');
  await note.waitFor();
  expect(await note.textContent()).toMatch(
    /^Step \d+, mini-batch of 3, validation|test examples 0 to 2/,
  );
  await editor.look('insight-mini-batch');
  await editor.hands.workspace('Build');
  await editor.choose('graph.check');
  await page.getByText(/gradients agree with their central differences/).waitFor();
  await editor.hands.workspace('Trace');
  // Kept in the document, its own trace has the very numbers of the wires.
  const shown = await editor.hands.wires();
  await note.getByRole('button', { name: 'Keep in the graph' }).click();
  await note.waitFor({ state: 'detached' });
  expect(await editor.hands.wires()).toEqual(shown);
  expect(await editor.hands.undoName()).toContain('Take over Step');

  // Typed numbers are answered too, and a slip is said.
  await editor.hands.workspace('Train');
  await tab('Try it');
  await page.getByRole('button', { name: 'Type', exact: true }).click();
  const numbers = page.getByLabel('The 2 numbers that the net is given');
  await numbers.fill('0.5');
  expect(await page.getByRole('alert').textContent()).toBe(
    'The net is given 2 numbers; here is 1.',
  );
  await numbers.fill('0.5, −0.25');
  await page.getByTestId('answer').waitFor();
  const shares = await page.locator('.answer-share').allTextContents();
  const total = shares.reduce((sum, share) => sum + Number.parseFloat(share), 0);
  expect(total).toBeCloseTo(100, 0);
});

test('says in a sentence what is missing to see anything', async () => {
  const graph = structuredClone(mnist.file) as { loss?: unknown };
  delete graph.loss;
  await open(file('lossless.gradwire', graph));
  for (const name of [
    'Distributions',
    'Norms',
    'Confusion',
    'Mistakes',
    'Weights',
    'Regions',
    'Try it',
  ]) {
    await tab(name);
    expect(await page.locator('.view').textContent(), name).toContain('Mark the loss');
  }
});
