import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EditorHands } from '../support/editor.ts';
import { type EditorUnderTest, startEditor } from './launch.ts';

let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;

beforeAll(async () => {
  editor = await startEditor({ width: 1280, height: 720 });
  ({ hands, page } = editor);
});
afterAll(() => editor?.close());
beforeEach(async () => {
  // Unsaved changes are given up: 1 is “Don't save”.
  await editor.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
});
afterEach(() => {
  expect(editor.complaints.splice(0)).toEqual([]);
});

const press = (key: string) => page.keyboard.press(key);
const panel = () => hands.inspector();
const clipboard = () => editor.app.evaluate(({ clipboard: board }) => board.readText());
const copyElsewhere = (text: string) =>
  editor.app.evaluate(({ clipboard: board }, written) => board.writeText(written), text);

const grid = () => panel().getByRole('grid');
const cell = (row: number, column: number) =>
  grid().getByRole('gridcell', { name: `row ${row}, column ${column}:` });
/** The numbers in the table, row by row. */
const cells = () =>
  grid()
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td')].map((each) => each.textContent)),
    );
/** The cell that has the focus. */
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
const alert = () => panel().getByRole('alert').textContent();

/** Pictures in both schemes. */
async function look(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await editor.look(`${name}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

const matrix = async () => {
  await hands.example('Vectors and matrices', 'y = Wx');
  await hands.pick('W');
  await grid().waitFor();
};

/** Brings a part of the panel to its top, for a picture. */
const toTop = (part: string) =>
  panel()
    .locator(part)
    .first()
    .evaluate((element) => element.scrollIntoView({ block: 'start' }));

describe('a matrix in the inspector', () => {
  beforeEach(matrix);

  it('is typed into cell by cell by keys, each an edit of its own', async () => {
    expect(await cells()).toEqual([
      ['1', '2', '0'],
      ['0', '1', '−1'],
    ]);
    await cell(1, 1).click();
    await page.keyboard.type('7');
    await press('Tab');
    await page.keyboard.type('1/4');
    await press('Enter');
    expect(await focused()).toBe('row 2, column 2: 1');
    await page.keyboard.type('-2.5');
    await press('ArrowUp');
    await press('ArrowLeft');
    expect(await focused()).toBe('row 1, column 1: 7');
    expect(await cells()).toEqual([
      ['7', '0.25', '0'],
      ['0', '−2.5', '−1'],
    ]);
    await look('inspector-matrix');
    expect(await hands.undoName()).toContain('Set W');
    await press('Control+z');
    await expect.poll(async () => (await cells())[1]).toEqual(['0', '1', '−1']);
    await press('Control+z');
    await expect.poll(async () => (await cells())[0]).toEqual(['7', '2', '0']);
    await press('Control+z');
    await expect.poll(async () => (await cells())[0]).toEqual(['1', '2', '0']);
  });

  it('takes back what is typed on Escape, and says what is no number', async () => {
    await cell(2, 3).click();
    await page.keyboard.type('99');
    await press('Escape');
    expect((await cells())[1]).toEqual(['0', '1', '−1']);
    expect(await focused()).toBe('row 2, column 3: −1');
    await page.keyboard.type('1,x');
    await press('Enter');
    expect(await alert()).toBe('This is not a number.');
    expect(await hands.undoName()).toBe('Nothing to undo');
    await press('Escape');
    await expect.poll(() => panel().getByRole('alert').count()).toBe(0);
    // The keys that go on with what stands there, and those that empty it.
    await press('F2');
    await press('Backspace');
    await page.keyboard.type('5');
    await press('Enter');
    expect((await cells())[1]).toEqual(['0', '1', '−5']);
    await press('Delete');
    await expect.poll(async () => (await cells())[1]).toEqual(['0', '1', '0']);
    // The node itself is still there, and keys that mean commands elsewhere did nothing.
    expect(await page.locator('.react-flow__node').count()).toBe(5);
  });

  it('takes the number that is being typed as another cell is clicked', async () => {
    await cell(1, 2).dblclick();
    await press('Control+a');
    await page.keyboard.type('8');
    await cell(2, 1).click();
    await expect.poll(async () => (await cells())[0]).toEqual(['1', '8', '0']);
    expect(await focused()).toBe('row 2, column 1: 0');
  });

  it('takes a block from a spreadsheet, grows with it, and gives it back by one undo', async () => {
    await copyElsewhere('10\t11\r\n12\t13\r\n14\t15\r\n');
    await cell(1, 3).click();
    await press('Control+v');
    const grown = [
      ['1', '2', '10', '11'],
      ['0', '1', '12', '13'],
      ['0', '0', '14', '15'],
    ];
    await expect.poll(cells).toEqual(grown);
    expect(await panel().getByLabel('shape', { exact: true }).inputValue()).toBe('3 × 4');
    expect(await focused()).toBe('row 1, column 3: 10');
    await press('Control+z');
    await expect.poll(cells).toEqual([
      ['1', '2', '0'],
      ['0', '1', '−1'],
    ]);
  });

  it('reads decimal commas between tabs', async () => {
    await copyElsewhere('1,5\t2,25\n-3\t1.000,5');
    await cell(1, 1).click();
    await press('Control+v');
    await expect.poll(cells).toEqual([
      ['1.5', '2.25', '0'],
      ['−3', '1001', '−1'],
    ]);
  });

  it.each([
    ['1\t2\n3', 'Nothing was pasted: row 2 has 1 cell where the first has 2.'],
    ['1\t2\n3\tfour', 'Nothing was pasted: “four” in row 2, column 2 is not a number.'],
    ['1\t\n3\t4', 'Nothing was pasted: row 1, column 2 is empty.'],
  ])('changes nothing for %j, and says why', async (text, why) => {
    await copyElsewhere(text);
    await cell(1, 1).click();
    await press('Control+v');
    expect(await alert()).toBe(why);
    expect(await cells()).toEqual([
      ['1', '2', '0'],
      ['0', '1', '−1'],
    ]);
    expect(await hands.undoName()).toBe('Nothing to undo');
  });

  it('is copied as a table, by keys and by its button', async () => {
    await cell(1, 1).click();
    await press('Control+c');
    await expect.poll(clipboard).toBe('1\t2\t0\n0\t1\t-1');
    await copyElsewhere('');
    await panel().getByRole('button', { name: 'Copy as a table' }).click();
    await expect.poll(clipboard).toBe('1\t2\t0\n0\t1\t-1');
  });

  it('gains and loses rows and columns', async () => {
    const tool = (name: string) => panel().getByRole('button', { name, exact: true });
    await cell(1, 2).click();
    await tool('Add a row').click();
    await tool('Add a column').click();
    await expect.poll(cells).toEqual([
      ['1', '2', '0', '0'],
      ['0', '0', '0', '0'],
      ['0', '1', '0', '−1'],
    ]);
    await tool('Remove row 2').click();
    await tool('Remove column 3').click();
    await expect.poll(cells).toEqual([
      ['1', '2', '0'],
      ['0', '1', '−1'],
    ]);
    expect(await tool('Remove row 2').isEnabled()).toBe(true);
    await tool('Remove row 2').click();
    expect(await tool('Remove row 1').isDisabled()).toBe(true);
  });
});

describe('a batch in the inspector', () => {
  it('has a row for each example', async () => {
    await hands.example('Networks', 'XOR with two hidden units');
    await hands.pick('x');
    expect(await grid().locator('thead th').allTextContents()).toEqual(['example', '1', '2']);
    expect(await cells()).toEqual([
      ['0', '0'],
      ['0', '1'],
      ['1', '0'],
      ['1', '1'],
    ]);
    await look('inspector-batch');
    // The rows of the batch become those of a matrix, and examples again.
    const batched = panel().getByLabel('one per example');
    await batched.uncheck();
    const shape = panel().getByLabel('shape', { exact: true });
    await expect.poll(() => shape.inputValue()).toBe('4 × 2');
    await batched.check();
    await expect.poll(() => shape.inputValue()).toBe('2');
    expect(await cells()).toHaveLength(4);
  });

  it('comes from a spreadsheet where no value stood yet', async () => {
    await hands.fileMenu('New');
    await hands.put('input', { x: 200, y: 200 });
    await copyElsewhere('1\t2\n3\t4');
    await panel().getByLabel('value', { exact: true }).focus();
    await press('Control+v');
    await expect.poll(cells).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
    expect(await focused()).toBe('row 1, column 1: 1');
  });
});

describe('a shape', () => {
  it('is typed in any way people write it, and keeps the numbers that have a place', async () => {
    await matrix();
    const shape = panel().getByLabel('shape', { exact: true });
    await shape.fill('3, 2');
    await press('Enter');
    await expect.poll(cells).toEqual([
      ['1', '2'],
      ['0', '0'],
      ['1', '−1'],
    ]);
    await shape.fill('2×2');
    await press('Enter');
    await expect.poll(cells).toEqual([
      ['1', '2'],
      ['0', '0'],
    ]);
    await shape.fill('2 × two');
    await press('Enter');
    expect(await alert()).toBe(
      '“two” is no length of an axis: whole numbers from 1 are needed, like 3 × 4.',
    );
    await press('Escape');
    expect(await shape.inputValue()).toBe('2 × 2');
  });
});

describe('an initializer', () => {
  const spread = () => panel().getByTestId('distribution');
  const row = (name: string) => spread().locator('tr', { hasText: name });
  const drawn = (name: string) => row(name).locator('td').first().textContent();
  const expected = (name: string) => row(name).locator('td').nth(1).textContent();

  it('shows what it draws beside the density it draws from, at once', async () => {
    await hands.example('Networks to train', 'Two-layer net on MNIST');
    await hands.pick('W2');
    expect(await drawn('fan-in')).toBe('128');
    expect(await row('fan-out').count()).toBe(0);
    // √(2/128) = 1/8.
    expect(await expected('deviation')).toBe('0.125');
    expect(await drawn('deviation')).toMatch(/^0\.1[23]\d*$/);
    await spread().scrollIntoViewIfNeeded();
    await look('inspector-he');
    const before = await drawn('mean');
    await panel().getByRole('button', { name: 'New seed' }).click();
    await expect.poll(() => drawn('mean')).not.toBe(before);
    await panel().getByLabel('starts from').selectOption('xavierUniform');
    await expect.poll(() => expected('deviation')).toBe('0.1204');
    expect(await drawn('fan-out')).toBe('10');
    await toTop('.distribution');
    await look('inspector-xavier');
    await panel().getByLabel('starts from').selectOption('normal');
    const deviation = panel().getByLabel('deviation', { exact: true });
    await deviation.fill('3');
    await press('Enter');
    await expect.poll(() => expected('deviation')).toBe('3');
    expect(await row('fan-in').count()).toBe(0);
  });

  it('keeps the drawn numbers as a value, shown in the small where they are many', async () => {
    await hands.example('Networks to train', 'Two-layer net on MNIST');
    await hands.pick('W2');
    await panel().getByRole('button', { name: 'Keep the drawn numbers' }).click();
    expect(await panel().textContent()).toContain('1,280 numbers, too many to edit one by one.');
    expect(await panel().textContent()).toContain('the initializer and the seed are not used');
    await look('inspector-large');
    await panel().getByRole('button', { name: 'Copy as a table' }).click();
    await expect.poll(async () => (await clipboard()).split('\n').length).toBe(10);
    await panel().getByRole('button', { name: 'Remove the value' }).click();
    await panel().getByRole('button', { name: 'Keep the drawn numbers' }).waitFor();
  });
});

describe('several nodes', () => {
  it('are counted, and their common attributes set in one step', async () => {
    await hands.example('Networks to train', 'Two-layer net on MNIST');
    await hands.pick('W1', 'W2', 'b1');
    expect(await panel().getByRole('heading').first().textContent()).toBe('3 nodes selected');
    expect(await panel().getByTestId('selected-parts').textContent()).toBe('parameter3');
    expect(await panel().getByLabel('shape', { exact: true }).getAttribute('placeholder')).toBe(
      'mixed',
    );
    const start = panel().getByLabel('starts from');
    expect(await start.locator('option:checked').textContent()).toBe('mixed');
    await look('inspector-many');
    await start.selectOption('normal');
    await expect.poll(() => hands.undoName()).toContain('Set the initializer of 3 nodes');
    const deviation = panel().getByLabel('deviation', { exact: true });
    await deviation.fill('0.01');
    await press('Enter');
    await panel().getByLabel('frozen').check();
    await hands.pick('W2');
    expect(await deviation.inputValue()).toBe('0.01');
    expect(await panel().getByLabel('frozen').isChecked()).toBe(true);
    await hands.clickCanvas();
    for (let steps = 0; steps < 3; steps++) await press('Control+z');
    await expect.poll(() => hands.undoName()).toBe('Nothing to undo');
  });

  it('are all given the value that is typed, with its shape', async () => {
    await hands.example('First graphs', '(x + y)·z');
    await hands.pick('x', 'y', 'z');
    const value = panel().getByLabel('value', { exact: true });
    expect(await value.getAttribute('placeholder')).toBe('mixed');
    await value.fill('[1, 2]');
    await press('Enter');
    await expect.poll(() => hands.undoName()).toContain('Set the value of 3 nodes');
    expect(await panel().getByLabel('shape', { exact: true }).inputValue()).toBe('2');
    await value.fill('[1, 2');
    await press('Enter');
    expect(await alert()).toBe('A bracket is missing: every [ needs a ].');
    await press('Escape');
    await hands.clickCanvas();
    await press('Control+z');
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '2 over 4', wy: '3 over 4' });
  });

  it('of several operations are listed, with the wires', async () => {
    await hands.example('First graphs', '(x + y)·z');
    await hands.clickCanvas();
    await press('Control+a');
    expect(await panel().getByTestId('selected-parts').textContent()).toMatch(
      /input3.*add1.*multiply1.*wires\d of \d/,
    );
    expect(await panel().getByLabel('shape', { exact: true }).count()).toBe(0);
    await look('inspector-all');
  });
});

describe('the help of an operation', () => {
  it('has an example with its numbers, and can be folded away', async () => {
    await hands.example('Vectors and matrices', 'y = Wx');
    await hands.pick('y');
    const example = panel().getByTestId('example');
    expect(await example.locator('tbody tr').count()).toBe(3);
    await toTop('.help');
    await look('inspector-help');
    await panel().getByText('How it works').click();
    expect(await example.isVisible()).toBe(false);
    // It stays so from node to node.
    await hands.pick('L');
    expect(await example.isVisible()).toBe(false);
    await panel().getByText('How it works').click();
    await example.waitFor();
  });
});
