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
});
afterAll(async () => {
  await desktop?.close();
});

const menu = () => hands.page.getByRole('button', { name: 'Numbers', exact: true });
const note = () => hands.page.getByTestId('rounded-note');

async function look(name: string): Promise<void> {
  await hands.page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** The gradients on the wires that leave these sources. */
async function gradients(): Promise<Record<string, string>> {
  const shown = await hands.wires();
  const wires = { w0: 'w0-p0-a', x0: 'x0-p0-b', w1: 'w1-p1-a', x1: 'x1-p1-b', w2: 'w2-s-b' };
  return Object.fromEntries(
    Object.entries(wires).map(([source, wire]) => [source, shown[wire]?.split(' over ')[1] ?? '']),
  );
}

describe('how numbers are written', () => {
  it('shows the sigmoid neuron as the lecture does: two decimals, nothing rounded before it is used', async () => {
    expect(await gradients()).toEqual({
      w0: '−0.20',
      x0: '0.39',
      w1: '−0.39',
      x1: '−0.59',
      w2: '0.20',
    });
    expect(await note().count()).toBe(0);
    await look('numbers-exact-light');
  });

  it('rounds like the blackboard by keys alone, and says so', async () => {
    await menu().focus();
    await hands.page.keyboard.press('Enter');
    const box = hands.page.getByRole('checkbox', { name: 'Round like the blackboard' });
    await box.focus();
    await hands.page.keyboard.press('Space');
    await expect
      .poll(gradients)
      .toEqual({ w0: '−0.20', x0: '0.40', w1: '−0.40', x1: '−0.60', w2: '0.20' });
    await look('numbers-menu-light');
    await hands.page.keyboard.press('Escape');
    expect(await note().textContent()).toContain('every number to 2 decimals');
    await look('numbers-blackboard-light');
  });

  it('stays labelled while presenting, and goes back to exact numbers from the label', async () => {
    await hands.page.getByRole('button', { name: 'Present', exact: true }).click();
    await note().waitFor();
    await look('numbers-blackboard-present');
    await hands.page.getByRole('button', { name: 'Show exact numbers' }).click();
    await expect.poll(() => note().count()).toBe(0);
    await hands.page.keyboard.press('Escape');
    expect((await gradients()).x0).toBe('0.39');
  });

  it('follows an edit while it rounds', async () => {
    await menu().click();
    await hands.page.getByText('Round like the blackboard').click();
    await hands.page.keyboard.press('Escape');
    await hands.type('w0', '2.004');
    await expect.poll(async () => (await gradients()).x0).toBe('0.40');
    await hands.page.keyboard.press('Control+z');
    await hands.page.getByRole('button', { name: 'Show exact numbers' }).click();
  });

  it('counts digits, and keeps the choice for the next document', async () => {
    await menu().click();
    await hands.page.getByRole('radio', { name: 'Significant digits' }).check({ force: true });
    await hands.page.getByRole('radio', { name: '6', exact: true }).check({ force: true });
    await hands.page.keyboard.press('Escape');
    await expect.poll(async () => (await gradients()).x0).toBe('0.393224');
    await hands.example('First graphs', 'Fan-out: x²·eˣ');
    const shown = Object.values(await hands.wires()).join(' ');
    expect(shown).toMatch(/\d\.\d{5}/);
  });

  it('draws wires as thick as their gradient, on one scale', async () => {
    await hands.example('First graphs', '(x + y)·z');
    const width = async (id: string) => {
      const line = hands.page.locator(`[data-id="${id}"] .wire-line`);
      return Number.parseFloat(await line.evaluate((path) => getComputedStyle(path).strokeWidth));
    };
    // Gradients 4 and 5: log10 is 0.60 and 0.70 on a scale of five decades over 4 pixels.
    expect(await width('wx')).toBeCloseTo(1.2 + (4 * 3.602) / 5, 1);
    expect(await width('wz')).toBeCloseTo(1.2 + (4 * 3.699) / 5, 1);
    await hands.type('z', '0');
    await expect.poll(() => width('wx')).toBeCloseTo(1.2, 1);
    expect((await hands.wires()).wx).toBe('2 over 0');
    expect(complaints).toEqual([]);
  });
});
