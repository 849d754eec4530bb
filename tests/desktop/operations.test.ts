import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { applyEdit, layout, readParsed, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { boxOf, centerOf, EditorHands } from '../support/editor.ts';
import { graphCases } from '../support/goldens.ts';
import { type Desktop, launch, screenshots } from './launch.ts';

let desktop: Desktop;
let hands: EditorHands;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-operations-'));
  desktop = await launch();
  hands = new EditorHands(desktop.page);
  desktop.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  desktop.page.on('pageerror', (error) => complaints.push(error.message));
  await hands.ready();
  await desktop.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900),
  );
});
afterAll(async () => {
  await desktop?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  // Unsaved changes are given up: 1 is “Don't save”.
  await desktop.app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
  });
});
afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

type NodeSketch = readonly [id: string, op: string, attrs?: object];
type WireSketch = readonly [from: string, to: string, port: string];

let files = 0;

async function openText(text: string): Promise<void> {
  const name = `sketch${++files}`;
  const path = join(folder, `${name}.gradwire`);
  writeFileSync(path, text);
  await desktop.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, path);
  await hands.workspace('Build');
  await hands.fileMenu('Open…');
  await expect.poll(() => hands.page.getByTestId('document-name').textContent()).toBe(name);
}

/** Opens a small graph, its nodes from left to right. */
async function open(
  nodes: readonly NodeSketch[],
  wires: readonly WireSketch[],
  loss?: string,
): Promise<void> {
  const layer = new Map<string, number>();
  const row = new Map<number, number>();
  const place = (id: string) => {
    const depth = Math.max(
      0,
      ...wires.filter(([, to]) => to === id).map(([from]) => (layer.get(from) ?? 0) + 1),
    );
    layer.set(id, depth);
    const at = row.get(depth) ?? 0;
    row.set(depth, at + 1);
    return { x: depth * 230, y: at * 150 + depth * 30 };
  };
  const document = {
    format: 'gradwire',
    version: 1,
    title: '',
    nodes: nodes.map(([id, op, attrs = {}]) => ({ id, op, label: id, attrs, position: place(id) })),
    wires: wires.map(([from, to, port]) => ({
      id: `${from}-${to}-${port}`,
      from: { node: from, port: 'out' },
      to: { node: to, port },
    })),
    ...(loss ? { loss: { node: loss } } : {}),
  };
  await openText(JSON.stringify(document));
}

const scalar = (value: number) => ({ shape: [], value });
const vector = (...value: number[]) => ({ shape: [value.length], value });

async function command(id: string): Promise<void> {
  await desktop.app.evaluate(({ Menu }, item) => {
    Menu.getApplicationMenu()?.getMenuItemById(item)?.click();
  }, id);
}

async function shot(name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await hands.page.emulateMedia({ colorScheme });
    await hands.page.waitForTimeout(250);
    await hands.page.screenshot({ path: join(screenshots, `ops-${name}-${colorScheme}.png`) });
  }
  await hands.page.emulateMedia({ colorScheme: null });
}

async function selectNode(id: string): Promise<void> {
  await hands.node(id).locator('.operation-symbol, .math-name').first().click();
}

function facts(label: string): Locator {
  return hands.inspector().locator(`dt:text-is("${label}") + dd`);
}

describe('the gradient check', () => {
  it('stands in the wire’s story, to six digits, with its difference', async () => {
    await hands.workspace('Build');
    await hands.example('First graphs', '(x + y)·z');
    await hands.wire('ww').click();
    const check = hands.page.getByTestId('numeric-check');
    await expect.poll(() => check.textContent()).toBe('4.000000 ✓');
    expect(await check.getAttribute('title')).toMatch(/relative difference \d/);
    await shot('check-wire');
  });

  it('is told by the film only once the gradient is', async () => {
    await hands.workspace('Trace');
    await hands.page.keyboard.press('Home');
    expect(await hands.page.getByTestId('numeric-check').count()).toBe(0);
    await hands.page.keyboard.press('End');
    await expect
      .poll(() => hands.page.getByTestId('numeric-check').textContent())
      .toBe('4.000000 ✓');
  });

  it('follows an edit', async () => {
    await hands.workspace('Build');
    await hands.type('z', '−7');
    await hands.wire('ww').click();
    await expect
      .poll(() => hands.page.getByTestId('numeric-check').textContent())
      .toBe('−7.000000 ✓');
  });

  it('calls a kink a kink', async () => {
    await open(
      [
        ['x', 'parameter', scalar(0)],
        ['r', 'relu'],
      ],
      [['x', 'r', 'x']],
      'r',
    );
    await hands.wire('x-r-x').click();
    const check = hands.page.getByTestId('numeric-check');
    await expect.poll(() => check.textContent()).toMatch(/kink/);
    expect(await check.getAttribute('title')).toMatch(/slope differs/);
  });

  it('of a node is that of the sum over its wires', async () => {
    await open(
      [
        ['x', 'input', scalar(3)],
        ['f', 'mul'],
      ],
      [
        ['x', 'f', 'a'],
        ['x', 'f', 'b'],
      ],
      'f',
    );
    await selectNode('x');
    await expect
      .poll(() => hands.page.getByTestId('numeric-check').textContent())
      .toBe('6.000000 ✓');
  });

  it('of the whole graph is a command, and lists every wire, what disagrees first', async () => {
    await open(
      [
        ['x', 'parameter', scalar(0)],
        ['y', 'input', scalar(2)],
        ['r', 'relu'],
        ['f', 'mul'],
      ],
      [
        ['x', 'r', 'x'],
        ['r', 'f', 'a'],
        ['y', 'f', 'b'],
      ],
      'f',
    );
    await command('graph.check');
    const rows = hands.inspector().locator('.check-table tbody tr');
    await expect.poll(() => rows.count()).toBe(3);
    expect(await rows.first().textContent()).toMatch(/x → r.*kink/);
    expect(await hands.inspector().locator('.check-summary').textContent()).toBe(
      '1 gradient stands at a kink; the other 2 agree.',
    );
    await shot('check-all');
    await rows.nth(1).getByRole('button').click();
    await expect.poll(() => hands.inspector().locator('h2').textContent()).toMatch(/^Wire/);
  });
});

describe('diagnoses', () => {
  it('stand in the strip and at the node, with advice, and lead there', async () => {
    await open(
      [
        ['x', 'input', scalar(9)],
        ['y', 'input', scalar(1)],
        ['p', 'sigmoid'],
        ['L', 'squaredError'],
      ],
      [
        ['x', 'p', 'x'],
        ['p', 'L', 'prediction'],
        ['y', 'L', 'target'],
      ],
      'L',
    );
    const strip = hands.page.locator('.problems');
    expect(await strip.textContent()).toMatch(/“p” is saturated/);
    await strip.click();
    const list = hands.page.getByRole('list', { name: 'Problems and hints' });
    expect(await list.getByRole('button').count()).toBe(2);
    expect(await list.textContent()).toContain('Use the cross-entropy');
    await shot('diagnoses');
    await list.getByRole('button').first().click();
    await expect.poll(() => hands.node('p').getAttribute('data-selected')).toBe('true');
    expect(await hands.inspector().textContent()).toContain('Start from smaller weights');
    expect(await hands.node('p').locator('.node-error-mark').getAttribute('aria-label')).toMatch(
      /saturated/,
    );
    await strip.press('Escape');
    await list.waitFor({ state: 'detached' });
  });

  it('keep silent in a film until it has ended', async () => {
    await hands.workspace('Trace');
    await hands.clickCanvas();
    await hands.page.keyboard.press('Home');
    expect(await hands.page.locator('.problems').count()).toBe(0);
    await hands.page.keyboard.press('End');
    await hands.page.locator('.problems').waitFor();
  });

  it('say where a NaN comes from, at every place it has reached', async () => {
    await open(
      [
        ['x', 'input', scalar(-1)],
        ['l', 'log'],
        ['f', 'square'],
      ],
      [
        ['x', 'l', 'x'],
        ['l', 'f', 'x'],
      ],
      'f',
    );
    expect(await hands.wires()).toMatchObject({ 'l-f-x': 'NaN over NaN' });
    expect(await hands.page.locator('.problems').textContent()).toContain('first node that gives');
    await selectNode('f');
    const origin = hands.page.getByTestId('not-finite');
    expect(await origin.textContent()).toContain('“l” is the first node that gives NaN');
    await shot('not-finite');
    await origin.getByRole('button').click();
    await expect.poll(() => hands.node('l').getAttribute('data-selected')).toBe('true');
  });
});

describe('counters', () => {
  it('give weights, biases and work of a node, and the sums of the document', async () => {
    await open(
      [
        ['x', 'input', vector(1, 2, 3)],
        ['W', 'parameter', { shape: [4, 3], init: { kind: 'he' } }],
        ['b', 'parameter', { shape: [4], init: { kind: 'constant', value: 0 } }],
        ['h', 'affine'],
        ['L', 'sum'],
      ],
      [
        ['x', 'h', 'x'],
        ['W', 'h', 'w'],
        ['b', 'h', 'b'],
        ['h', 'L', 'x'],
      ],
      'L',
    );
    await selectNode('h');
    expect(await facts('weights').textContent()).toBe('12');
    expect(await facts('biases').textContent()).toBe('4');
    expect(await facts('multiplications').textContent()).toBe('12');
    expect(await facts('shape').textContent()).toBe('4');
    await shot('node-affine');
    await hands.clickCanvas();
    expect(await facts('parameters').textContent()).toBe('16');
    await shot('document');
  });
});

describe('composites', () => {
  it('expand by E, in a frame that knows what it was, and collapse by Shift+E', async () => {
    await open(
      [
        ['x', 'input', scalar(0.5)],
        ['s', 'sigmoid'],
        ['f', 'square'],
      ],
      [
        ['x', 's', 'x'],
        ['s', 'f', 'x'],
      ],
      'f',
    );
    const before = await hands.wires();
    await selectNode('s');
    await hands.page.keyboard.press('e');
    const frame = hands.page.getByRole('region', { name: /^Frame s = sigmoid/ });
    await frame.waitFor();
    expect(await hands.node('s').count()).toBe(0);
    expect(await hands.inspector().locator('h2').textContent()).toMatch(/^Frame/);
    // Wider than the view, it is brought into it.
    const canvas = await boxOf(hands.page.getByTestId('canvas'));
    await expect
      .poll(async () => {
        const { x, width } = await boxOf(frame);
        return x + width;
      })
      .toBeLessThan(canvas.x + canvas.width);
    await shot('expanded');
    await hands.page.keyboard.press('Shift+E');
    await frame.waitFor({ state: 'detached' });
    expect(await hands.wires()).toEqual(before);
    expect(await hands.node('s').getAttribute('data-selected')).toBe('true');
  });

  it('are one step of undo', async () => {
    await hands.inspector().getByRole('button', { name: 'Expand' }).click();
    const frame = hands.page.getByRole('region', { name: /^Frame/ });
    await frame.waitFor();
    await hands.page.keyboard.press('Control+z');
    await frame.waitFor({ state: 'detached' });
    await hands.node('s').waitFor();
    await hands.page.keyboard.press('Control+Shift+z');
    await frame.waitFor();
  });

  it('move together by their header, as one step', async () => {
    const header = hands.page.locator('.frame-title');
    const inside = hands.page.locator('.react-flow__node').filter({ hasText: 'exp' }).first();
    const from = await boxOf(inside);
    const start = await centerOf(header);
    await hands.drag(start, { x: start.x + 40, y: start.y + 80 });
    const to = await boxOf(inside);
    expect(to.x - from.x).toBeCloseTo(40, 0);
    expect(to.y - from.y).toBeCloseTo(80, 0);
    await hands.page.keyboard.press('Control+z');
    await expect.poll(async () => (await boxOf(inside)).y).toBeCloseTo(from.y, 0);
    // And by keys.
    await header.focus();
    await hands.page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await boxOf(inside)).y).toBeGreaterThan(from.y);
    await hands.page.keyboard.press('Control+z');
  });

  it('refuse to collapse once the inside computes something else, and say why', async () => {
    const inside = hands.page.locator('.react-flow__node').filter({ hasText: 'exp' }).first();
    await inside.locator('.operation-symbol').click();
    // Of the parts that were selected together, the one that is clicked stays.
    expect(await hands.page.locator('.react-flow__node.selected').count()).toBe(1);
    await hands.page.keyboard.press('Delete');
    // It says that it is disabled, and why when it is pressed all the same.
    await hands.page.locator('.frame-collapse').click({ force: true });
    expect(await hands.bubble().textContent()).toMatch(/cannot be collapsed.*no longer sigmoid/);
    await hands.page.keyboard.press('Control+z');
    await hands.page.locator('.frame-collapse').click();
    await hands.node('s').waitFor();
  });

  it('elementary operations say that there is nothing inside', async () => {
    await selectNode('f');
    await hands.page.keyboard.press('e');
    // A square is a product with itself.
    await hands.page.getByRole('region', { name: /^Frame f = square/ }).waitFor();
    await hands.page.keyboard.press('Control+z');
    await selectNode('x');
    await hands.page.keyboard.press('e');
    expect(await hands.bubble().textContent()).toMatch(/elementary/);
  });
});

describe('formulas', () => {
  it('become a graph of elementary nodes, laid out and selected, as one step', async () => {
    await hands.workspace('Build');
    await hands.fileMenu('New');
    const { page } = hands;
    await page.keyboard.press('/');
    await page.keyboard.type('1/(1+exp(-(w0*x0+w1*x1+w2)))');
    expect(await page.getByRole('button', { name: /^Add a formula node/ }).count()).toBe(1);
    await shot('formula-typed');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(14);
    expect(await page.locator('.react-flow__node.selected').count()).toBe(14);
    await page.waitForTimeout(400);
    await shot('formula-graph');
    expect(await page.getByTestId(/^readout/).textContent()).toContain('0.9526');
    await hands.clickCanvas();
    await page.keyboard.press('Control+z');
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(0);
  });

  it('say under the field what cannot be read, and change nothing', async () => {
    const { page } = hands;
    const field = page.getByRole('searchbox');
    await field.fill('foo(a)+1');
    const alert = page.getByRole('complementary', { name: 'Operations' }).getByRole('alert');
    expect(await alert.textContent()).toMatch(/foo/);
    await field.press('Enter');
    expect(await page.locator('.react-flow__node').count()).toBe(0);
    await shot('formula-problem');
    await field.fill('');
  });

  it('become one node with all its local gradients, edited in its details', async () => {
    const { page } = hands;
    await page.getByRole('searchbox').fill('= a*exp(-b^2)');
    await page.getByRole('button', { name: /^Add a formula node/ }).click();
    await hands.node('formula').waitFor();
    const locals = page.getByTestId('local-gradients');
    expect(await locals.locator('.katex').count()).toBe(2);
    await shot('formula-node');
    const field = hands.inspector().getByRole('textbox', { name: 'expression' });
    await field.fill('a*(b');
    await field.press('Enter');
    expect(await hands.inspector().getByRole('alert').textContent()).toMatch(/./);
    await field.fill('a*b*c');
    await field.press('Enter');
    await expect.poll(() => locals.locator('.katex').count()).toBe(3);
  });

  it('are copied as text', async () => {
    await hands.example('First graphs', '(x + y)·z');
    await selectNode('mul');
    await hands.inspector().getByRole('button', { name: 'Copy as text' }).click();
    expect(await hands.inspector().getByRole('status').textContent()).toBe('Copied');
    const text = await desktop.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(text.replaceAll(' ', '')).toBe('(x+y)*z');
  });
});

describe('help', () => {
  it('explains an operation: in words, as a formula, and each local gradient', async () => {
    await selectNode('mul');
    const details = hands.inspector();
    expect(await details.textContent()).toContain('switcher');
    expect(await details.textContent()).toMatch(/Backward, it passes/);
    expect(await hands.page.getByTestId('local-gradients').locator('.katex').count()).toBe(2);
    await shot('node-mul');
  });
});

describe('the Jacobian', () => {
  it('is shown on demand where the local gradient has no shorter form', async () => {
    await open(
      [
        ['x', 'input', vector(0, Math.log(3))],
        ['c', 'constant', vector(1, 0)],
        ['p', 'softmax'],
        ['f', 'dot'],
      ],
      [
        ['x', 'p', 'x'],
        ['p', 'f', 'a'],
        ['c', 'f', 'b'],
      ],
      'f',
    );
    await hands.wire('x-p-x').click();
    await hands.inspector().getByRole('button', { name: 'Show the Jacobian' }).click();
    const cells = hands.page.getByTestId('jacobian').locator('.jacobian > span');
    expect(await cells.allTextContents()).toEqual(['0.19', '−0.19', '−0.19', '0.19']);
    await cells.nth(1).hover();
    expect(await hands.page.locator('.jacobian-caption').textContent()).toBe(
      'row 1, column 2: −0.1875',
    );
    await shot('jacobian');
  });
});

describe('larger graphs', () => {
  it.each(['random-5', 'g-gplvm', 'm-lenet-like'])('stay legible: %s', async (name) => {
    const golden = graphCases().find((each) => each.name === name);
    if (!golden) throw new Error(`There is no golden graph ${name}.`);
    const { document } = readParsed(golden.document, catalogue);
    const positions = layout(document);
    const laidOut = applyEdit(document, { type: 'moveNodes', positions }, catalogue);
    await openText(writeDocument(laidOut, catalogue));
    await hands.page.waitForTimeout(400);
    await shot(`large-${name}`);
    const longest = hands.longestPause();
    await command('graph.check');
    await expect
      .poll(() => hands.inspector().locator('.check-summary').textContent(), { timeout: 60_000 })
      .toMatch(/agree|kink/);
    await hands.enough();
    // No measure of speed: on the page's own thread the check would hold it for seconds.
    expect(await longest).toBeLessThan(1000);
    await shot(`large-checked-${name}`);
  });
});
