import type { Page } from 'playwright-core';
import { type BenchLine, benchLine } from './bench-line.ts';
import { framesWhile, onGrid, quantile, withPages } from './pages.ts';

const seconds = 6;

/** Frames while the film plays, and a live slider, against React Flow by itself with the same graph. */
export default async function bench(): Promise<BenchLine[]> {
  const lines = await withPages(async ({ ours, bare }) => {
    const measured: BenchLine[] = [];
    for (const [size, aim] of [
      [100, 20],
      [500, 33],
    ] as const) {
      const document = onGrid(size);
      const mine = await filmFrames((await ours(document)).page);
      const theirs = await bareFrames((await bare(document)).page);
      const name = `film on ${size} nodes with labels, p95 frame (aim ${aim} ms)`;
      measured.push(benchLine(name, mine, theirs));
    }
    const document = onGrid(50);
    const mine = await sliderTime((await ours(document)).page);
    const theirs = await relabelTime((await bare(document)).page);
    measured.push(benchLine('slider on 50 nodes, edit to layout (aim 16.7 ms)', mine, theirs));
    return measured;
  });
  return lines ?? [];
}

/** The 95th percentile of the frames while the film plays its backward part at four times the pace. */
async function filmFrames(page: Page): Promise<number> {
  await page.getByRole('navigation').getByRole('button', { name: 'Trace' }).click();
  await page.getByRole('combobox', { name: 'Part that is played' }).selectOption('backward');
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForTimeout(1500);
  if ((await page.locator('.value-chip .gradient').count()) === 0) {
    throw new Error('The gradient labels are not drawn.');
  }
  const time = await frames(page);
  await page.close();
  return time;
}

/** The same with what React Flow offers: an animated edge, a new one as often as our film steps. */
async function bareFrames(page: Page): Promise<number> {
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    let at = 0;
    setInterval(() => window.stepBare(at++), 350);
  });
  const time = await frames(page);
  await page.close();
  return time;
}

async function frames(page: Page): Promise<number> {
  return quantile(await framesWhile(page, () => page.waitForTimeout(seconds * 1000)), 0.95);
}

/** From the slider's event until the page is laid out anew, the median over 60 values. */
async function sliderTime(page: Page): Promise<number> {
  await page.locator('.react-flow__node[data-id="n0"] .math-name').click();
  const slider = page.locator('.inspector input[type="range"]').first();
  await slider.waitFor();
  const times = await slider.evaluate(async (input: HTMLInputElement) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const all: number[] = [];
    const [min, max] = [Number(input.min), Number(input.max)];
    for (let run = 0; run < 60; run++) {
      await new Promise(requestAnimationFrame);
      const start = performance.now();
      set?.call(input, String(min + ((max - min) * (run + 1)) / 62));
      input.dispatchEvent(new Event('input', { bubbles: true }));
      // React writes what follows from an input event before its dispatch ends, or in a microtask.
      await Promise.resolve();
      document.body.getBoundingClientRect();
      all.push(performance.now() - start);
    }
    return all;
  });
  await page.close();
  return quantile(times, 0.5);
}

async function relabelTime(page: Page): Promise<number> {
  await page.waitForTimeout(1000);
  const times = await page.evaluate(async () => {
    const all: number[] = [];
    for (let run = 0; run < 60; run++) {
      await new Promise(requestAnimationFrame);
      const start = performance.now();
      window.relabelBare(`${run}.25`);
      document.body.getBoundingClientRect();
      all.push(performance.now() - start);
    }
    return all;
  });
  await page.close();
  return quantile(times, 0.5);
}
