import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { type Desktop, launch, screenshots } from './launch.ts';

let desktop: Desktop;
let hands: EditorHands;
const complaints: string[] = [];

beforeAll(async () => {
  desktop = await launch();
  hands = new EditorHands(desktop.page);
  desktop.page.on('pageerror', (error) => complaints.push(error.message));
  desktop.page.setDefaultTimeout(8000);
  await hands.ready();
  await hands.example('Normalization and regularization', 'Batch normalization spelled out');
});
afterAll(async () => {
  await desktop?.close();
});

const look = (name: string) =>
  hands.page.screenshot({ path: join(screenshots, `replicas-${name}.png`) });
const button = () => hands.page.getByRole('button', { name: 'Replicas', exact: true });
const note = () => hands.page.getByTestId('replicas-note');
const nodes = () => hands.page.locator('.react-flow__node').count();
/** The total gradient that stands above a node that several wires leave: `Σ 0.8854`. */
const total = (id: string) => hands.node(id).locator('.node-total').textContent();

describe('replicas', () => {
  it('show batch normalization example by example, shared nodes once', async () => {
    expect(await nodes()).toBe(15);
    await button().click();
    await note().waitFor();
    // Seven nodes have a value per example; the other eight stand once, with the mean of the loss.
    await expect.poll(nodes).toBe(7 * 4 + 8 + 1);
    await look('light');
    expect(await Promise.all([1, 2, 3, 4].map((example) => total(`x_${example}`)))).toEqual([
      expect.stringContaining('0.8854'),
      expect.stringContaining('−0.506'),
      expect.stringContaining('−2.024'),
      expect.stringContaining('1.644'),
    ]);
    expect(await total('beta')).toContain('2');
    expect(await total('gamma')).toContain('0.6325');
    const wires = await hands.wires();
    expect(wires['mu-var-mean']).toBe('3 over 0');
    expect(wires['xhat-scaled-a-1']).toBe('−1.265 over 2');
  });

  it('tell on a shared node’s wires what each example adds', async () => {
    await hands.wire('gamma-scaled-b-4').click();
    const parts = hands.inspector().getByTestId('fan-out');
    expect(await parts.locator('.contribution-line').textContent()).toBe(
      '(−1.265) + 0 + (−0.6325) + 2.53 = 0.6325',
    );
  });

  it('are a view: nothing of them reaches the document, and structure stays as it is', async () => {
    await hands.node('gamma').locator('.math-name').click();
    await hands.page.keyboard.press('Delete');
    expect(await hands.bubble().textContent()).toContain('replicas');
    expect(await hands.node('gamma').count()).toBe(1);
    const folder = await mkdtemp(join(tmpdir(), 'gradwire-replicas-'));
    const path = join(folder, 'saved.gradwire');
    await desktop.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await hands.page.keyboard.press('Control+s');
    await expect.poll(() => readFile(path, 'utf8').catch(() => '')).toContain('batchVariance');
    const saved: { nodes: unknown[] } = JSON.parse(await readFile(path, 'utf8'));
    expect(saved.nodes).toHaveLength(15);
  });

  it('follow an edit: a typed example changes that example of the batch, and Undo takes it back', async () => {
    await hands.type('x_2', '3');
    // μ is now (1 + 3 + 4 + 5)/4.
    await expect.poll(async () => (await hands.wires())['mu-var-mean']).toMatch(/^3\.25 over/);
    expect(await note().count()).toBe(1);
    await hands.page.keyboard.press('Control+z');
    await expect.poll(async () => (await hands.wires())['mu-var-mean']).toBe('3 over 0');
  });

  it('play as a film, and go back by key', async () => {
    await hands.workspace('Trace');
    await hands.page.keyboard.press('Home');
    await expect.poll(async () => (await hands.wires())['mu-var-mean']).toBe('? over ?');
    await hands.page.keyboard.press('End');
    await expect.poll(async () => (await hands.wires())['mu-var-mean']).toBe('3 over 0');
    await hands.page.keyboard.press('m');
    await note().waitFor({ state: 'detached' });
    await expect.poll(nodes).toBe(15);
    // Whoever saw all numbers sees all of them again.
    expect((await hands.wires())['mu-var-mean']).toBe('3 over 0');
    await hands.page.keyboard.press('m');
    await note().waitFor();
    await hands.page.keyboard.press('Escape');
    await note().waitFor({ state: 'detached' });
  });

  it('end where training begins, and with another document', async () => {
    await hands.page.keyboard.press('m');
    await note().waitFor();
    await hands.workspace('Train');
    await note().waitFor({ state: 'detached' });
    await hands.workspace('Build');
    await button().click();
    await note().waitFor();
    await hands.example('First graphs', '(x + y)·z');
    await note().waitFor({ state: 'detached' });
    // Nothing is batched here.
    expect(await button().count()).toBe(0);
    await hands.clickCanvas();
    await hands.page.keyboard.press('m');
    expect(await hands.bubble().textContent()).toContain('one value per example');
    expect(complaints).toEqual([]);
  });
});
