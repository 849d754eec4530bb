import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeDocument } from '#graph';
import { catalogue } from '#ops';
import { onGrid, placeOf } from '../bench/pages.ts';
import { boxOf, centerOf, type EditorHands, type Point } from '../support/editor.ts';
import { type EditorUnderTest, startEditor } from './launch.ts';

const size = 1000;
const graph = onGrid(size);

let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-large-'));
  const path = join(folder, 'large.gradwire');
  writeFileSync(path, writeDocument(graph, catalogue));
  editor = await startEditor({ args: [path], width: 1440, height: 900 });
  ({ hands, page } = editor);
  await page.locator('.overview').waitFor();
});
afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  expect(editor.complaints.splice(0)).toEqual([]);
});

/** Where a node is in the window, a little inside its corner. */
const nodeAt = (at: number): Promise<Point> => {
  const { x, y } = graph.nodes[at]?.position ?? { x: 0, y: 0 };
  return placeOf(page, { x: x + 38, y: y + 30 });
};
const inPage = () =>
  page
    .locator('.react-flow__node')
    .evaluateAll((list) => list.map((each) => each.getAttribute('data-id')));
const undoName = () => page.getByRole('button', { name: 'Undo' }).getAttribute('title');

describe('a graph of a thousand nodes, from afar', () => {
  it('is one picture, with nothing in the page until the pointer comes near', async () => {
    const empty = await placeOf(page, { x: 4000, y: -400 });
    await page.mouse.move(empty.x, empty.y);
    await expect.poll(inPage).toEqual([]);
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(0);
    await editor.look('large-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForTimeout(100);
    await editor.look('large-dark');
    await page.emulateMedia({ colorScheme: null });
  });

  it('lets a node be selected and dragged as one step', async () => {
    const { x, y } = await nodeAt(520);
    await page.mouse.click(x, y);
    expect(await inPage()).toEqual(['n520']);
    await expect.poll(() => hands.inspector().textContent()).toContain('520');
    await hands.drag({ x, y }, { x: x + 60, y: y + 40 });
    expect(await undoName()).toMatch(/move/i);
    const box = await boxOf(page.locator('.react-flow__node[data-id="n520"]'));
    expect(Math.abs(box.x + box.width / 2 - (x + 60))).toBeLessThan(8);
    await page.keyboard.press('Control+z');
    await hands.clickCanvas();
  });

  it('selects what a frame drawn with Shift holds', async () => {
    const [from, to] = [await nodeAt(500), await nodeAt(608)];
    await page.keyboard.down('Shift');
    await hands.drag({ x: from.x - 12, y: from.y - 8 }, { x: to.x + 8, y: to.y + 8 });
    await page.keyboard.up('Shift');
    await editor.look('large-selected');
    // n500 to n503 and the three rows below, of 35 each.
    await expect.poll(() => hands.inspector().textContent()).toContain('16');
    await page.keyboard.press('Escape');
  });

  it('lets a wire be cut where it is to be seen', async () => {
    const wires = graph.wires.filter(({ to }) => to.node === 'n611');
    const [a, b] = [await nodeAt(610), await nodeAt(611)];
    expect(wires.length).toBeGreaterThan(0);
    await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2 - 30);
    await page.mouse.move((a.x + b.x) / 2, (a.y + b.y) / 2);
    const found = page.locator('.react-flow__edge');
    await expect.poll(() => found.count()).toBe(1);
    await page.keyboard.down('Alt');
    await page.mouse.click((a.x + b.x) / 2, (a.y + b.y) / 2);
    await page.keyboard.up('Alt');
    expect(await undoName()).toMatch(/cut|wire/i);
    await page.keyboard.press('Control+z');
  });

  it('comes close to a node that is asked for', async () => {
    const problems = page.getByRole('button', { name: /warnings/ });
    await problems.click();
    await page.locator('.problems-list button').first().click();
    await problems.click();
    await expect.poll(() => page.locator('.overview').count()).toBe(0);
    const selected = page.locator('.react-flow__node.selected');
    await expect.poll(() => selected.count()).toBe(1);
    const canvas = await boxOf(page.getByTestId('canvas'));
    await expect
      .poll(async () => {
        const { x, y } = await centerOf(selected);
        return Math.hypot(x - canvas.x - canvas.width / 2, y - canvas.y - canvas.height / 2);
      })
      .toBeLessThan(60);
    await page.getByRole('button', { name: 'Fit', exact: true }).click();
    await page.locator('.overview').waitFor();
    await page.waitForTimeout(300);
    await page.keyboard.press('Escape');
  });

  it('shows its numbers close by, with every wire at its ports', async () => {
    const { x, y } = await nodeAt(520);
    await page.mouse.move(x, y);
    for (let turn = 0; turn < 40; turn++) await page.mouse.wheel(0, -40);
    await expect.poll(() => page.locator('.value-chip').count()).toBeGreaterThan(4);
    await editor.look('large-near');
    const away = await page.evaluate(() => {
      const ports = [...document.querySelectorAll('.port')].map((each) => {
        const box = each.getBoundingClientRect();
        return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      });
      const ends = [...document.querySelectorAll<SVGPathElement>('.wire-line')].flatMap((path) =>
        [0, path.getTotalLength()].map((length) =>
          path.getPointAtLength(length).matrixTransform(path.getScreenCTM() ?? undefined),
        ),
      );
      const { innerWidth: right, innerHeight: bottom } = window;
      return ends
        .filter((end) => end.x > 250 && end.y > 100 && end.x < right - 350 && end.y < bottom - 100)
        .map((end) => Math.min(...ports.map((port) => Math.hypot(port.x - end.x, port.y - end.y))));
    });
    expect(away.length).toBeGreaterThan(8);
    expect(Math.max(...away)).toBeLessThan(8);
  });
});

it('the small map moves the view by a drag and by the wheel', async () => {
  const map = page.getByRole('img', { name: 'Overview of the graph' });
  const view = page.locator('.react-flow__viewport');
  const placed = () => view.evaluate((element) => getComputedStyle(element).transform);
  const before = await placed();
  const { x, y } = await boxOf(map);
  await hands.drag({ x: x + 60, y: y + 40 }, { x: x + 70, y: y + 44 });
  await expect.poll(placed).not.toBe(before);
  const dragged = await placed();
  await page.mouse.wheel(0, 200);
  await expect.poll(placed).not.toBe(dragged);
});

it('is laid out in a worker, while the page goes on', async () => {
  await page.keyboard.press('Escape');
  const longest = hands.longestPause();
  const begun = performance.now();
  await editor.choose('graph.arrange');
  await expect.poll(undoName, { timeout: 60_000 }).toContain(`Arrange ${size} nodes`);
  const whole = performance.now() - begun;
  await hands.enough();
  // No measure of speed: on the page's own thread the layout would hold it for as long as it takes.
  expect(await longest).toBeLessThan(Math.max(600, whole / 2));
  await editor.look('large-arranged');
  await page.keyboard.press('Control+z');
  await expect.poll(undoName).not.toContain('Arrange');
});
