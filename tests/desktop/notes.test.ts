import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { product } from '#lessons';
import { boxOf, centerOf, type EditorHands } from '../support/editor.ts';
import { type EditorUnderTest, startEditor } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-notes-'));
let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;

beforeAll(async () => {
  editor = await startEditor({ width: 1440, height: 900 });
  ({ hands, page } = editor);
});
afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await editor.app.evaluate(({ dialog, shell }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = async (url) => void opened.push(url);
  });
  await hands.example('First graphs', '(x + y)·z');
  await hands.workspace('Build');
  await hands.clickCanvas();
});
afterEach(() => {
  expect(editor.complaints.splice(0)).toEqual([]);
});

const press = (key: string) => page.keyboard.press(key);
const field = () => page.getByRole('textbox', { name: 'Text of the note' });
const note = (name: string) => page.getByRole('region', { name: `Note: ${name}` });
const count = () => page.locator('.note-card').count();
const opened = () => editor.app.evaluate(() => (globalThis as { opened?: string[] }).opened ?? []);
const scheme = (colorScheme: 'light' | 'dark') => page.emulateMedia({ colorScheme });

/** Writes a note from the keyboard. */
async function write(text: string): Promise<void> {
  await press('n');
  await field().fill(text);
  await press('Control+Enter');
  await field().waitFor({ state: 'detached' });
}

/** Opens a file with these notes beside the first graph, as a person does. */
async function openWith(name: string, notes: readonly object[]): Promise<string> {
  const path = join(folder, `${name}.gradwire`);
  writeFileSync(path, JSON.stringify({ ...product.file, notes }));
  await editor.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, path);
  await hands.fileMenu('Open…');
  await expect.poll(count).toBe(notes.length);
  return path;
}

const place = { position: { x: 0, y: 300 }, width: 320 };
const all = [
  '# The chain rule',
  'At **every** wire: *upstream* times `local`, $g \\cdot y$.',
  '',
  '$$\\frac{\\partial L}{\\partial x} = \\frac{\\partial y}{\\partial x}\\,\\frac{\\partial L}{\\partial y}$$',
  '',
  '| gate | passes |\n|---|---|\n| add | $g$ |\n| max | to the larger |',
  '',
  '- one\n- see [the notes](https://example.com/notes)',
].join('\n');

describe('a note', () => {
  it('is written by keys, set as Markdown with formulas, and taken back as one step', async () => {
    await press('n');
    await page.keyboard.type('## Max\nroutes to the *larger*: $x > y$');
    await press('Control+Enter');
    const card = note('Max');
    await card.getByRole('heading', { name: 'Max' }).waitFor();
    expect(await card.locator('em').textContent()).toBe('larger');
    expect(await card.locator('.katex').count()).toBe(1);
    expect(await hands.undoName()).toContain('Add note');
    // The keyboard goes on at the note.
    expect(await card.evaluate((element) => element === document.activeElement)).toBe(true);
    await press('Enter');
    await press('Control+End');
    await page.keyboard.type(' and no other');
    await press('Escape');
    await expect.poll(() => card.textContent()).toContain('and no other');
    expect(await hands.undoName()).toContain('Edit note');
    await press('Control+z');
    await expect.poll(() => card.textContent()).not.toContain('and no other');
    await press('Control+z');
    await expect.poll(count).toBe(0);
    await press('Control+Shift+z');
    await expect.poll(count).toBe(1);
  });

  it('that is left empty goes, and leaves nothing to undo', async () => {
    const before = await hands.undoName();
    await press('n');
    await field().waitFor();
    await press('Escape');
    await expect.poll(count).toBe(0);
    expect(await hands.undoName()).toBe(before);
    await write('something');
    await note('something').dblclick();
    await field().fill('  ');
    await hands.clickCanvas();
    await expect.poll(count).toBe(0);
    await press('Control+z');
    await expect.poll(count).toBe(1);
  });

  it('is moved and resized by the mouse, and Escape takes that back', async () => {
    await write('Plus passes on what it gets.');
    const card = note('Plus');
    const before = await boxOf(card);
    await hands.drag({ x: before.x + 60, y: before.y + 12 }, { x: before.x - 100, y: 700 });
    const moved = await boxOf(card);
    expect(Math.round(moved.x - before.x)).toBe(-160);
    expect(await hands.undoName()).toContain('Move note');
    const corner = { x: moved.x + moved.width - 2, y: moved.y + moved.height - 2 };
    await hands.drag(corner, { x: corner.x + 70, y: corner.y + 50 });
    const large = await boxOf(card);
    expect(Math.abs(large.width - moved.width - 70)).toBeLessThan(2);
    expect(Math.abs(large.height - moved.height - 50)).toBeLessThan(2);
    expect(await hands.undoName()).toContain('Resize note');
    await page.mouse.move(large.x + 40, large.y + 10);
    await page.mouse.down();
    await page.mouse.move(large.x + 140, large.y - 90, { steps: 4 });
    await press('Escape');
    await page.mouse.up();
    expect(await boxOf(card)).toEqual(large);
    // Made lower than its text it is as high as its text.
    await hands.drag(
      { x: large.x + large.width - 2, y: large.y + large.height - 2 },
      { x: large.x + large.width - 2, y: large.y + 4 },
    );
    expect((await boxOf(card)).height).toBeLessThan(large.height);
    for (const _ of [1, 2, 3]) await press('Control+z');
    expect(await boxOf(card)).toEqual(before);
  });

  it('is nudged, resized, coloured and removed by keys, the node beside it is not', async () => {
    await write('Nudge me');
    await hands.pick('add');
    const card = note('Nudge me');
    const node = await boxOf(hands.node('add'));
    await card.focus();
    const before = await boxOf(card);
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) await press(key);
    await press('Shift+ArrowRight');
    const after = await boxOf(card);
    expect(after.x).toBeGreaterThan(before.x);
    expect(after.y).toBeGreaterThan(before.y);
    expect(after.width).toBeGreaterThan(before.width);
    await press('Tab');
    await press('Tab');
    await press('Enter');
    expect(await page.locator('.text-note').getAttribute('data-color')).toBe('gray');
    await card.focus();
    await press('Delete');
    await expect.poll(count).toBe(0);
    expect(await hands.undoName()).toContain('Delete note');
    expect(await boxOf(hands.node('add'))).toEqual(node);
    await press('Control+z');
    await expect.poll(count).toBe(1);
  });

  it('stands behind the nodes, comes after them by Tab, and can be begun from the menus', async () => {
    await page.mouse.click(620, 720, { button: 'right' });
    await page.getByRole('menuitem', { name: /^Add Note/ }).click();
    await field().fill('From the menu');
    await hands.clickCanvas();
    const card = note('From the menu');
    const at = await centerOf(card);
    expect(Math.abs(at.x - 620) + Math.abs(at.y - 720)).toBeLessThan(60);
    const order = await page
      .locator('.react-flow__node, .note-card')
      .evaluateAll((list) => list.map((each) => each.classList.contains('note-card')));
    expect(order.indexOf(true)).toBe(order.length - 1);
    // Dragged onto a node it is below it.
    const target = await centerOf(hands.node('add'));
    const box = await boxOf(card);
    await hands.drag({ x: box.x + 20, y: box.y + 10 }, { x: target.x - 30, y: target.y - 8 });
    await hands.node('add').click();
    expect(await hands.selected()).toEqual(['add']);
  });

  it('is not touched by accident in Trace, nor at all in Train', async () => {
    await write('Read me');
    const card = note('Read me');
    await hands.workspace('Trace');
    const before = await boxOf(card);
    const grip = { x: before.x + 30, y: before.y + 10 };
    await hands.drag(grip, { x: grip.x + 90, y: grip.y + 90 });
    await press('Delete');
    expect(await boxOf(card)).toEqual(before);
    await card.dblclick();
    await field().fill('Read me twice');
    await press('Escape');
    expect(await note('Read me twice').count()).toBe(1);
    await hands.workspace('Train');
    await card.dblclick();
    await press('n');
    expect(await field().count()).toBe(0);
    expect(await count()).toBe(1);
  });

  it('opens links in the browser, by https alone', async () => {
    await write('[safe](https://example.com/a) [plain](http://example.com/b)');
    const card = note('[safe]');
    await card.getByRole('link').first().click();
    expect(await card.getByRole('link').count()).toBe(1);
    await expect.poll(opened).toEqual(['https://example.com/a']);
  });

  it('is the same after saving and opening, and is shown as a whole where it stands alone', async () => {
    const path = await openWith('round', [{ id: 'n', text: all, ...place, color: 'green' }]);
    await note('The chain rule').locator('.katex-display').waitFor();
    expect(await note('The chain rule').locator('td').count()).toBe(4);
    await editor.look('note');
    await scheme('dark');
    await editor.look('note-dark');
    await scheme('light');
    await note('The chain rule').focus();
    await press('ArrowDown');
    await press('Control+s');
    await expect
      .poll(() => JSON.parse(readFileSync(path, 'utf8')).notes)
      .toEqual([{ id: 'n', text: all, position: { x: 0, y: 310 }, width: 320, color: 'green' }]);
    writeFileSync(
      path,
      JSON.stringify({
        ...product.file,
        nodes: [],
        wires: [],
        loss: null,
        notes: [{ id: 'far', text: all, position: { x: 9_000, y: -4_000 }, width: 320 }],
      }),
    );
    await hands.fileMenu('New');
    await hands.fileMenu('Open…');
    const card = note('The chain rule');
    await card.waitFor();
    const canvas = await boxOf(page.getByTestId('canvas'));
    await expect.poll(async () => (await centerOf(card)).x - canvas.x).toBeGreaterThan(0);
    expect((await centerOf(card)).x).toBeLessThan(canvas.x + canvas.width);
    expect(await page.locator('.empty-hints').count()).toBe(0);
  });
});

describe('a hostile note', () => {
  const script = 'document.documentElement.dataset.hacked = 1';
  const deep = (text: string, times: number) => text.repeat(times);

  it('runs nothing, fetches nothing and leads nowhere', async () => {
    await openWith('hostile', [
      {
        id: 'n',
        ...place,
        text: [
          `<script>${script}</script>`,
          `<img src=x onerror="${script}">`,
          `<iframe srcdoc="<script>parent.${script}</script>"></iframe>`,
          `[x](javascript:${script}) [y](data:text/html,<script>1</script>) [z](file:///etc/passwd)`,
          '![picture](https://example.com/spy.png)',
          `$\\href{javascript:${script}}{x}$ $\\htmlClass{crash}{y}$ $\\rule{9999em}{9999em}$`,
        ].join('\n\n'),
      },
    ]);
    const card = page.locator('.note-card');
    await card.locator('.katex').first().waitFor();
    expect(await card.textContent()).toContain(`<script>${script}</script>`);
    expect(await card.locator('a, img, script, iframe, .crash').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.dataset.hacked)).toBeUndefined();
    expect((await boxOf(card)).width).toBeLessThan(340);
    expect(await opened()).toEqual([]);
  });

  it('of any length and depth is shown, and the editor goes on', async () => {
    const texts = [
      deep('lorem ipsum dolor ', 6_000),
      deep('>', 9_000),
      deep('[', 9_000),
      deep('*a_', 3_000),
      `${deep('**a ', 2_000)}${deep('**', 900)}`,
      `$${deep('{', 400)}${deep('}', 400)}$`,
      `$${deep('{', 4_000)}${deep('}', 4_000)}$`,
      `$\\def\\a{\\b\\b}\\def\\b{\\a\\a}\\a$`,
      deep('$x$ ', 2_000),
      deep('\u202e\u0000\ud800', 500),
    ];
    await openWith(
      'long',
      texts.map((text, at) => ({
        id: `n${at}`,
        text,
        position: { x: (at % 5) * 340, y: 300 + Math.floor(at / 5) * 300 },
        width: 320,
        height: 200,
      })),
    );
    await hands.node('x').waitFor();
    await expect.poll(count).toBe(texts.length);
    await hands.type('x', '7');
    await expect.poll(() => hands.wire('wx').textContent()).toContain('7');
    await editor.look('notes-hostile');
  });
});
