import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { boxOf, centerOf, type EditorHands, type Point } from '../support/editor.ts';
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
const undoName = () => page.getByRole('button', { name: 'Undo' }).getAttribute('title');
const result = () => page.getByTestId('readout-mul').locator('.readout-pill').textContent();
const selection = async (of: 'node' | 'edge') => {
  const found = page.locator(`.react-flow__${of}.selected`);
  const ids = await found.evaluateAll((list) => list.map((each) => each.getAttribute('data-id')));
  return ids.sort();
};
const focus = (wire: string) => page.locator(`.react-flow__edge[data-id="${wire}"]`).focus();
/** Where a wire can be taken with nothing else there: near its start. */
const onWire = (wire: string, share: number): Promise<Point> =>
  page.locator(`.react-flow__edge[data-id="${wire}"] .wire-line`).evaluate((path, at) => {
    if (!(path instanceof SVGPathElement)) throw new Error('A wire is a path.');
    const point = path.getPointAtLength(path.getTotalLength() * at);
    const { x, y } = point.matrixTransform(path.getScreenCTM() ?? undefined);
    return { x, y };
  }, share);

/** The end of a wire beside the port it enters. */
const grip = async (node: string, port: string): Promise<Point> => {
  const { x, y } = await centerOf(hands.port(node, port));
  const zoom = await page
    .locator('.react-flow__viewport')
    .evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a);
  return { x: x - 25 * zoom, y };
};

describe('a wire', () => {
  it('is cut by Alt and a click, or by Delete where it has the focus, and comes back by Undo', async () => {
    const at = await onWire('wy', 0.2);
    await page.keyboard.down('Alt');
    await page.mouse.click(at.x, at.y);
    await page.keyboard.up('Alt');
    await expect.poll(() => hands.wire('wy').count()).toBe(0);
    expect(await undoName()).toContain('Cut the wire');
    await press('Control+z');
    await expect.poll(() => hands.wire('wy').count()).toBe(1);
    await focus('wx');
    await press('Delete');
    await expect.poll(() => hands.wire('wx').count()).toBe(0);
    await press('Control+z');
    expect((await hands.wires()).wx).toBe('2 over 4');
  });

  it('is led to another input by its end, as one step', async () => {
    await hands.put('add', { x: 700, y: 640 });
    // From the port it enters, or by the end of the wire before it.
    await hands.drag(await grip('mul', 'b'), await centerOf(hands.port('add2', 'a')));
    await expect.poll(() => page.getByTestId('readout-mul').count()).toBe(0);
    expect(await undoName()).toContain('Reconnect');
    await press('Control+z');
    await expect.poll(result).toContain('20');
    expect((await hands.wires()).wz).toBe('4 over 5');
    await hands.drag(
      await centerOf(hands.port('mul', 'b')),
      await centerOf(hands.port('add2', 'b')),
    );
    await expect.poll(() => page.getByTestId('readout-mul').count()).toBe(0);
    expect(await undoName()).toContain('Reconnect');
    await press('Control+z');
    await expect.poll(result).toContain('20');
  });

  it('is cut where its end is let go over nothing', async () => {
    for (const take of [await grip('mul', 'b'), await centerOf(hands.port('mul', 'b'))]) {
      await hands.drag(take, { x: take.x - 30, y: take.y + 220 });
      await expect.poll(() => hands.wire('wz').count()).toBe(0);
      await press('Control+z');
      await expect.poll(result).toContain('20');
    }
  });

  it('takes a name by a double click, and by F2 where it has the focus', async () => {
    await hands.wire('wx').dblclick();
    const field = page.getByRole('textbox', { name: 'Name of the wire' });
    await field.fill('left');
    await press('Enter');
    await expect.poll(() => hands.wire('wx').textContent()).toContain('left');
    await focus('wy');
    await press('F2');
    await field.fill('nothing');
    await press('Escape');
    expect(await hands.wire('wy').textContent()).not.toContain('nothing');
    // The keyboard is where it was.
    await press('F2');
    await field.fill('right');
    await press('Enter');
    await expect.poll(() => hands.wire('wy').textContent()).toContain('right');
    await press('Control+z');
    await expect.poll(() => hands.wire('wy').textContent()).not.toContain('right');
    expect(await hands.wire('wx').textContent()).toContain('left');
  });
});

describe('a node', () => {
  it('is inserted on the wire it is dropped on from the palette, as one step', async () => {
    const at = await onWire('wz', 0.3);
    const canvas = await boxOf(page.getByTestId('canvas'));
    await hands.put('neg', { x: at.x - canvas.x, y: at.y - canvas.y });
    // (2 + 3)·(−4)
    await expect.poll(result).toContain('−20');
    expect(await undoName()).toContain('Insert');
    await press('Control+z');
    await expect.poll(result).toContain('20');
    expect(await hands.node('neg').count()).toBe(0);
  });

  it('is inserted on the wire it is dragged onto, which shows it', async () => {
    await hands.put('neg', { x: 620, y: 660 });
    const node = hands.node('neg');
    const box = await boxOf(node);
    const at = await onWire('wz', 0.3);
    // By its lower left corner: the mark of what it lacks is at the upper.
    const corner = { x: 14, y: box.height - 14 };
    await page.mouse.move(box.x + corner.x, box.y + corner.y);
    await page.mouse.down();
    await page.mouse.move(box.x + corner.x, box.y + corner.y - 9, { steps: 3 });
    const middle = { x: box.width / 2 - corner.x, y: box.height / 2 - corner.y };
    await page.mouse.move(at.x - middle.x, at.y - middle.y, { steps: 8 });
    await editor.look('wiring-insert-light');
    await expect.poll(() => page.locator('.wire[data-taking="true"]').count()).toBe(1);
    await page.mouse.up();
    await expect.poll(result).toContain('−20');
    await press('Control+z');
    await expect.poll(result).not.toContain('−');
    // One step: it is back where it was dropped, unwired.
    const back = await boxOf(node);
    expect(Math.abs(back.x - box.x) + Math.abs(back.y - box.y)).toBeLessThan(2);
  });

  it('is inserted by keys, with the wire it goes on selected too', async () => {
    await hands.put('neg', { x: 620, y: 660 });
    await hands.node('neg').click({ position: { x: 10, y: 10 } });
    await focus('wz');
    await page.keyboard.down('Shift');
    await press('Enter');
    await page.keyboard.up('Shift');
    expect(await selection('edge')).toEqual(['wz']);
    await press('i');
    await expect.poll(result).toContain('−20');
  });

  it('goes by Ctrl+Delete and what it passed on is led past it', async () => {
    await hands.put('neg', { x: 620, y: 660 });
    await hands.node('neg').click({ position: { x: 10, y: 10 } });
    await hands.wire('wz').click({ modifiers: ['Shift'] });
    await press('i');
    await expect.poll(result).toContain('−20');
    await hands.node('neg').click({ position: { x: 10, y: 10 } });
    await press('Control+Delete');
    await expect.poll(result).not.toContain('−');
    expect(await result()).toContain('20');
    expect(await hands.node('neg').count()).toBe(0);
  });
});

describe('the selection', () => {
  it('keeps what is selected when a modifier click adds to it or takes from it', async () => {
    await hands.node('x').click({ position: { x: 8, y: 8 } });
    await hands.node('y').click({ position: { x: 8, y: 8 }, modifiers: ['Control'] });
    await hands.node('z').click({ position: { x: 8, y: 8 }, modifiers: ['Shift'] });
    expect(await selection('node')).toEqual(['x', 'y', 'z']);
    await hands.node('y').click({ position: { x: 8, y: 8 }, modifiers: ['Shift'] });
    expect(await selection('node')).toEqual(['x', 'z']);
    await press('Escape');
    expect(await selection('node')).toEqual([]);
    await press('Control+a');
    expect(await selection('node')).toEqual(['add', 'mul', 'x', 'y', 'z']);
  });

  it('takes all within a rubber band', async () => {
    const [x, y] = [await boxOf(hands.node('x')), await boxOf(hands.node('y'))];
    await page.keyboard.down('Shift');
    await hands.drag(
      { x: x.x - 14, y: x.y - 14 },
      { x: y.x + y.width / 2, y: y.y + y.height + 12 },
    );
    await page.keyboard.up('Shift');
    expect(await selection('node')).toEqual(['x', 'y']);
  });

  it('grows to all it depends on, and to all that depends on it', async () => {
    await hands.node('add').click({ position: { x: 8, y: 8 } });
    await press('u');
    expect(await selection('node')).toEqual(['add', 'x', 'y']);
    expect(await selection('edge')).toEqual(['wx', 'wy']);
    await hands.node('y').click({ position: { x: 8, y: 8 } });
    await press('d');
    expect(await selection('node')).toEqual(['add', 'mul', 'y']);
  });
});

describe('bypassing', () => {
  it('hands on what enters, seen and said, until it is put back', async () => {
    await hands.pick('mul');
    await press('b');
    await expect.poll(result).toContain('5');
    await expect.poll(() => hands.node('mul').getAttribute('data-bypassed')).toBe('true');
    expect(await hands.node('mul').textContent()).toContain('bypassed');
    await editor.look('bypassed');
    expect((await editor.menuItem('graph.bypass'))?.checked).toBe(true);
    await editor.choose('graph.bypass');
    await expect.poll(result).toContain('20');
    await press('Control+z');
    await press('Control+z');
    await expect.poll(result).toContain('20');
    expect(await hands.undoName()).toBe('Nothing to undo');
    await hands.pick('x');
    await press('b');
    await expect.poll(() => hands.bubble().textContent()).toContain('Nothing enters “x”');
  });
});
