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
const group = (id = 'frame') => page.getByTestId(`group-${id}`);
const drawn = async () =>
  (
    await page
      .locator('.react-flow__node')
      .evaluateAll((list) => list.map((each) => each.getAttribute('data-id') ?? ''))
  ).map((id) => id.replace('\u001f', ':'));
const crumbs = () => page.getByRole('navigation', { name: 'Where you are' });
const foldSum = async () => {
  await hands.pick('x', 'add');
  await press('Control+g');
  await expect.poll(() => page.getByTestId('frame-frame').count()).toBe(1);
  await press('g');
  await group().waitFor();
};

describe('a group', () => {
  it('is made of the selection, coloured, folded into one node with ports, and unfolded', async () => {
    await hands.pick('x', 'add');
    await press('Control+g');
    await page.getByTestId('frame-frame').waitFor();
    await page.getByRole('radio', { name: 'green' }).click();
    await editor.look('frame-green');
    await press('g');
    await group().waitFor();
    expect((await drawn()).sort()).toEqual(['group:frame', 'mul', 'y', 'z']);
    // Values and gradients stay on the wires in and out.
    expect(await hands.wires()).toEqual({ wy: '3 over 4', ww: '5 over 4', wz: '4 over 5' });
    await editor.look('group-folded');
    await editor.choose('view.themeDark');
    await editor.look('group-folded-dark');
    await editor.choose('view.themeSystem');
    expect((await editor.menuItem('graph.fold'))?.checked).toBe(true);
    await press('g');
    await expect.poll(drawn).toHaveLength(5);
    for (let steps = 0; steps < 4; steps++) await press('Control+z');
    await expect.poll(hands.undoName.bind(hands)).toBe('Nothing to undo');
    await expect.poll(() => page.getByTestId('frame-frame').count()).toBe(0);
  });

  it('takes in a node that is dropped on it, and lets it out again', async () => {
    await hands.pick('x', 'add');
    await press('Control+g');
    const frame = page.getByTestId('frame-frame');
    await frame.waitFor();
    await hands.clickCanvas();
    const [box, from] = [await boxOf(frame), await centerOf(hands.node('z'))];
    await hands.drag({ x: from.x - 30, y: from.y }, { x: box.x + 110, y: box.y + 40 });
    await expect.poll(hands.undoName.bind(hands)).toContain('Move into Group');
    await press('Control+Alt+g');
    await expect.poll(hands.undoName.bind(hands)).toContain('Take out of Group');
    await press('Control+z');
    await press('Control+z');
    await expect.poll(hands.undoName.bind(hands)).toContain('Group 2 nodes');
  });

  it('moves, is selected and is deleted as a whole; what it hides cannot be reached by keys', async () => {
    await foldSum();
    const before = await boxOf(group());
    await hands.drag(
      { x: before.x + 30, y: before.y + 20 },
      { x: before.x + 90, y: before.y + 140 },
    );
    await expect
      .poll(async () => Math.abs((await boxOf(group())).y - before.y - 120))
      .toBeLessThan(3);
    await press('Control+z');
    await expect.poll(async () => Math.abs((await boxOf(group())).y - before.y)).toBeLessThan(1);
    await hands.clickCanvas();
    const reached = new Set<string>();
    for (let at = 0; at < 60; at++) {
      await press('Tab');
      const id = await page.evaluate(
        () => document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? '',
      );
      if (id) reached.add(id.replace('\u001f', ':'));
      if ((await page.getByTestId('finder').count()) > 0) await press('Escape');
    }
    expect(reached).not.toContain('x');
    expect(reached).not.toContain('add');
    await group().click({ position: { x: 12, y: 12 } });
    await expect.poll(() => page.locator('.group-node[data-selected="true"]').count()).toBe(1);
    await press('Delete');
    await expect.poll(async () => (await drawn()).sort()).toEqual(['mul', 'y', 'z']);
    await press('Control+z');
    await expect.poll(drawn).toHaveLength(4);
  });

  it('is entered by a double click, with breadcrumbs back, and new nodes become part of it', async () => {
    await foldSum();
    await group().dblclick({ position: { x: 14, y: 14 } });
    await crumbs().waitFor();
    await expect
      .poll(async () => (await drawn()).filter((id) => !id.startsWith('outside')).sort())
      .toEqual(['add', 'x']);
    expect(await drawn()).toHaveLength(4);
    await page.waitForTimeout(300);
    await editor.look('group-inside');
    expect(await hands.wires()).toMatchObject({ wx: '2 over 4', wy: '3 over 4', ww: '5 over 4' });
    const { x, y } = await boxOf(page.getByTestId('canvas'));
    await page.mouse.dblclick(x + 500, y + 640);
    await page.getByTestId('finder').waitFor();
    await page.keyboard.type('exp');
    await press('Enter');
    await hands.node('exp').waitFor();
    await crumbs().getByRole('button', { name: 'Whole graph' }).click();
    await group().waitFor();
    expect((await drawn()).sort()).toEqual(['group:frame', 'mul', 'y', 'z']);
    expect(await group().textContent()).toContain('3 nodes');
    // By keys alone: in, and out again.
    await page.locator('.react-flow__node-folded').focus();
    await press('Enter');
    await crumbs().waitFor();
    await press('Control+ArrowUp');
    await crumbs().waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.group-node[data-selected="true"]').count()).toBe(1);
  });

  it('nests, and finding something inside goes there', async () => {
    await foldSum();
    await group().click({ position: { x: 12, y: 12 } });
    await hands.node('z').click({ modifiers: ['Shift'], position: { x: 8, y: 8 } });
    await press('Control+g');
    await press('g');
    await group('frame2').waitFor();
    expect((await drawn()).sort()).toEqual(['group:frame2', 'mul', 'y']);
    await press('Control+f');
    await page.getByTestId('finder').waitFor();
    await page.keyboard.type('x');
    await press('Enter');
    await crumbs().waitFor();
    expect(await crumbs().textContent()).toBe('Whole graphGroup 2Group');
    await expect.poll(() => hands.selected()).toEqual(['x']);
    await crumbs().getByRole('button', { name: 'Group 2' }).click();
    await expect
      .poll(async () => (await drawn()).filter((id) => !id.startsWith('outside')).sort())
      .toEqual(['group:frame', 'z']);
  });

  it('takes wires at its ports, and the film goes through it', async () => {
    await foldSum();
    // The value of z goes where that of y went.
    const ports = group().locator('.port');
    await hands.drag(await centerOf(hands.port('z', 'out')), await centerOf(ports.first()));
    await expect.poll(async () => Object.values(await hands.wires())).toContain('6 over 4');
    await press('Control+z');
    await hands.workspace('Trace');
    await hands.clickCanvas();
    await press('Home');
    const seen = new Set<string | null>();
    for (let at = 0; at < 24; at++) {
      await press('ArrowRight');
      seen.add(await group().getAttribute('data-activity'));
    }
    expect(seen).toEqual(new Set(['idle', 'forward', 'backward']));
    await press('End');
    expect(await hands.wires()).toEqual({ wy: '3 over 4', ww: '5 over 4', wz: '4 over 5' });
  });
});

describe('a block', () => {
  it('is kept from a selection, stands in the palette of every window, and comes as a group with ports', async () => {
    await hands.pick('add', 'mul');
    await editor.choose('graph.saveBlock');
    const dialog = page.getByTestId('save-block');
    await dialog.waitFor();
    await page.keyboard.type('Sum times');
    await editor.look('save-block');
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await hands.fileMenu('New');
    await page.getByRole('button', { name: 'Add Sum times' }).click();
    await group('block').waitFor();
    expect(await group('block').textContent()).toContain('Sum times');
    await editor.look('block');
    expect(await group('block').locator('.port').count()).toBe(4);
    // It can be wired from outside.
    await hands.put('input', { x: 80, y: 120 });
    const inputs = group('block').locator('.react-flow__handle-left');
    await hands.drag(await centerOf(hands.port('x', 'out')), await centerOf(inputs.first()));
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
    await press('Control+z');
    await press('Control+z');
    await press('Control+z');
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(0);
    await hands.clickCanvas();
    await press('Tab');
    await page.getByTestId('finder').waitFor();
    await page.keyboard.type('sum tim');
    await expect.poll(() => page.locator('.finder-title').first().textContent()).toBe('Sum times');
    await press('Escape');
    await page.getByRole('button', { name: 'Remove Sum times from your blocks' }).click();
    await expect.poll(() => page.locator('.block-entry').count()).toBe(0);
  });

  it('that was damaged is refused in a sentence', async () => {
    await page.evaluate(() =>
      localStorage.setItem(
        'gradwire.blocks',
        JSON.stringify([{ id: '1', title: 'Broken', text: '{"format": "gradwire-fragment", ' }, 7]),
      ),
    );
    await page.evaluate(() =>
      window.dispatchEvent(new StorageEvent('storage', { key: 'gradwire.blocks' })),
    );
    await page.getByRole('button', { name: 'Add Broken' }).click();
    await expect.poll(() => hands.bubble().textContent()).toContain('Broken cannot be added.');
    await page.getByRole('button', { name: 'Remove Broken from your blocks' }).click();
  });
});

describe('a plate', () => {
  it('repeats a group with its own sources, drawn once with its count', async () => {
    await hands.pick('z', 'mul');
    await press('Control+g');
    await editor.choose('graph.repeat');
    const dialog = page.getByTestId('repeat');
    await dialog.waitFor();
    await page.keyboard.type('1');
    await press('Enter');
    await expect.poll(() => dialog.getByRole('alert').textContent()).toContain('2 to 100 times');
    await press('Control+a');
    await page.keyboard.type('3');
    await press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const plate = page.locator('.group-node[data-repeats="true"]');
    await plate.waitFor();
    expect(await plate.textContent()).toContain('×3');
    await hands.clickCanvas();
    await editor.look('plate-light');
    await plate.dblclick({ position: { x: 14, y: 14 } });
    await crumbs().waitFor();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(7);
    // 5 · 4 · 4 · 4
    await expect.poll(() => page.locator('.readout-pill').first().textContent()).toContain('320');
    await page.waitForTimeout(300);
    await editor.look('plate-inside');
    await press('Control+z');
    await press('Control+z');
    await expect.poll(async () => (await drawn()).sort()).toEqual(['add', 'mul', 'x', 'y', 'z']);
  });
});
