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
const left = async (id: string) => Math.round((await boxOf(hands.node(id))).x);
const middle = async (id: string) => Math.round((await centerOf(hands.node(id))).y);
/** Once nothing glides any more. */
const places = async () => {
  let before = '';
  for (;;) {
    const now = await page
      .locator('.react-flow__node')
      .evaluateAll((list) =>
        list.map((each) => `${each.getAttribute('data-id')} ${each.getAttribute('style')}`).join(),
      );
    if (now === before) return now;
    before = now;
    await page.waitForTimeout(60);
  }
};

describe('arranging', () => {
  it('lays the graph out from left to right in a worker, as one step that can be undone', async () => {
    const before = await places();
    await hands.drag(await centerOf(hands.node('mul')), { x: 420, y: 200 });
    await hands.drag(await centerOf(hands.node('z')), { x: 900, y: 620 });
    await hands.clickCanvas();
    const messy = await places();
    await editor.choose('graph.arrange');
    await expect.poll(hands.undoName.bind(hands)).toContain('Arrange 5 nodes');
    const tidy = await places();
    expect(tidy).not.toBe(messy);
    expect(await left('add')).toBeGreaterThan(await left('x'));
    expect(await left('mul')).toBeGreaterThan(await left('add'));
    expect(await left('mul')).toBeGreaterThan(await left('z'));
    await editor.look('arranged');
    await press('Control+z');
    await expect.poll(places).toBe(messy);
    await press('Control+z');
    await press('Control+z');
    await expect.poll(places).toBe(before);
  });

  it('lays out the selection alone', async () => {
    await hands.pick('x', 'y');
    const [z, mul] = [await left('z'), await left('mul')];
    await press('Control+l');
    await expect.poll(hands.undoName.bind(hands)).toContain('Arrange 2 nodes');
    await places();
    expect([await left('z'), await left('mul')]).toEqual([z, mul]);
  });

  it('aligns and distributes by keys and by menu', async () => {
    await hands.pick('x', 'add', 'mul');
    await press('Alt+v');
    await places();
    expect(await middle('x')).toBe(await middle('mul'));
    expect(await middle('add')).toBe(await middle('mul'));
    await press('Alt+a');
    await expect.poll(hands.undoName.bind(hands)).toContain('Align 3 nodes');
    await places();
    expect(await left('x')).toBe(await left('mul'));
    await press('Control+z');
    await places();
    await page.getByRole('button', { name: 'Graph', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Distribute Horizontally' }).click();
    await expect.poll(hands.undoName.bind(hands)).toContain('Distribute 3 nodes');
  });
});

describe('dragging', () => {
  it('stands in line with others, shows the line, and stays there; not with Alt', async () => {
    const target = await centerOf(hands.node('add'));
    const from = await centerOf(hands.node('z'));
    const take = { x: from.x - 30, y: from.y };
    await page.mouse.move(take.x, take.y);
    await page.mouse.down();
    await page.mouse.move(take.x + 3, take.y);
    await page.mouse.move(take.x + 10, target.y + (take.y - from.y) + 4, { steps: 5 });
    await page.locator('.guide').first().waitFor();
    await editor.look('guides');
    await page.mouse.up();
    await expect.poll(() => page.locator('.guide').count()).toBe(0);
    expect(Math.abs((await centerOf(hands.node('z'))).y - target.y)).toBeLessThan(1);
    await press('Control+z');
    await places();
    await page.keyboard.down('Alt');
    await hands.drag(take, { x: take.x + 10, y: target.y + 4 });
    await page.keyboard.up('Alt');
    await places();
    expect(Math.abs((await centerOf(hands.node('z'))).y - target.y)).toBeGreaterThan(2);
  });
});

describe('wires', () => {
  it('lead around a node that is dropped in their way, and straight on once it is gone', async () => {
    const path = () =>
      page
        .locator('.react-flow__edge[data-id="ww"] .wire-line')
        .getAttribute('d')
        .then((d) => d?.includes('L') ?? false);
    expect(await path()).toBe(false);
    const label = await centerOf(hands.wire('ww'));
    const from = await centerOf(hands.node('z'));
    await hands.drag({ x: from.x - 30, y: from.y }, { x: label.x - 30, y: label.y });
    await expect.poll(path).toBe(true);
    await hands.clickCanvas();
    await editor.look('detour');
    await press('Control+z');
    await expect.poll(path).toBe(false);
  });
});
