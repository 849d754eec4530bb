import type { Page } from 'playwright-core';
import { type BenchLine, benchLine } from './bench-line.ts';
import { framesWhile, onGrid, quantile, withPages } from './pages.ts';

/** Large graphs, against React Flow by itself with the same graph: opening, dragging, and moving the view. */
export default async function bench(): Promise<BenchLine[]> {
  const lines = await withPages(async ({ ours, bare }) => {
    const measured: BenchLine[] = [];
    const thousand = onGrid(1000);
    const mine = await ours(thousand);
    const theirs = await bare(thousand);
    measured.push(benchLine('1,000 nodes: open (aim 2500 ms)', mine.time, theirs.time));
    measured.push(
      await both('1,000 nodes: drag a node, p95 frame (aim 33 ms)', mine.page, theirs.page, drag),
    );
    const large = onGrid(5000);
    const [mineLarge, theirsLarge] = [(await ours(large)).page, (await bare(large)).page];
    const name = '5,000 nodes';
    measured.push(
      await both(`${name}: pan the whole, p95 frame (aim 50 ms)`, mineLarge, theirsLarge, pan),
      await both(`${name}: zoom in and out, p95 frame (aim 50 ms)`, mineLarge, theirsLarge, zoom),
    );
    return measured;
  });
  return lines ?? [];
}

/** A gesture on each of two pages, one after the other; the other page is out of sight meanwhile. */
async function both(
  name: string,
  mine: Page,
  theirs: Page,
  gesture: (page: Page) => Promise<void>,
): Promise<BenchLine> {
  const [ours, bare] = [await measured(mine, gesture), await measured(theirs, gesture)];
  return benchLine(name, ours, bare);
}

async function measured(page: Page, gesture: (page: Page) => Promise<void>): Promise<number> {
  await page.bringToFront();
  await page.waitForTimeout(1500);
  return quantile(await framesWhile(page, () => gesture(page)), 0.95);
}

const { cos, sin, PI } = Math;
const moves = 180;

/** A node in the middle, in circles. */
async function drag(page: Page): Promise<void> {
  const box = await page.locator('.react-flow__node[data-id="n520"]').boundingBox();
  if (!box) throw new Error('The node to drag is not to be seen.');
  await circle(page, box.x + box.width / 2, box.y + box.height / 2, 60);
}

/** The canvas by an empty place, in circles. */
async function pan(page: Page): Promise<void> {
  const { x, y } = await emptyPlace(page);
  await circle(page, x, y, 120);
}

async function circle(page: Page, x: number, y: number, radius: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let move = 1; move <= moves; move++) {
    const angle = (move / 60) * 2 * PI;
    await page.mouse.move(x + radius * (1 - cos(angle)), y + radius * sin(angle));
  }
  await page.mouse.up();
}

/** From the whole to a hundred nodes and back, twice. */
async function zoom(page: Page): Promise<void> {
  const { x, y } = await emptyPlace(page);
  await page.mouse.move(x, y);
  for (const direction of [-1, 1, -1, 1]) {
    for (let turn = 0; turn < 30; turn++) {
      await page.mouse.wheel(0, direction * 40);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }
}

/** A place near the middle where a press begins to move the view. */
async function emptyPlace(page: Page): Promise<{ x: number; y: number }> {
  return page.evaluate(() => {
    for (let away = 0; away < 200; away += 3) {
      const [x, y] = [innerWidth / 2 + away, innerHeight / 2 + away / 3];
      const under = document.elementFromPoint(x, y);
      if (under?.classList.contains('react-flow__pane')) return { x, y };
    }
    throw new Error('There is no empty place near the middle.');
  });
}
