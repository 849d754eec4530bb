import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type GraphDocument, type Position, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { whyNoSandbox } from '../../scripts/lib/launch.mjs';
import { findChromium } from '../../scripts/lib/system.mjs';
import { scalarGraph } from '../support/scalar-graph.ts';
import { serveFolder } from '../web/serve-folder.ts';

/** The pages that are compared: ours, and React Flow by itself. */
export interface Pages {
  /** Our page with a document opened as a person opens it, and how long that took in milliseconds. */
  ours(document: GraphDocument): Promise<{ readonly page: Page; readonly time: number }>;
  /** The same graph in React Flow with its default nodes and edges, a text on each edge. */
  bare(document: GraphDocument): Promise<{ readonly page: Page; readonly time: number }>;
}

/** Runs a measurement in Chromium without a GPU; undefined where there is no Chromium. */
export async function withPages<R>(measure: (pages: Pages) => Promise<R>): Promise<R | undefined> {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
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
    return await measure({
      ours: (document) => opened(browser, ours.url, document),
      bare: (document) => shown(browser, bare.url, document),
    });
  } finally {
    await browser.close();
    await Promise.all([ours.close(), bare.close()]);
  }
}

/** The random graph in rows, so that all of it is in view. */
export function onGrid(size: number): GraphDocument {
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

/** With storage of its own: no other page's recovery copies. */
async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  return context.newPage();
}

async function opened(browser: Browser, url: string, document: GraphDocument) {
  const page = await newPage(browser);
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
  const chooser = await choosing;
  const start = performance.now();
  await chooser.setFiles(path);
  await drawn(page, document);
  return { page, time: performance.now() - start };
}

async function shown(browser: Browser, url: string, document: GraphDocument) {
  const page = await newPage(browser);
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
  const start = performance.now();
  await page.evaluate((graph) => window.showBare(graph), { nodes, edges });
  await drawn(page, document);
  return { page, time: performance.now() - start };
}

/** Once the graph is there to be seen, or its picture, and two further frames are drawn: nothing big is left to do. */
async function drawn(page: Page, { nodes }: GraphDocument): Promise<void> {
  const last = `.react-flow__node[data-id="${nodes.at(-1)?.id}"]`;
  await page.locator(`.overview, ${last}`).first().waitFor({ timeout: 120_000 });
  await page.evaluate(
    () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** Where a place of the graph is in the window. */
export function placeOf(page: Page, { x, y }: Position): Promise<Position> {
  return page.evaluate(
    (at) => {
      const view = document.querySelector('.react-flow__viewport');
      const box = document.querySelector('.react-flow')?.getBoundingClientRect();
      if (!view || !box) throw new Error('There is no graph.');
      const { a: zoom, e, f } = new DOMMatrix(getComputedStyle(view).transform);
      return { x: box.x + e + at.x * zoom, y: box.y + f + at.y * zoom };
    },
    { x, y },
  );
}

/** Frame times in milliseconds until `during` has ended. */
export async function framesWhile(page: Page, during: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const times: number[] = [];
    let last = performance.now();
    let going = true;
    const look = (now: number) => {
      times.push(now - last);
      last = now;
      if (going) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.endFrames = () => {
      going = false;
      return times.slice(1);
    };
  });
  await during();
  return page.evaluate(() => window.endFrames());
}

declare global {
  interface Window {
    /** Ends the watch over the frames and gives their times. */
    endFrames(): number[];
  }
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
