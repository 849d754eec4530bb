import type { Page } from 'playwright-core';
import type { GraphDocument, Position } from '#graph';
import { type BenchLine, benchLine } from './bench-line.ts';
import { framesWhile, onGrid, placeOf, quantile, withPages } from './pages.ts';

/** Large graphs, against React Flow by itself with the same graph: opening, dragging, and moving the view. */
export default async function bench(): Promise<BenchLine[]> {
  const lines = await withPages(async ({ ours, bare }) => {
    const measured: BenchLine[] = [];
    const compare = async (name: string, size: number, gestures: readonly Gesture[]) => {
      const document = onGrid(size);
      const times: number[][] = [];
      // One after the other, so that neither is at work while the other is measured.
      for (const open of [ours, bare]) {
        const { page, time } = await open(document);
        const all = [time];
        for (const { act } of gestures) all.push(await frameTime(page, document, act));
        times.push(all);
        await page.context().close();
      }
      ['open (aim for 1,000: 2500 ms)', ...gestures.map((gesture) => gesture.name)].forEach(
        (what, at) => {
          const [mine = Number.NaN, theirs = Number.NaN] = times.map((all) => all[at]);
          measured.push(benchLine(`${name}: ${what}`, mine, theirs));
        },
      );
    };
    await compare('1,000 nodes', 1000, [{ name: 'drag, p95 frame (aim 33 ms)', act: drag }]);
    await compare('5,000 nodes', 5000, [
      { name: 'pan, p95 frame (aim 50 ms)', act: pan },
      { name: 'zoom, p95 frame (aim 50 ms)', act: zoom },
    ]);
    return measured;
  });
  return lines ?? [];
}

type Act = (page: Page, document: GraphDocument) => Promise<void>;

interface Gesture {
  readonly name: string;
  readonly act: Act;
}

/** The 95th percentile of the frames during a gesture. */
async function frameTime(page: Page, document: GraphDocument, act: Act): Promise<number> {
  await page.waitForTimeout(1500);
  return quantile(await framesWhile(page, () => act(page, document)), 0.95);
}

const { cos, sin, PI } = Math;
const seconds = 6;

/** A node in the middle, in circles. */
async function drag(page: Page, { nodes }: GraphDocument): Promise<void> {
  const position = nodes.at(nodes.length * 0.515)?.position ?? { x: 0, y: 0 };
  const { x, y } = await placeOf(page, { x: position.x + 30, y: position.y + 20 });
  await circle(page, x, y, 60);
}

/** The canvas by an empty place, in circles. */
async function pan(page: Page): Promise<void> {
  const { x, y } = await emptyPlace(page);
  await circle(page, x, y, 120);
}

async function circle(page: Page, x: number, y: number, radius: number): Promise<void> {
  await page.mouse.move(x, y);
  await page.mouse.down();
  const end = performance.now() + seconds * 1000;
  for (let move = 1; performance.now() < end; move++) {
    const angle = (move / 60) * 2 * PI;
    await page.mouse.move(x + radius * (1 - cos(angle)), y + radius * sin(angle));
  }
  await page.mouse.up();
}

/** From the whole to a few dozen nodes and back, over and over. */
async function zoom(page: Page): Promise<void> {
  const { x, y } = await emptyPlace(page);
  await page.mouse.move(x, y);
  const end = performance.now() + seconds * 1000;
  for (let turn = 0; performance.now() < end; turn++) {
    await page.mouse.wheel(0, turn % (2 * turns) < turns ? -40 : 40);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

const turns = 40;

/** A place near the middle where a press begins to move the view. */
async function emptyPlace(page: Page): Promise<Position> {
  return page.evaluate(() => {
    for (let away = 0; away < 200; away += 3) {
      const [x, y] = [innerWidth / 2 + away, innerHeight / 2 + away / 3];
      const under = document.elementFromPoint(x, y);
      if (under?.classList.contains('react-flow__pane')) return { x, y };
    }
    throw new Error('There is no empty place near the middle.');
  });
}
