import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { type Desktop, launch, screenshots } from './launch.ts';

let desktop: Desktop;
let hands: EditorHands;
const complaints: string[] = [];

beforeAll(async () => {
  desktop = await launch();
  hands = new EditorHands(desktop.page);
  desktop.page.on('pageerror', (error) => complaints.push(error.message));
  desktop.page.setDefaultTimeout(6000);
  await desktop.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 720);
  });
  await hands.ready();
});
afterAll(async () => {
  await desktop?.close();
});
beforeEach(async () => {
  await hands.workspace('Trace');
  if ((await bar().count()) > 0) await button('End the quiz').click();
  await hands.clickCanvas();
  await button('Quiz').click();
  await bar().waitFor();
});

const bar = () => hands.page.getByRole('region', { name: 'Quiz' });
const button = (name: string) => hands.page.getByRole('button', { name, exact: true });
const ask = (name: string) =>
  hands.page.getByRole('button', { name: `Answer: the gradient on ${name},` });
const field = () => hands.page.locator('.quiz-field');
const said = () => hands.page.getByRole('status').first().textContent();

async function answer(typed: string): Promise<void> {
  await field().fill(typed);
  await hands.page.keyboard.press('Enter');
}

async function look(name: string): Promise<void> {
  await hands.page.screenshot({ path: join(screenshots, `${name}.png`) });
}

describe('the quiz on (x + y)·z', () => {
  it('hides every gradient but the seed', async () => {
    expect(await hands.wires()).toEqual({
      wx: '2 over ?',
      wy: '3 over ?',
      ww: '5 over ?',
      wz: '4 over ?',
    });
    expect(await hands.page.getByTestId('readout-mul').locator('.gradient').textContent()).toBe(
      '1',
    );
    await hands.wire('wz').locator('.value').first().click();
    expect(await hands.page.getByTestId('factor-flows back').textContent()).toContain('?');
    expect(await hands.inspector().textContent()).not.toContain('numeric check');
  });

  it('can be about a chosen wire alone: what would give it away stays hidden too', async () => {
    await hands.wire('ww').locator('.value').first().click();
    await button('Only this wire').click();
    expect(await hands.wires()).toEqual({
      wx: '2 over ?',
      wy: '3 over ?',
      ww: '5 over ?',
      wz: '4 over 5',
    });
    expect(await hands.page.getByTestId('quiz-count').textContent()).toBe('0 of 1');
    await look('quiz-chosen');
    await button('Next').click();
    await answer('8/2');
    expect(await hands.page.getByTestId('quiz-result').textContent()).toBe('1 of 1 right');
    expect(await hands.wires()).toMatchObject({ wx: '2 over 4', wy: '3 over 4', ww: '5 over 4' });
  });

  it('is about the wires that are selected when it starts', async () => {
    await button('End the quiz').click();
    await hands.wire('wz').locator('.value').first().click();
    await button('Quiz').click();
    expect(await hands.page.getByTestId('quiz-about').textContent()).toBe('Quiz: 1 chosen wire');
    expect(await hands.wires()).toEqual({
      wx: '2 over 4',
      wy: '3 over 4',
      ww: '5 over 4',
      wz: '4 over ?',
    });
    await look('quiz-selected');
  });

  it('takes numbers and expressions, says what is wrong, and helps in two steps', async () => {
    await ask('w').click();
    await answer('5');
    expect(await bar().textContent()).toContain('That is not what flows back here.');
    expect(await said()).toContain('That is not what flows back here.');
    await look('quiz-wrong-light');
    await answer('1·4');
    await expect.poll(() => hands.wires()).toMatchObject({ ww: '5 over 4' });
    expect(await hands.wire('ww').getByRole('img', { name: 'right' }).count()).toBe(1);
    expect(await said()).toBe('Right: 4 flows back on w.');

    await ask('z').click();
    await button('Hint: which rule').click();
    expect(await bar().textContent()).toContain('Multiply is a switcher');
    await button('Hint: which numbers').click();
    expect(await bar().textContent()).toContain('5 × 1 = ?');
    await answer('5');
    await expect.poll(() => hands.wires()).toMatchObject({ wz: '4 over 5' });
    expect(await hands.wires()).toMatchObject({ wx: '2 over ?', wy: '3 over ?' });
  });

  it('goes by keys alone, from question to question, to the count', async () => {
    const { keyboard } = hands.page;
    await button('Next').focus();
    for (const [at, typed] of ['4', '10/2', '4'].entries()) {
      await keyboard.press('Enter');
      await field().waitFor();
      if (at === 2) await button('Hint: which rule').click();
      await field().focus();
      await keyboard.type(typed);
      await keyboard.press('Enter');
      await field().waitFor({ state: 'detached' });
    }
    await keyboard.press('Enter');
    await field().waitFor();
    await button('Reveal').click();
    const result = await hands.page.getByTestId('quiz-result').textContent();
    expect(result).toBe('3 of 4 right, 1 with a hint, 1 gradient revealed');
    expect(await hands.wires()).toEqual({
      wx: '2 over 4',
      wy: '3 over 4',
      ww: '5 over 4',
      wz: '4 over 5',
    });
    await look('quiz-end-light');
  });

  it('never keeps a “right” that an edit has made wrong', async () => {
    await ask('z').click();
    await answer('5');
    await expect.poll(() => hands.wires()).toMatchObject({ wz: '4 over 5' });
    await hands.type('x', '7');
    await expect.poll(() => hands.wires()).toMatchObject({ wz: '4 over ?' });
    const question = hands.page.getByTestId('quiz-question');
    expect(await question.textContent()).toContain('Which gradient');
    await hands.page.keyboard.press('Control+z');
  });

  it('can be read in the dark, and lets the film back when it ends', async () => {
    await button('Theme').click();
    await hands.page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await hands.page.getByRole('menu').waitFor({ state: 'detached' });
    await ask('w').click();
    await answer('4');
    await ask('z').click();
    await button('Hint: which rule').click();
    await answer('-5');
    await look('quiz-dark');
    await button('End the quiz').click();
    expect(await hands.caption().count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});

describe('the quiz on routers', () => {
  it('asks which way the gradient goes, and takes it by mouse and by number keys', async () => {
    await button('End the quiz').click();
    await hands.workspace('Build');
    await hands.example('Gates', 'Max: the router');
    await button('Quiz').click();
    await button('Next').focus();
    await hands.page.keyboard.press('Enter');
    const question = hands.page.getByTestId('quiz-question');
    expect(await question.textContent()).toBe('Which way does the gradient go back from max?');
    const ways = hands.page.getByRole('group', { name: 'The ways it may go' }).getByRole('button');
    expect(await ways.allTextContents()).toEqual(['1to x', '2to y', '3split: a part to each']);
    await look('quiz-ways-dark');
    await hands.page.keyboard.press('3');
    expect(await bar().textContent()).toContain('That is not the way it goes.');
    await button('Hint: which rule').click();
    expect(await bar().textContent()).toContain('Max is a router');
    await button('Hint: which numbers').click();
    expect(await bar().textContent()).toContain('Here x is 2, and y is −1.');
    await look('quiz-ways-hints-dark');
    await hands.page.keyboard.press('1');
    await expect.poll(async () => Object.values(await hands.wires())).toContain('2 over 2');
    await hands.page.keyboard.press('Enter');
    await ways.first().click();
    expect(await hands.page.getByTestId('quiz-result').textContent()).toBe(
      '2 of 2 right, 1 with a hint',
    );
  });
});

describe('the quiz on y = Wx', () => {
  it('takes a small tensor itself, entry by entry, or its shape', async () => {
    await button('End the quiz').click();
    await hands.workspace('Build');
    await hands.example('Vectors and matrices', 'y = Wx');
    await hands.workspace('Trace');
    await button('Quiz').click();
    await ask('x').click();
    expect(await field().getAttribute('aria-label')).toBe('Gradient on x, or its shape');
    await answer('[1, 2, 3]');
    expect(await bar().textContent()).toContain('not the right entries');
    await button('Hint: which rule').click();
    await button('Hint: which numbers').click();
    await look('quiz-tensor-dark');
    await field().focus();
    await answer('[2, 6/2, 1]');
    expect(await said()).toContain('flows back on x.');
    await expect.poll(() => field().count()).toBe(0);
    await look('quiz-tensor-right-dark');
  });
});
