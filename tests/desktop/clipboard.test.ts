import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { boxOf, centerOf, EditorHands } from '../support/editor.ts';
import type { EditorUnderTest } from './launch.ts';
import { oneEditor } from './one-editor.ts';

let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;

oneEditor({ width: 1440, height: 900 }, (started) => {
  editor = started;
  ({ hands, page } = started);
});

const clipboard = () => editor.app.evaluate(({ clipboard: board }) => board.readText());
const write = (text: string) =>
  editor.app.evaluate(({ clipboard: board }, written) => board.writeText(written), text);
const press = (key: string) => page.keyboard.press(key);
const nodes = (of: Page = page) => of.locator('.react-flow__node').count();
const selected = () => hands.selected();
const undoName = () => hands.undoName();
const pick = async (...ids: string[]) => {
  await hands.pick(...ids);
  expect(await selected()).toEqual(ids.toSorted());
};
/** The mouse where it says nothing of a place on the canvas. */
const away = () => page.mouse.move(40, 20);
const choose = (id: string) => editor.choose(id);

/** Whether two nodes lie on each other; at one moment, as the view may be moving. */
const overlaps = () =>
  page.locator('.react-flow__node').evaluateAll((list) => {
    const boxes = list.map((each) => each.getBoundingClientRect());
    return boxes.some((a, at) =>
      boxes
        .slice(at + 1)
        .some((b) => a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom),
    );
  });

describe('copying and pasting by keys', () => {
  it('pastes the selected nodes with their wires and values, beside the originals, selected, as one step', async () => {
    await pick('x', 'y', 'add');
    await away();
    await press('Control+c');
    expect(await clipboard()).toContain('"gradwire-fragment"');
    await press('Control+v');
    await expect.poll(selected).toEqual(['add2', 'x2', 'y2']);
    expect(await hands.node('x2').locator('.source-value').textContent()).toBe('2');
    await expect.poll(() => hands.wires()).toMatchObject({ wire: '2 over 0', wire2: '3 over 0' });
    expect(await overlaps()).toBe(false);
    await editor.look('paste-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await editor.look('paste-dark');
    await page.emulateMedia({ colorScheme: null });
    await press('Control+v');
    await expect.poll(selected).toEqual(['add3', 'x3', 'y3']);
    expect(await overlaps()).toBe(false);
    expect(await undoName()).toContain('Paste 3 nodes');
    await press('Control+z');
    await press('Control+z');
    await expect.poll(() => nodes()).toBe(5);
  });

  it('pastes at the mouse where it is over the canvas, and cascades', async () => {
    await pick('x');
    await press('Control+c');
    const { x, y, width, height } = await boxOf(page.getByTestId('canvas'));
    const at = { x: x + width * 0.6, y: y + height * 0.75 };
    await page.mouse.move(at.x, at.y);
    await press('Control+v');
    await expect.poll(selected).toEqual(['x2']);
    const middle = await centerOf(hands.node('x2'));
    expect(Math.hypot(middle.x - at.x, middle.y - at.y)).toBeLessThan(60);
    await press('Control+v');
    await expect.poll(selected).toEqual(['x3']);
    const next = await centerOf(hands.node('x3'));
    expect(next.x - middle.x).toBeGreaterThan(20);
    expect(next.y - middle.y).toBeGreaterThan(20);
  });

  it('keeps the incoming wires where Shift is held', async () => {
    await pick('mul');
    await away();
    await press('Control+c');
    await press('Control+Shift+v');
    await expect.poll(selected).toEqual(['mul2']);
    await expect.poll(() => hands.wires()).toMatchObject({ wire: '5 over 0', wire2: '4 over 0' });
    expect(await nodes()).toBe(6);
    await press('Control+v');
    await expect.poll(selected).toEqual(['mul3']);
    await expect.poll(async () => Object.keys(await hands.wires())).toHaveLength(6);
  });

  it('cuts as one step, and a cut loss is the loss again once it is pasted', async () => {
    await pick('mul');
    await away();
    await press('Control+x');
    await expect.poll(() => nodes()).toBe(4);
    expect(await undoName()).toContain('Cut 1 node');
    await press('Control+Shift+v');
    await expect.poll(() => hands.wires()).toMatchObject({ wire: '5 over 4', wire2: '4 over 5' });
  });

  it('duplicates without touching the clipboard', async () => {
    await write('kept');
    await pick('x', 'add');
    await press('Control+d');
    await expect.poll(selected).toEqual(['add2', 'x2']);
    expect(await undoName()).toContain('Duplicate 2 nodes');
    expect(await clipboard()).toBe('kept');
    expect(await overlaps()).toBe(false);
  });

  it('takes a whole document as text', async () => {
    await write(
      JSON.stringify({
        format: 'gradwire',
        version: 1,
        nodes: [
          { id: 'x', op: 'input', label: 'x', attrs: { value: 7 }, position: { x: 0, y: 0 } },
          { id: 'n', op: 'neg', label: 'n', position: { x: 200, y: 0 } },
        ],
        wires: [{ id: 'w', from: { node: 'x', port: 'out' }, to: { node: 'n', port: 'x' } }],
      }),
    );
    await away();
    await press('Control+v');
    await expect.poll(selected).toEqual(['n', 'x2']);
    await expect.poll(() => hands.wires()).toMatchObject({ wire: '7 over 0', ww: '5 over 4' });
  });
});

describe('text fields', () => {
  it('keep their own copying and pasting', async () => {
    await pick('mul');
    await write('a product');
    const name = hands.inspector().getByLabel('Name', { exact: true });
    await name.click();
    await name.fill('');
    await press('Control+v');
    expect(await name.inputValue()).toBe('a product');
    await press('Control+a');
    await press('Control+x');
    expect(await name.inputValue()).toBe('');
    expect(await clipboard()).toBe('a product');
    expect(await nodes()).toBe(5);
    await press('Escape');
  });
});

describe('foreign text', () => {
  const hostile = `{"format": "gradwire", "version": 1, "__proto__": {"polluted": true}, "nodes": ${'['.repeat(200_000)}`;
  it.each([
    ['prose', 'Dear all, the meeting is at 4.', 'The clipboard holds no part of a Gradwire graph.'],
    ['broken JSON', '{"format": "gradwire-fragment", "nodes": [', 'is damaged'],
    ['a newer version', '{"format": "gradwire", "version": 99, "nodes": []}', 'version 99'],
    ['hostile JSON', hostile, 'nested too deeply'],
    ['nothing', '', 'holds no text'],
  ])('does nothing, and one sentence says why: %s', async (_, text, sentence) => {
    if (text) await write(text);
    else await editor.app.evaluate(({ clipboard: board }) => board.clear());
    await press('Control+v');
    await hands.bubble().waitFor();
    expect(await hands.bubble().textContent()).toContain('Nothing was pasted.');
    expect(await hands.bubble().textContent()).toContain(sentence);
    expect(await page.getByRole('status').first().textContent()).toContain(sentence);
    expect(await nodes()).toBe(5);
    expect(await undoName()).toBe('Nothing to undo');
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
    await press('Escape');
  });
});

describe('the menus', () => {
  it('enable the commands by what is selected', async () => {
    const enabled = async (id: string) => (await editor.menuItem(id))?.enabled;
    await expect.poll(() => enabled('edit.copy')).toBe(false);
    expect(await enabled('edit.duplicate')).toBe(false);
    expect(await enabled('edit.paste')).toBe(true);
    await pick('x');
    for (const id of ['edit.cut', 'edit.copy', 'edit.duplicate', 'edit.pasteKeeping']) {
      await expect.poll(() => enabled(id)).toBe(true);
    }
  });

  it('copy and paste from the native menu', async () => {
    await pick('x', 'y', 'add');
    await write('');
    await choose('edit.copy');
    await expect.poll(clipboard).toContain('"gradwire-fragment"');
    await choose('edit.paste');
    await expect.poll(selected).toEqual(['add2', 'x2', 'y2']);
    await choose('edit.cut');
    await expect.poll(() => nodes()).toBe(5);
    await pick('mul');
    await choose('edit.copy');
    await choose('edit.pasteKeeping');
    await expect.poll(selected).toEqual(['mul2']);
    await expect.poll(async () => Object.keys(await hands.wires())).toHaveLength(6);
  });

  it('copy and paste from the page’s menu, by keys alone', async () => {
    await pick('x', 'y');
    await write('');
    const entry = async (letter: string) => {
      await page.getByRole('button', { name: 'Edit', exact: true }).focus();
      await press('Enter');
      await page.getByRole('menu').waitFor();
      await page.keyboard.type(letter);
      await expect
        .poll(() => page.locator('.menu-item[data-highlighted]').textContent())
        .toContain(letter);
      if (letter === 'Paste') await editor.look('edit-menu-light');
      await press('Enter');
    };
    await entry('Copy');
    await expect.poll(clipboard).toContain('"gradwire-fragment"');
    await entry('Paste');
    await expect.poll(selected).toEqual(['x2', 'y2']);
  });
});

it('copies in one window and pastes in another', async () => {
  await pick('x', 'y', 'add');
  await press('Control+c');
  const opened = editor.app.waitForEvent('window');
  await editor.app.evaluate(({ Menu }) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((item) => item.submenu?.items ?? []);
    items?.find((item) => item.label === 'New Window')?.click();
  });
  const other = await opened;
  const otherHands = new EditorHands(other);
  await otherHands.ready();
  await otherHands.fileMenu('New');
  await expect.poll(() => nodes(other)).toBe(0);
  await otherHands.clickCanvas();
  await other.keyboard.press('Control+v');
  await expect.poll(() => nodes(other)).toBe(3);
  await expect
    .poll(() => otherHands.wires())
    .toEqual({ wire: '2 over none', wire2: '3 over none' });
  expect(await otherHands.node('add').count()).toBe(1);
  expect(await nodes()).toBe(5);
  await other.close();
});
