import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'operations explained, in a browser', () => {
  let web: Web;
  let hands: EditorHands;

  beforeAll(async () => {
    web = await launch();
    hands = new EditorHands(web.page);
    await hands.ready();
    await hands.fileMenu('New');
  });
  afterAll(() => web.close());

  /** What axe finds, a line for each kind of fault. */
  async function faults(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: web.page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
  }

  it('offers the graph of an expression, without a fault for axe', async () => {
    await web.page.keyboard.press('/');
    await web.page.keyboard.type('sigmoid(a*10) + b');
    expect(await faults()).toEqual([]);
    await web.page.keyboard.press('Enter');
    await expect.poll(() => web.page.locator('.react-flow__node').count()).toBe(6);
  });

  it('checks every gradient in a worker of the page', async () => {
    await hands.clickCanvas();
    await web.page.getByRole('button', { name: 'Check all gradients' }).click();
    await expect
      .poll(() => web.page.locator('.check-summary').textContent(), { timeout: 15_000 })
      .toMatch(/^All \d+ gradients agree/);
    expect(await faults()).toEqual([]);
  });

  it('lists diagnoses, shows an expanded operation in its frame, and has no fault for axe', async () => {
    await web.page.locator('.problems').click();
    expect(await web.page.locator('.problems-list').textContent()).toMatch(/saturated/);
    expect(await faults()).toEqual([]);
    await web.page.locator('.problems').click();
    await hands.node('sigmoid').locator('.operation-symbol').click();
    expect(await faults()).toEqual([]);
    await web.page.keyboard.press('e');
    await web.page.locator('.frame').waitFor();
    expect(await faults()).toEqual([]);
  });
});
