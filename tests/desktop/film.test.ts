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
  await hands.example('The sigmoid neuron', 'Sigmoid neuron, gate by gate');
  await hands.workspace('Trace');
});
afterAll(async () => {
  await desktop?.close();
});

const position = () => hands.page.getByTestId('film-position').textContent();
const press = (key: string) => hands.page.keyboard.press(key);

/** The gradients that are shown now, by wire. */
async function shownGradients(): Promise<Record<string, string>> {
  const shown = Object.entries(await hands.wires()).map(([wire, text]) => [
    wire,
    text.split(' over ')[1] ?? '',
  ]);
  return Object.fromEntries(
    // Two factors that are about to multiply are not yet a gradient.
    shown.filter(([, text = '']) => text !== '?' && text !== 'none' && !text.includes('×')),
  );
}

describe('the film of the sigmoid neuron', () => {
  it('shows the lecture’s gradients one after the other, and nothing before its step', async () => {
    await press('Home');
    const count = Number((await position())?.split(' of ')[1]);
    const order: string[] = [];
    for (let step = 1; step <= count; step++) {
      await press('ArrowRight');
      expect(await position()).toBe(`${step} of ${count}`);
      const shown = await shownGradients();
      for (const [wire, gradient] of Object.entries(shown)) {
        const told = `${wire} ${gradient}`;
        if (!order.includes(told)) order.push(told);
      }
      await hands.page.screenshot({
        path: join(screenshots, `film-sigmoid-${String(step).padStart(2, '0')}.png`),
      });
    }
    const gradients = order
      .map((told) => told.split(' '))
      // Constants receive none, and say so from the start.
      .filter(([, gradient]) => gradient !== '—');
    // 1/x, + 1, exp, · (−1), then the sums and the weights, from the loss to the inputs.
    expect(gradients.slice(0, 4).map(([, gradient]) => gradient)).toEqual([
      '−0.53',
      '−0.53',
      '−0.20',
      '0.20',
    ]);
    const last = Object.fromEntries(gradients);
    expect(last).toMatchObject({
      'w0-p0-a': '−0.20',
      'x0-p0-b': '0.39',
      'w1-p1-a': '−0.39',
      'x1-p1-b': '−0.59',
      'w2-s-b': '0.20',
    });
    // No gradient was ever shown with another number first.
    expect(new Set(gradients.map(([wire]) => wire)).size).toBe(gradients.length);
  });

  it('never mixes old and new numbers while an edit is made in its middle', async () => {
    await press('Home');
    await hands.wire('p0-q-a').click();
    await press('r');
    await expect
      .poll(async () => (await shownGradients())['p0-q-a'], { timeout: 15_000 })
      .toBe('0.20');
    await hands.page.getByRole('button', { name: 'Play' }).waitFor();
    // What every frame shows, from before the edit until after Undo.
    await hands.page.evaluate(() => {
      const frames: string[] = [];
      const look = () => {
        const labels = [...document.querySelectorAll<HTMLElement>('.wire-label')];
        frames.push(
          labels.map((label) => `${label.dataset.testid}=${label.textContent}`).join(' '),
        );
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      Object.assign(window, { seenFrames: frames });
    });
    const labels = () =>
      hands.page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.wire-label')]
          .map((label) => `${label.dataset.testid}=${label.textContent}`)
          .join(' '),
      );
    const before = await labels();
    await hands.type('x0', '3');
    await expect.poll(labels).not.toBe(before);
    const after = await labels();
    await press('Control+z');
    await expect.poll(labels).toBe(before);
    const frames = await hands.page.evaluate(() => {
      const found: unknown = Reflect.get(window, 'seenFrames');
      return Array.isArray(found) ? [...new Set(found.map(String))] : [];
    });
    // Two pictures, and nothing in between.
    expect(new Set(frames)).toEqual(new Set([before, after]));
    expect(before).not.toBe(after);
  });
});

describe('how the film is played', () => {
  it('runs to a selected wire by the button, and back to it at once', async () => {
    await press('Home');
    await hands.wire('w0-p0-a').click();
    await hands.page.getByRole('button', { name: 'Run to here (R)' }).click();
    await expect
      .poll(async () => (await shownGradients())['w0-p0-a'], { timeout: 20_000 })
      .toBe('−0.20');
    await hands.wire('p0-q-a').click();
    await press('r');
    const shown = await shownGradients();
    expect(shown['p0-q-a']).toBe('0.20');
    expect(shown['w0-p0-a']).toBeUndefined();
  });

  it('plays forward only, backward only, and over and over', async () => {
    const { page } = hands;
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
    const section = page.getByRole('combobox', { name: 'Part that is played' });
    await section.selectOption('forward');
    await hands.clickCanvas();
    await press('Home');
    await press(' ');
    await page.getByRole('button', { name: 'Play' }).waitFor({ timeout: 20_000 });
    // A constant says from the start that it receives none.
    expect(await shownGradients()).toEqual({ 'one-d-b': '—' });
    const turn = Number((await position())?.split(' of ')[0]);
    expect(turn).toBeGreaterThan(5);
    await section.selectOption('backward');
    await page.getByRole('button', { name: 'Start over at the end' }).click();
    await press('End');
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    // At the end of its part it starts over where that begins: all values known, no gradient.
    await expect
      .poll(async () => Number((await position())?.split(' of ')[0]))
      .toBeLessThan(turn + 3);
    await page.getByRole('button', { name: 'Pause' }).click();
    expect((await hands.wires())['w0-p0-a']).toBe('2 over ?');
    await page.getByRole('button', { name: 'Start over at the end' }).click();
    await section.selectOption('both');
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('1');
    expect(complaints).toEqual([]);
  });
});

describe('the film of a fan-out', () => {
  it('multiplies on the wire, lets the first part wait at the node, and then adds', async () => {
    const { page } = hands;
    await hands.example('First graphs', 'Fan-out: x²·eˣ');
    await hands.workspace('Trace');
    await press('Home');
    const count = Number((await position())?.split(' of ')[1]);
    const factors: string[] = [];
    const totals: string[] = [];
    const all = async (of: string) =>
      (await page.locator(of).allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
    for (let step = 1; step <= count; step++) {
      await press('ArrowRight');
      expect(await position()).toBe(`${step} of ${count}`);
      for (const text of await all('.factors')) factors.push(text);
      for (const text of await all('[data-id="x"] .node-total')) {
        if (totals.at(-1) !== text) totals.push(text);
        await page.screenshot({ path: join(screenshots, `film-fan-out-${totals.length}.png`) });
      }
    }
    // By hand: the product's two slopes are the other factor, x² has 2x = 3, eˣ itself.
    expect(factors.toSorted()).toEqual(['2.25×1', '3×4.482', '4.482×1', '4.482×2.25'].toSorted());
    expect(totals).toEqual(['? + 10.08', '13.45 + 10.08', '13.45 + 10.08 = 23.53']);
    // Outside the film it is their sum alone.
    await hands.workspace('Build');
    expect(await all('[data-id="x"] .node-total')).toEqual(['Σ 23.53']);
    expect(complaints).toEqual([]);
  });
});
