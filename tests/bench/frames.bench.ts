import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { type GraphDocument, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { whyNoSandbox } from '../../scripts/lib/launch.mjs';
import { findChromium } from '../../scripts/lib/system.mjs';
import { scalarGraph } from '../support/scalar-graph.ts';
import { serveFolder } from '../web/serve-folder.ts';
import { type BenchLine, benchLine } from './bench-line.ts';

const seconds = 6;

/** Frames while the film plays, and a live slider, against React Flow by itself with the same graph. */
export default async function bench(): Promise<BenchLine[]> {
  const executablePath = findChromium();
  if (!executablePath) return [];
  const [ours, bare] = await Promise.all([
    serveFolder(resolve('out/web')),
    serveFolder(resolve('out/bench-bare')),
  ]);
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [...(whyNoSandbox() ? ['--no-sandbox'] : []), '--headless=new', '--disable-gpu'],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
    const lines: BenchLine[] = [];
    for (const [size, aim] of [
      [100, 20],
      [500, 33],
    ] as const) {
      const document = onGrid(size);
      const mine = await filmFrames(await opened(await context.newPage(), ours.url, document));
      const theirs = await bareFrames(await shown(await context.newPage(), bare.url, document));
      const name = `film on ${size} nodes with labels, p95 frame (aim ${aim} ms)`;
      lines.push(benchLine(name, mine, theirs));
    }
    const document = onGrid(50);
    const mine = await sliderTime(await opened(await context.newPage(), ours.url, document));
    const theirs = await relabelTime(await shown(await context.newPage(), bare.url, document));
    lines.push(benchLine('slider on 50 nodes, edit to layout (aim 16.7 ms)', mine, theirs));
    return lines;
  } finally {
    await browser.close();
    await Promise.all([ours.close(), bare.close()]);
  }
}

/** The random graph in rows, so that all of it is in view at a zoom at which its labels are drawn. */
function onGrid(size: number): GraphDocument {
  const { document } = scalarGraph(size);
  const columns = Math.ceil(Math.sqrt(size * 1.2));
  return {
    ...document,
    nodes: document.nodes.map((node, at) => ({
      ...node,
      position: { x: (at % columns) * 230, y: Math.floor(at / columns) * 140 },
    })),
  };
}

async function opened(page: Page, url: string, document: GraphDocument): Promise<Page> {
  const path = join(mkdtempSync(join(tmpdir(), 'gradwire-bench-')), 'graph.gradwire');
  writeFileSync(path, writeDocument(document, catalogue));
  await page.addInitScript(() => {
    for (const picker of ['showOpenFilePicker', 'showSaveFilePicker']) {
      Reflect.deleteProperty(window, picker);
    }
  });
  await page.goto(url);
  await page.locator('.wire-label').first().waitFor();
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Open/ }).first().click();
  await (await choosing).setFiles(path);
  await page.locator(`.react-flow__node[data-id="n${document.nodes.length - 1}"]`).waitFor();
  return page;
}

async function shown(page: Page, url: string, document: GraphDocument): Promise<Page> {
  await page.goto(url);
  await page.waitForFunction(() => typeof window.showBare === 'function');
  const nodes = document.nodes.map(({ id, position }) => ({
    id,
    position: { ...position },
    data: { label: id },
  }));
  const edges = document.wires.map(({ id, from, to }) => ({
    id,
    source: from.node,
    target: to.node,
    label: '0.25',
  }));
  await page.evaluate((graph) => window.showBare(graph), { nodes, edges });
  await page.locator('.react-flow__node').last().waitFor();
  return page;
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
  const times = await page.evaluate(
    (length) =>
      new Promise<number[]>((done) => {
        const all: number[] = [];
        let last = performance.now();
        const end = last + length;
        const look = (now: number) => {
          all.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(look);
          else done(all.slice(1));
        };
        requestAnimationFrame(look);
      }),
    seconds * 1000,
  );
  return quantile(times, 0.95);
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

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
