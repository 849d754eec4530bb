import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, screenshots, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'for everybody', () => {
  let web: Web;
  let hands: EditorHands;

  beforeAll(async () => {
    web = await launch();
    hands = new EditorHands(web.page);
    await hands.ready();
  });
  afterAll(() => web.close());

  const schemes = ['light', 'dark', 'high contrast'] as const;

  /** As a system has it that asks for this. */
  const appear = (scheme: (typeof schemes)[number]) =>
    scheme === 'high contrast'
      ? web.page.emulateMedia({ colorScheme: 'light', contrast: 'more' })
      : web.page.emulateMedia({ colorScheme: scheme, contrast: 'no-preference' });

  /** What axe finds, a line for each kind of fault. */
  async function faults(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: web.page }).analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
  }

  it.each(schemes)('axe finds nothing on the main screens, %s', async (scheme) => {
    const { page } = web;
    await appear(scheme);
    await hands.workspace('Build');
    expect(await faults()).toEqual([]);
    await hands.wire('ww').click();
    expect(await faults()).toEqual([]);
    await hands.node('x').locator('.math-name').click();
    expect(await faults()).toEqual([]);
    await hands.workspace('Trace');
    await hands.clickCanvas();
    await page.keyboard.press('End');
    expect(await faults()).toEqual([]);
    await page.getByRole('button', { name: 'Quiz', exact: true }).click();
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await page.keyboard.type('77');
    await page.keyboard.press('Enter');
    expect(await faults()).toEqual([]);
    await hands.workspace('Train');
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog').waitFor();
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('menu').waitFor();
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await hands.workspace('Build');
    await hands.clickCanvas();
    for (const [keys, typed] of [
      ['Tab', 'relu'],
      ['Control+Shift+p', 'zoom'],
      ['Control+f', ''],
      ['Control+f', 'no such thing'],
    ] as const) {
      await page.keyboard.press(keys);
      await page.getByTestId('finder').waitFor();
      await page.keyboard.type(typed);
      expect(await faults()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByTestId('finder').waitFor({ state: 'detached' });
    }
  });

  it.each(['light', 'dark'] as const)(
    'axe finds nothing where numbers are edited in a table, nor in what an initializer draws, %s',
    async (scheme) => {
      const { page } = web;
      await appear(scheme);
      await hands.workspace('Build');
      await hands.example('Vectors and matrices', 'y = Wx');
      await hands.pick('W');
      const panel = hands.inspector();
      await panel.getByRole('grid').waitFor();
      expect(await faults()).toEqual([]);
      await panel.getByRole('gridcell').first().click();
      await page.keyboard.type('x');
      await page.keyboard.press('Enter');
      await panel.getByRole('alert').waitFor();
      expect(await faults()).toEqual([]);
      await page.keyboard.press('Escape');
      await panel.getByRole('button', { name: 'Remove the value' }).click();
      await panel.getByTestId('distribution').waitFor();
      expect(await faults()).toEqual([]);
      await hands.pick('W', 'x');
      expect(await faults()).toEqual([]);
      await hands.pick('y');
      await panel.getByTestId('example').waitFor();
      expect(await faults()).toEqual([]);
      // With unsaved changes, the next example would have to wait for an answer.
      await hands.clickCanvas();
      await page.keyboard.press('Control+z');
    },
  );

  it.each(['light', 'dark'] as const)(
    'axe finds nothing in a tensor’s story, in the panel and large, %s',
    async (scheme) => {
      const { page } = web;
      await appear(scheme);
      await hands.workspace('Build');
      await hands.example('Networks', 'A 3-4-2 network');
      await hands.wire('l1W-l1-w').click();
      const panel = hands.inspector();
      await panel.getByRole('button', { name: 'Show the stack' }).click();
      await panel.getByRole('button', { name: 'Show the Jacobian' }).click();
      expect(await faults()).toEqual([]);
      await page.getByRole('button', { name: 'Enlarge the story' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await faults()).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  );

  it.each(['light', 'dark'] as const)(
    'axe finds nothing where the quiz asks for a way and for a tensor, %s',
    async (scheme) => {
      const { page } = web;
      await appear(scheme);
      await hands.workspace('Build');
      await hands.example('Gates', 'Max: the router');
      await page.getByRole('button', { name: 'Quiz', exact: true }).click();
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      await page.keyboard.press('3');
      await page.getByRole('button', { name: 'Hint: which rule' }).click();
      expect(await faults()).toEqual([]);
      await page.getByRole('button', { name: 'End the quiz' }).click();
      await hands.example('Vectors and matrices', 'y = Wx');
      await page.getByRole('button', { name: 'Quiz', exact: true }).click();
      await page.getByRole('button', { name: 'Answer: the gradient on x,' }).click();
      await page.keyboard.type('[1, 2, 3]');
      await page.keyboard.press('Enter');
      for (const hint of ['Hint: which rule', 'Hint: which numbers']) {
        await page.getByRole('button', { name: hint }).click();
      }
      expect(await faults()).toEqual([]);
      await page.getByRole('button', { name: 'End the quiz' }).click();
    },
  );

  it.each(['light', 'dark'] as const)(
    'axe finds nothing in notes of every color, read and written, %s',
    async (scheme) => {
      const { page } = web;
      await page.emulateMedia({ colorScheme: scheme });
      await hands.workspace('Build');
      await hands.example('First graphs', '(x + y)·z');
      const colors = ['no color', 'gray', 'blue', 'green', 'yellow', 'red', 'purple'];
      for (const [at, color] of colors.entries()) {
        await page.mouse.click(380 + 270 * (at % 3), 160 + 230 * Math.floor(at / 3), {
          button: 'right',
        });
        await page.getByRole('menuitem', { name: /^Add Note/ }).click();
        await page.keyboard.type(
          `# ${color}\n$x^2$ and \`code\`, [a link](https://example.com)\n- [ ] a task\n\n\`\`\`\nx = 1\n\`\`\``,
        );
        if (at === 0) expect(await faults()).toEqual([]);
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: color, exact: true }).click();
      }
      const formulas = page.locator('.note-card .katex');
      await expect.poll(() => formulas.count()).toBe(colors.length);
      expect(await faults()).toEqual([]);
      await page.screenshot({ path: join(screenshots, `notes-${scheme}.png`) });
      // Unchanged again, so that nothing asks before the next document.
      const undo = page.getByRole('button', { name: 'Undo', exact: true });
      while (await undo.isEnabled()) await undo.click();
    },
  );

  it('adds, connects, sets and inspects by keyboard alone', async () => {
    const { page } = web;
    const { keyboard } = page;
    await hands.workspace('Build');
    await hands.fileMenu('New');
    await keyboard.press('/');
    for (const name of ['input', 'square']) {
      await keyboard.type(name);
      await keyboard.press('Enter');
    }
    // The square is selected: its input is chosen in the list beside it.
    await page.getByRole('combobox', { name: 'Connect input x to' }).focus();
    await keyboard.press('x');
    await expect.poll(() => page.locator('.react-flow__edge').count()).toBe(1);
    await page.locator('.react-flow__node-source').focus();
    await keyboard.press('Enter');
    await keyboard.type('3');
    await keyboard.press('Enter');
    await page.getByRole('group', { name: /^Wire x/ }).focus();
    // What the wire shows is said: there is no loss yet, so no gradient.
    await expect
      .poll(() => page.locator('output.visually-hidden').textContent())
      .toMatch(/^Wire x into .*, value 3$/);
    await keyboard.press('Enter');
    await expect.poll(() => hands.inspector().textContent()).toContain('into square');
    await expect.poll(() => page.locator('.readout-pill').textContent()).toContain('9');
  });
});
