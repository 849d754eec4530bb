import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { type Desktop, launch, screenshots } from './launch.ts';

let desktop: Desktop;
let hands: EditorHands;

beforeAll(async () => {
  desktop = await launch();
  hands = new EditorHands(desktop.page);
  await hands.ready();
});
afterAll(async () => {
  await desktop?.close();
});

describe('wiggling a wire', () => {
  it('tells what the gradient promises and what the loss does, by keys alone', async () => {
    await hands.wire('ww').click();
    const wiggle = hands.page.getByTestId('wiggle');
    const sentence = wiggle.locator('.wiggle-sentence');
    expect(await sentence.textContent()).toBe(
      'If w grows by 0.10, L should grow by 0.40; it grows by 0.40.',
    );
    await hands.page.getByRole('slider', { name: 'Change of w' }).focus();
    await hands.page.keyboard.press('Home');
    expect(await sentence.textContent()).toBe(
      'If w falls by 1.00, L should fall by 4.00; it falls by 4.00.',
    );
    expect(await wiggle.textContent()).toContain('exact');
    expect(await hands.wires()).toMatchObject({ ww: '5 over 4' });
    await desktop.page.screenshot({ path: join(screenshots, 'wiggle.png') });
  });
});

describe('the slider of an input', () => {
  it('takes the whole graph along, as one step of undo', async () => {
    await hands.node('x').click({ position: { x: 12, y: 12 } });
    const slider = hands.page.getByRole('slider', { name: 'Slide x' });
    await slider.focus();
    for (let press = 0; press < 20; press++) await hands.page.keyboard.press('ArrowRight');
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '3 over 4', wz: '4 over 6' });
    await hands.page.keyboard.press('Control+z');
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '2 over 4', wz: '4 over 5' });
  });
});
