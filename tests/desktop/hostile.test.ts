import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EditorUnderTest, startEditor } from './launch.ts';

let editor: EditorUnderTest;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-hostile-'));
  editor = await startEditor({ width: 1280, height: 800, timeout: 30_000 });
  await editor.page.evaluate(() => Object.assign(window, { ran: [] }));
});
afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(name: string, file: object | string): Promise<void> {
  const path = join(folder, `${name}.gradwire`);
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  await editor.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  }, path);
  await editor.choose('file.open');
}

const shown = (name: string) =>
  expect.poll(() => editor.page.locator('.document-title').textContent()).toBe(name);

const attack = `<img src=x onerror="window.ran.push(1)"><script>window.ran.push(2)</script>`;

it('a document with script in every string runs none of it', async () => {
  const link = '[a](javascript:window.ran.push(3)) ![b](https://example.com/x.png)';
  await open('script', {
    format: 'gradwire',
    version: 1,
    title: attack,
    nodes: [
      { id: attack, op: 'input', label: attack, attrs: { value: 2 } },
      { id: 'javascript:window.ran.push(4)', op: 'neg', label: `$\\href{javascript:1}{x}$` },
    ],
    wires: [
      {
        id: `"><svg onload=window.ran.push(5)>`,
        from: { node: attack, port: 'out' },
        to: { node: 'javascript:window.ran.push(4)', port: 'x' },
        name: attack,
      },
    ],
    frames: [{ id: 'f', title: attack, color: 'red;background:url(//x)', nodes: [attack] }],
    notes: [
      {
        id: 'n',
        text: `${attack}\n\n${link}\n\n$\\htmlData{x=1}{y}\\url{javascript:1}$\n\n<iframe src="app://gradwire/index.html"></iframe>`,
        position: { x: 300, y: 200 },
        width: 240,
      },
    ],
    loss: { node: 'javascript:window.ran.push(4)' },
  });
  await shown('script');
  await editor.page
    .getByText('javascript:window.ran')
    .first()
    .waitFor({ state: 'attached' })
    .catch(() => undefined);
  for (const workspace of ['Trace', 'Train', 'Build'] as const) {
    await editor.hands.workspace(workspace);
    await editor.page.waitForTimeout(300);
  }
  await editor.page.keyboard.press('Control+a');
  const seen = await editor.page.evaluate(() => ({
    ran: Reflect.get(window, 'ran'),
    foreign: document.querySelectorAll('iframe, img[src="x"], .note-text img, object, embed')
      .length,
    scripts: [...document.scripts].filter(({ src }) => !src.startsWith('app://gradwire/')).length,
    links: [...document.querySelectorAll('a')].filter(({ protocol }) => protocol === 'javascript:')
      .length,
  }));
  expect(seen).toEqual({ ran: [], foreign: 0, scripts: 0, links: 0 });
});

const many = (count: number, one: (at: number) => object) =>
  Array.from({ length: count }, (_, at) => one(at));
const file = (parts: object) => ({ format: 'gradwire', version: 1, title: 't', ...parts });

it.each([
  [
    'deep',
    `{"format":"gradwire","version":1,"view":${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}}`,
    'nested more than 200 deep',
  ],
  [
    'cut',
    '{"format":"gradwire","version":1,"nodes":[{"id":"x","op":"inp',
    'not complete, valid JSON',
  ],
  ['newer', { format: 'gradwire', version: 99, nodes: [] }, 'format version 99'],
  [
    'many',
    file({ nodes: many(300_000, (at) => ({ id: `n${at}`, op: 'input' })) }),
    '300,000 nodes',
  ],
])('%s: one clear sentence, and the open document stays', async (name, content, sentence) => {
  const before = await editor.page.locator('.document-title').textContent();
  await open(name, content);
  const message = editor.page.getByTestId('message');
  await message.waitFor();
  expect(await message.textContent()).toContain(sentence);
  await editor.page.keyboard.press('Escape');
  expect(await editor.page.locator('.document-title').textContent()).toBe(before);
});

it.each([
  [
    'long',
    file({ title: 'x'.repeat(3e6), nodes: [{ id: 'a', op: 'input', label: 'y'.repeat(3e6) }] }),
  ],
  ['far', file({ nodes: [{ id: 'a', op: 'input', position: { x: 1e308, y: -1e308 } }] })],
])('%s: opened with a report, and the window answers', async (name, content) => {
  await open(name, content);
  const message = editor.page.getByTestId('message');
  await message.waitFor();
  expect(await message.textContent()).toContain(`“${name}.gradwire” was damaged`);
  await editor.page.keyboard.press('Escape');
  await shown(name);
  expect(await editor.page.evaluate(() => 1 + 1)).toBe(2);
});

it('what would take minutes to compute is left out and says so', async () => {
  await open(
    'large',
    file({
      nodes: [
        { id: 'p', op: 'parameter', attrs: { shape: [2500, 2500] } },
        { id: 'm', op: 'matmul', position: { x: 300, y: 0 } },
      ],
      wires: [
        { id: 'a', from: { node: 'p', port: 'out' }, to: { node: 'm', port: 'a' } },
        { id: 'b', from: { node: 'p', port: 'out' }, to: { node: 'm', port: 'b' } },
      ],
    }),
  );
  await shown('large');
  await editor.hands.node('m').click();
  await editor.hands
    .inspector()
    .getByText('too large to be computed while you edit')
    .first()
    .waitFor();
});
