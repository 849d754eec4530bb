import type { Page } from 'playwright-core';
import { readParsed } from '#graph';
import { trainingLessons } from '#lessons';
import { catalogue } from '#ops';
import { type BenchLine, benchLine } from './bench-line.ts';
import { framesWhile, quantile, withPages } from './pages.ts';

const seconds = 6;

/** Frames of the page while its worker trains, with views of the run open, against the same page at rest. */
export default async function bench(): Promise<BenchLine[]> {
  const lines = await withPages(async ({ ours }) => {
    const measured: BenchLine[] = [];
    for (const [id, views] of [
      ['spiral-classifier', ['Curves', 'Regions', 'Distributions']],
      ['digits-classifier', ['Curves', 'Confusion', 'Weights']],
    ] as const) {
      const lesson = trainingLessons().find((one) => one.id === id);
      if (!lesson) throw new Error(`There is no example ${id}.`);
      const { document } = readParsed(lesson.file, catalogue);
      const training = { ...document.training, epochs: 1_000_000 };
      const { page } = await ours({ ...document, training });
      await page.getByRole('navigation').getByRole('button', { name: 'Train' }).click();
      const start = page.getByRole('button', { name: 'Start training', exact: true });
      await start.waitFor();
      await page.waitForTimeout(1000);
      const rest = await frames(page);
      await start.click();
      await page.locator('[data-testid="run-sentence"][data-phase="running"]').waitFor();
      for (const view of views) {
        await page.getByRole('tab', { name: view }).click();
        await page.waitForTimeout(1500);
        const name = `${id} training, ${view}, p95 frame (aim 33 ms)`;
        measured.push(benchLine(name, await frames(page), rest));
      }
      await page.close();
    }
    return measured;
  });
  return lines ?? [];
}

async function frames(page: Page): Promise<number> {
  return quantile(await framesWhile(page, () => page.waitForTimeout(seconds * 1000)), 0.95);
}
