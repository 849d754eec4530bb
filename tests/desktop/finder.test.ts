import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { boxOf, centerOf, type EditorHands } from '../support/editor.ts';
import type { EditorUnderTest } from './launch.ts';
import { oneEditor } from './one-editor.ts';

let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;

oneEditor({ width: 1440, height: 900 }, (started) => {
  editor = started;
  ({ hands, page } = started);
});

const press = (key: string) => page.keyboard.press(key);
const finder = () => page.getByTestId('finder');
const titles = () => finder().locator('.finder-title').allTextContents();
const count = () => page.locator('.react-flow__node').count();
const wires = () => hands.wires();
const emptyPlace = async () => {
  const { x, y, width, height } = await boxOf(page.getByTestId('canvas'));
  return { x: x + width * 0.5, y: y + height * 0.88 };
};
const open = async () => finder().waitFor();
const closed = async () => finder().waitFor({ state: 'detached' });

describe('the quick-add', () => {
  it('opens where the canvas is double-clicked, finds by name, nickname and symbol, and adds there', async () => {
    const place = await emptyPlace();
    await page.mouse.dblclick(place.x, place.y);
    await open();
    for (const [typed, first] of [
      ['switch', 'multiply'],
      ['σ', 'sigmoid'],
      ['Σ', 'sum'],
      ['@', 'matmul'],
      ['+', 'add'],
      ['sgm', 'sigmoid'],
      ['relu', 'ReLU'],
    ] as const) {
      await page.keyboard.press('Control+a');
      await page.keyboard.type(typed);
      await expect.poll(async () => (await titles())[0], { message: typed }).toBe(first);
    }
    await editor.look('quick-add-light');
    await press('Enter');
    await closed();
    await expect.poll(hands.undoName.bind(hands)).toContain('Add ReLU');
    const [id] = await hands.selected();
    const box = await centerOf(hands.node(id ?? ''));
    expect(Math.hypot(box.x - place.x, box.y - place.y)).toBeLessThan(80);
  });

  it('closes without a trace by Escape and by a press elsewhere', async () => {
    const before = await count();
    await press('Tab');
    await open();
    await press('Escape');
    await closed();
    // The keyboard is where it was.
    await press('Tab');
    await open();
    await press('Escape');
    await closed();
    const place = await emptyPlace();
    await page.mouse.dblclick(place.x, place.y);
    await open();
    await page.mouse.click(20, 400);
    await closed();
    expect(await count()).toBe(before);
    expect(await hands.undoName()).toBe('Nothing to undo');
  });

  it('builds on from the selected node by keys alone, offering first what usually follows', async () => {
    await hands.pick('mul');
    await press('a');
    await open();
    expect((await titles()).slice(0, 2)).toEqual(['add', 'sum']);
    await page.keyboard.type('square');
    await expect.poll(async () => (await titles())[0]).toBe('square');
    await press('Enter');
    await closed();
    await expect.poll(() => hands.selected()).toEqual(['square']);
    await expect.poll(async () => Object.values(await wires())).toHaveLength(5);
    await press('a');
    await open();
    await page.keyboard.type('exp');
    await press('Enter');
    await expect.poll(async () => Object.values(await wires())).toHaveLength(6);
    await press('Control+z');
    await press('Control+z');
    await expect.poll(count).toBe(5);
  });

  it('opens where a wire is let go, offers only what fits, and wires it, as one step', async () => {
    await hands.drag(await centerOf(hands.port('mul', 'out')), await emptyPlace());
    await open();
    expect(await titles()).not.toContain('input');
    await page.keyboard.type('tanh');
    await press('Enter');
    await closed();
    await expect.poll(async () => Object.keys(await wires())).toHaveLength(5);
    await press('Control+z');
    await expect.poll(count).toBe(5);
    await expect.poll(async () => Object.keys(await wires())).toHaveLength(4);
  });

  it('feeds an input whose wire is let go, a typed number too', async () => {
    await hands.put('tanh', { x: 420, y: 660 });
    await expect.poll(count).toBe(6);
    const { x, y } = await centerOf(hands.port('tanh', 'x'));
    await hands.drag({ x, y }, { x: x - 160, y: y - 20 });
    await open();
    await page.keyboard.type('0.5');
    await expect.poll(titles).toEqual(['0.5']);
    await press('Enter');
    await closed();
    await expect.poll(async () => Object.values(await wires())).toContain('0.5 over —');
  });

  it('makes a constant of a number and a graph of an expression that is typed on the canvas', async () => {
    await press('3');
    await open();
    await page.keyboard.type('.5');
    await expect.poll(titles).toEqual(['3.5']);
    await press('Enter');
    await closed();
    await expect.poll(() => hands.node('c').locator('.source-value').textContent()).toBe('3.5');
    await hands.clickCanvas();
    await press('Tab');
    await open();
    await page.keyboard.type('a*b + exp(a)');
    await expect.poll(async () => (await titles())[0]).toBe('Graph of a*b + exp(a)');
    await press('Enter');
    await closed();
    await expect.poll(count).toBeGreaterThan(9);
  });

  it('says what it cannot find or read', async () => {
    await press('Tab');
    await open();
    await page.keyboard.type('xyzzy');
    await expect
      .poll(() => finder().getByRole('status').textContent())
      .toBe('No operation is called “xyzzy”.');
    await press('Enter');
    await press('Control+a');
    await page.keyboard.type('a*(b');
    await expect.poll(() => finder().getByRole('status').textContent()).toContain(')');
    await press('Escape');
    expect(await count()).toBe(5);
  });
});

describe('the command palette', () => {
  it('runs any command of any menu, by name', async () => {
    await press('Control+Shift+p');
    await open();
    await editor.look('commands-light');
    await page.keyboard.type('select all');
    await press('Enter');
    await closed();
    await expect.poll(async () => (await hands.selected()).length).toBe(5);
    await editor.choose('view.themeDark');
    await press('Control+Shift+p');
    await open();
    // What was chosen last comes first.
    await expect.poll(async () => (await titles())[0]).toBe('Select All');
    await editor.look('commands-dark');
    await page.keyboard.type('undo');
    await expect
      .poll(() => finder().locator('.finder-choice').first().getAttribute('aria-disabled'))
      .toBe('true');
    await press('Enter');
    await open();
    await press('Escape');
    await editor.choose('view.themeSystem');
  });

  it('opens worked examples', async () => {
    await press('Control+Shift+p');
    await open();
    await page.keyboard.type('xor');
    await expect.poll(async () => (await titles())[0]).toContain('XOR');
    await press('Enter');
    await expect.poll(() => page.getByTestId('document-name').textContent()).toContain('XOR');
  });
});

describe('finding', () => {
  it('shows a node or wire by its name, then the next and the previous one', async () => {
    await press('Control+f');
    await open();
    await expect.poll(titles).toEqual(['x', 'y', 'z', 'w', 'f']);
    await page.keyboard.type('w');
    await expect.poll(async () => (await titles())[0]).toBe('w');
    await press('Enter');
    await closed();
    await expect.poll(() => hands.selected()).toEqual(['add']);
    await press('F3');
    await expect
      .poll(() => page.locator('.react-flow__edge.selected').getAttribute('data-id'))
      .toBe('ww');
    await press('Shift+F3');
    await expect.poll(() => hands.selected()).toEqual(['add']);
  });

  it('goes from problem to problem', async () => {
    await hands.put('log', { x: 420, y: 660 });
    await hands.clickCanvas();
    await press('F8');
    await expect.poll(() => hands.selected()).toEqual(['log']);
  });

  it('zooms to what is selected', async () => {
    await hands.pick('x');
    const before = await boxOf(hands.node('x'));
    await press('f');
    await expect
      .poll(async () => (await boxOf(hands.node('x'))).width)
      .toBeGreaterThan(before.width);
  });
});
