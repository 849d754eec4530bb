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
});
afterAll(async () => {
  await desktop?.close();
});

const look = (name: string) =>
  hands.page.screenshot({ path: join(screenshots, `story-${name}.png`) });
const clipboard = () => desktop.app.evaluate(({ clipboard: board }) => board.readText());
const dialog = () => hands.page.getByRole('dialog', { name: /^The story of/ });
const factor = (part: string) => hands.inspector().getByTestId(`factor-${part}`);
const entries = (part: string) => factor(part).getByRole('gridcell').allTextContents();
const litEntries = (part: string) =>
  factor(part)
    .locator('td')
    .evaluateAll((cells) => cells.flatMap((cell, at) => (cell.dataset.lit === 'true' ? [at] : [])));

describe('a scalar wire', () => {
  it('has its numbers put into the chain rule, in the order of the mathematics', async () => {
    await hands.example('First graphs', '(x + y)·z');
    await hands.wire('ww').click();
    const formulas = hands.inspector().locator('annotation');
    expect(await formulas.nth(0).textContent()).toContain('z \\cdot');
    const inNumbers = await hands.inspector().getByTestId('story-numbers').locator('.katex-html');
    expect(await inNumbers.textContent()).toBe('=4⋅1=4');
  });

  it('tells its story in the small while the pointer rests on it', async () => {
    await hands.wire('wz').hover();
    const card = hands.page.getByTestId('hover-card');
    await card.waitFor();
    expect(await card.textContent()).toContain('switcher');
    expect(await card.locator('.katex-html').last().textContent()).toBe('=5⋅1=5');
    await look('hover');
    await hands.page.mouse.move(4, 4);
    await card.waitFor({ state: 'detached' });
  });

  it('is shown large, by the button and by Enter, also while presenting', async () => {
    await hands.inspector().getByRole('button', { name: 'Enlarge the story' }).click();
    await dialog().waitFor();
    await look('large-scalar');
    await hands.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await hands.page.getByRole('button', { name: 'Present', exact: true }).click();
    await hands.page.keyboard.press('Enter');
    await dialog().waitFor();
    expect(await dialog().getByTestId('factor-flows back').textContent()).toBe('4flows back');
    await hands.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await hands.page.keyboard.press('Escape');
    await hands.page.getByRole('button', { name: 'Present', exact: true }).waitFor();
  });
});

describe('a fan-out', () => {
  it('names what every wire brings back, and their sum', async () => {
    await hands.example('Normalization and regularization', 'Batch normalization spelled out');
    await hands.wire('mu-var-mean').click();
    const parts = hands.inspector().getByTestId('fan-out');
    // The path through the variance is zero, and is shown as zero.
    expect(await parts.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/0$/),
      expect.stringMatching(/−2\.53$/),
      expect.stringMatching(/−2\.53$/),
    ]);
    expect(await parts.locator('.contribution-line').textContent()).toBe('0 + (−2.53) = −2.53');
    await look('fan-out');
    await parts.getByRole('button').nth(1).click();
    await expect.poll(() => factor('flows back').textContent()).toContain('2.53');
  });

  it('waits in the film until all of its parts are told', async () => {
    await hands.example('First graphs', 'Fan-out: x²·eˣ');
    await hands.workspace('Trace');
    await hands.wire('x-s-x').click();
    await hands.page.keyboard.press('Home');
    const parts = hands.inspector().getByTestId('fan-out');
    expect(await parts.getByRole('listitem').last().textContent()).toContain('?');
    expect(await factor('flows back').textContent()).toContain('?');
    await hands.page.keyboard.press('End');
    await expect.poll(() => parts.getByRole('listitem').last().textContent()).toContain('23.53');
  });
});

describe('a value that the examples share', () => {
  it('is told as one part of each example, and their sum', async () => {
    await hands.workspace('Build');
    await hands.example('Normalization and regularization', 'Batch normalization spelled out');
    await hands.wire('gamma-scaled-b').click();
    const parts = hands.inspector().getByTestId('examples');
    // x̂ is −1.265, −0.632, 0.632, 1.265, and the upstream gradient 1, 0, −1, 2.
    expect(await parts.locator('.contribution-line').textContent()).toBe(
      '(−1.265) + 0 + (−0.6325) + 2.53 = 0.6325',
    );
    expect(await hands.inspector().textContent()).toContain('All 4 examples share this value');
  });
});

describe('tensors', () => {
  it('multiply before one’s eyes: what made an entry lights up, by mouse', async () => {
    await hands.example('Vectors and matrices', 'y = Wx');
    await hands.wire('x-y-b').click();
    expect(await entries('local')).toEqual(['1', '0', '2', '1', '0', '−1']);
    expect(await entries('upstream')).toEqual(['2', '−1']);
    expect(await entries('flows back')).toEqual(['2', '3', '1']);
    await factor('flows back').getByRole('gridcell').nth(1).hover();
    expect(await litEntries('local')).toEqual([2, 3]);
    expect(await litEntries('upstream')).toEqual([0, 1]);
    expect(await hands.page.getByTestId('linked-sentence').textContent()).toBe(
      '[2] = 2·2 + 1·(−1) = 3',
    );
    await look('linked');
    await factor('local').getByRole('gridcell').nth(5).hover();
    expect(await litEntries('flows back')).toEqual([2]);
    expect(await litEntries('upstream')).toEqual([1]);
  });

  it('by keys alone', async () => {
    await hands.page.mouse.move(4, 4);
    await factor('flows back').getByRole('gridcell').first().focus();
    await hands.page.keyboard.press('ArrowDown');
    await hands.page.keyboard.press('ArrowDown');
    expect(await litEntries('flows back')).toEqual([2]);
    expect(await litEntries('local')).toEqual([4, 5]);
    await hands.page.keyboard.press('Control+c');
    expect(await clipboard()).toBe('[2, 3, 1]');
  });

  it('are copied whole, as they are drawn: the local gradient of x is Wᵀ', async () => {
    await factor('local').getByRole('button', { name: 'Copy local' }).click();
    expect(JSON.parse(await clipboard())).toEqual([
      [1, 0],
      [2, 1],
      [0, -1],
    ]);
  });

  it('show their Jacobian on demand', async () => {
    await hands.inspector().getByRole('button', { name: 'Show the Jacobian' }).click();
    const cells = hands.page.getByTestId('jacobian').locator('.jacobian > span');
    expect(await cells.allTextContents()).toEqual(['1', '0', '2', '1', '0', '−1']);
  });

  it('∂y/∂W: slices in colours that collapse to g·xᵀ', async () => {
    await hands.wire('W-y-a').click();
    await hands.inspector().getByRole('button', { name: 'Show the stack ∂y/∂W' }).click();
    const stack = hands.page.getByTestId('weight-stack');
    const slices = () => stack.locator('.slice-row').allTextContents();
    expect(await slices()).toEqual(['1−12', '1−12']);
    const tops = () =>
      stack
        .locator('.slice')
        .evaluateAll((all) => all.map((slice) => slice.getBoundingClientRect().top));
    const [first = 0, second = 0] = await tops();
    expect(second).toBeGreaterThan(first);
    await look('stack');
    const slider = hands.page.getByRole('slider', { name: 'Weigh and collapse' });
    await slider.focus();
    await hands.page.keyboard.press('End');
    // g = [2; −1], so the rows of g·xᵀ are 2·x and −x.
    expect(await slices()).toEqual(['2−24', '−11−2']);
    const [top = 0, ...others] = await tops();
    expect(others).toEqual([top]);
    await look('stack-collapsed');
    await hands.page.getByRole('button', { name: 'Unfold' }).click();
    await expect.poll(slices, { timeout: 5000 }).toEqual(['1−12', '1−12']);
  });

  it('of a batch: the stack of each example', async () => {
    await hands.example('Networks', 'A 3-4-2 network');
    await hands.wire('l1W-l1-w').click();
    await hands.inspector().getByRole('button', { name: 'Show the stack' }).click();
    const story = hands.inspector();
    expect(await story.textContent()).toContain('example 1 of 3');
    await story.getByRole('button', { name: 'Column after' }).click();
    expect(await story.textContent()).toContain('example 2 of 3');
    await look('batch');
    expect(complaints).toEqual([]);
  });
});
