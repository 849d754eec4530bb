import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode as encodePng } from 'fast-png';
import { encode as encodeJpeg } from 'jpeg-js';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EditorUnderTest, screenshots, startEditor } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-data-'));
let editor: EditorUnderTest;
let page: Page;

beforeAll(async () => {
  editor = await startEditor({ width: 1280, height: 800 });
  page = editor.page;
  page.setDefaultTimeout(20_000);
  await editor.hands.workspace('Train');
});

afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true });
});

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByTestId('data');
const set = () => page.getByLabel('Set', { exact: true });
const chosen = () => set().evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text);
const counts = () => dialog().getByRole('status').first();
const look = (name: string) => page.screenshot({ path: join(screenshots, `data-${name}.png`) });

async function choose(what: 'Folder…' | 'File…', path: string): Promise<void> {
  await editor.app.evaluate(({ dialog: native }, chosen) => {
    native.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await button(what).click();
  await expect.poll(chosen).toBe(path.slice(path.lastIndexOf('/') + 1));
}

async function open(): Promise<void> {
  await button('Look at the data').click();
  await dialog().waitFor();
}

const close = () => button('Close').click();

test('shows 60,000 images a page at a time, and what becomes of them', async () => {
  await expect.poll(chosen).toBe('data');
  await open();
  await expect.poll(() => counts().textContent()).toBe('60,000 to train on · 10,000 to test on');
  await dialog().getByRole('img', { name: 'Example 1: 5', exact: true }).waitFor();
  await look('images');
  await dialog().getByLabel('Go to example').fill('60000');
  await dialog().getByLabel('Go to example').press('Enter');
  await dialog().getByRole('img', { name: 'Example 60,000: 8', exact: true }).waitFor();
  expect(await button('Later examples').isDisabled()).toBe(true);
  await button('Test').click();
  await dialog().getByRole('img', { name: 'Example 1: 7', exact: true }).waitFor();
  // A tenth is held back: seen at once, and an edit of the document.
  await dialog().getByLabel('Validation').fill('0.1');
  await dialog().getByLabel('Validation').press('Enter');
  await expect
    .poll(() => counts().textContent())
    .toBe('54,000 to train on · 6,000 for validation · 10,000 to test on');
  await dialog().getByLabel('Turn, degrees').fill('40');
  await dialog().getByLabel('Turn, degrees').press('Enter');
  await button('Train').last().click();
  await button('As trained on').click();
  await look('augmented');
  await close();
  expect(await button('Undo').getAttribute('title')).toMatch(/Undo/);
});

test('has sets that need no file, seen as points and figures', async () => {
  await set().selectOption({ label: 'Spirals' });
  await open();
  await button('Scatter').click();
  await dialog().getByRole('img', { name: 'x₂ against x₁, a point for each example' }).waitFor();
  await look('scatter');
  await close();
  await set().selectOption({ label: 'Iris' });
  await open();
  await expect.poll(() => counts().textContent()).toMatch(/for validation/);
  await button('Columns').click();
  expect(
    await dialog()
      .getByRole('row', { name: /^petal length number 1 6\.9/ })
      .count(),
  ).toBe(1);
  await button('Classes').click();
  expect(
    await dialog()
      .getByRole('row', { name: /^setosa/ })
      .count(),
  ).toBe(1);
  await close();
});

test('takes a table, whose types can be changed, and names the line that is wrong', async () => {
  const table = join(folder, 'people.csv');
  const rows = Array.from(
    { length: 30 },
    (_, at) => `${20 + at},${['cook', 'clerk', ''][at % 3]},${at % 2}`,
  );
  writeFileSync(table, `age,job,rich\n${rows.join('\n')}\n`);
  await choose('File…', table);
  await open();
  await button('Columns').click();
  await dialog()
    .getByRole('row', { name: /^job category/ })
    .waitFor();
  await look('columns');
  await dialog().getByLabel('Type of job').selectOption('ignore');
  await expect.poll(() => dialog().getByLabel('Type of job').inputValue()).toBe('ignore');
  await button('Examples').click();
  await dialog().getByRole('columnheader', { name: 'age' }).waitFor();
  expect(await dialog().getByRole('columnheader', { name: 'job' }).count()).toBe(0);
  await close();
  const ragged = join(folder, 'ragged.csv');
  writeFileSync(ragged, 'a,b\n1,2\n3\n');
  await choose('File…', ragged);
  await open();
  await expect
    .poll(() => dialog().getByRole('alert').textContent())
    .toBe('Line 3 of “ragged.csv” has 1 value instead of 2.');
  await look('problem');
  await close();
  const odd = join(folder, 'odd.csv');
  writeFileSync(odd, `a,b\n${'1,2\n'.repeat(20)}oops,3\n`);
  await choose('File…', odd);
  await open();
  await expect
    .poll(() => dialog().getByRole('alert').textContent())
    .toMatch(/^Line 22 of “odd.csv”, column “a”: “oops” is no number/);
  await look('odd');
  await dialog().getByLabel('Type of a').selectOption('category');
  await expect.poll(() => counts().textContent()).toMatch(/to train on/);
  await close();
});

test('takes a folder of images with a folder for each class', async () => {
  const images = join(folder, 'shapes');
  const pixels = (red: number, blue: number) =>
    Uint8Array.from({ length: 4 * 24 * 24 }, (_, at) => [red, 40, blue, 255][at % 4] ?? 0);
  for (const [kind, red] of [
    ['circle', 220],
    ['square', 60],
  ] as const) {
    mkdirSync(join(images, kind), { recursive: true });
    for (let at = 0; at < 6; at++) {
      const data = pixels(red, at * 40);
      writeFileSync(
        join(images, kind, `${at}.png`),
        encodePng({ width: 24, height: 24, channels: 4, data }),
      );
      writeFileSync(
        join(images, kind, `${at}.jpg`),
        encodeJpeg({ width: 24, height: 24, data }, 90).data,
      );
    }
  }
  writeFileSync(join(images, 'square', 'notes.png'), 'no image');
  await choose('Folder…', images);
  await open();
  await dialog().getByRole('img', { name: 'Example 1: circle', exact: true }).waitFor();
  expect(
    await dialog().getByText('Left out: “square/notes.png” is no PNG or JPEG image.').count(),
  ).toBe(1);
  await look('folder');
  await close();
});

test('is trained on: a built-in set that the document names, and no other that does not fit', async () => {
  await editor.app.evaluate(({ dialog: native }) => {
    // 1 is “Don't save”.
    native.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
  await editor.hands.example('Networks to train', 'Iris classifier');
  await editor.hands.workspace('Train');
  await expect.poll(chosen).toBe('Iris');
  const sentence = page.getByTestId('run-sentence');
  const phase = () => sentence.getAttribute('data-phase');
  await button(/^Start/).click();
  await expect.poll(phase, { timeout: 60_000 }).toBe('finished');
  await set().selectOption({ label: 'Digits 8 × 8' });
  await button(/^Start/).click();
  await expect.poll(phase, { timeout: 30_000 }).toBe('failed');
  expect(await sentence.textContent()).toMatch(
    /“x” has shape \[4\], but the field “x” of “digits”/,
  );
});
