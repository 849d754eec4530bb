import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { boxOf, buildProduct, centerOf, EditorHands, productWires } from '../support/editor.ts';
import { type Desktop, launch, screenshots } from './launch.ts';

let desktop: Desktop;
let hands: EditorHands;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-editor-'));
  desktop = await launch();
  hands = new EditorHands(desktop.page);
  desktop.page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  desktop.page.on('pageerror', (error) => complaints.push(error.message));
  await hands.ready();
});
afterAll(async () => {
  await desktop?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Native boxes cannot be clicked by a test: the main process answers in the person's place. */
async function answerOpen(path: string): Promise<void> {
  await desktop.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, path);
}

async function answerSave(path: string): Promise<void> {
  await desktop.app.evaluate(({ dialog }, file) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
  }, path);
}

/** 1 is “Don't save”, by the order of the buttons in src/desktop/dialogs.ts. */
async function answerBox(response: number): Promise<void> {
  await desktop.app.evaluate(({ dialog }, chosen) => {
    dialog.showMessageBox = async () => ({ response: chosen, checkboxChecked: false });
  }, response);
}

async function product(): Promise<void> {
  await hands.workspace('Build');
  await hands.example('First graphs', '(x + y)·z');
}

beforeEach(async () => {
  await answerBox(1);
});

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

describe('the first document', () => {
  it('is (x + y)·z, with value and gradient on every wire', async () => {
    expect(await hands.wires()).toEqual({
      wx: '2 over 4',
      wy: '3 over 4',
      ww: '5 over 4',
      wz: '4 over 5',
    });
    expect(await hands.page.getByTestId('readout-mul').textContent()).toContain('20');
  });

  it('keeps the wire at the port, whatever is typed', async () => {
    /** How far from the node's edge the wire begins. */
    const distance = () =>
      hands.page.evaluate(() => {
        const node = document.querySelector<HTMLElement>('.react-flow__node[data-id="x"]');
        const line = document.querySelector('.react-flow__edge[data-id="wx"] .wire-line');
        const [, x = ''] = /^M\s*([-\d.]+)/.exec(line?.getAttribute('d') ?? '') ?? [];
        return node ? Number(x) - (Number.parseFloat(node.style.left) + node.offsetWidth) : NaN;
      });
    const usual = await distance();
    for (const value of ['0.25', '−1.25', '123456', '0.5', '[1, 2, 3]', '2']) {
      await hands.type('x', value);
      // A node's width is no whole number of pixels, where it was measured.
      await expect.poll(async () => Math.abs((await distance()) - usual)).toBeLessThan(1.5);
    }
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '2 over 4', wz: '4 over 5' });
  });
});

describe('building by hand', () => {
  beforeAll(async () => {
    await answerBox(1);
    await hands.fileMenu('New');
    expect(await hands.page.locator('.react-flow__node').count()).toBe(0);
    await buildProduct(hands);
  });

  it('shows 5 and 20, and gradients 4, 4, 4, 5, once the graph is drawn and typed', async () => {
    expect(await hands.wires()).toEqual(productWires);
    const readout = hands.page.getByTestId('readout-mul');
    expect(await readout.locator('.readout-pill .value').textContent()).toBe('20');
    expect(await readout.locator('.gradient').textContent()).toBe('1');
  });

  it('follows a typed value at once', async () => {
    await hands.type('x', '−1');
    await expect.poll(() => hands.wires()).toMatchObject({ wire3: '2 over 4', wire4: '4 over 2' });
    await hands.type('x', '2');
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('changes nothing where a value is opened and left as it is', async () => {
    await hands.node('y').locator('.source-value').click();
    await hands.page.keyboard.press('Enter');
    await hands.node('z').locator('.source-value').click();
    await hands.clickCanvas();
    // The step before is the one that undo takes back.
    await hands.page.keyboard.press('Control+z');
    await expect.poll(() => hands.wires()).toMatchObject({ wire3: '2 over 4', wire4: '4 over 2' });
    await hands.page.keyboard.press('Control+Shift+z');
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('keeps what cannot be read in the field, with a sentence, and takes it back on Escape', async () => {
    await hands.type('x', '2, 3');
    const field = hands.node('x').getByRole('textbox');
    expect(await field.inputValue()).toBe('2, 3');
    expect(await hands.node('x').getByRole('alert').textContent()).toContain('neither a number');
    await hands.page.keyboard.press('Escape');
    expect(await hands.node('x').locator('.source-value').textContent()).toBe('2');
  });

  it('refuses a wire that would close a cycle, says why, and changes nothing', async () => {
    await hands.connect('mul', 'add', 'c');
    expect(await hands.bubble().textContent()).toMatch(/close a cycle/);
    expect(Object.keys(await hands.wires())).toHaveLength(4);
    expect(await hands.page.getByRole('status').first().textContent()).toMatch(/close a cycle/);
  });

  it('refuses a wire whose shapes do not fit, and says why', async () => {
    await hands.put('matmul', { x: 330, y: 470 });
    await hands.connect('z', 'matmul', 'a');
    await hands.connect('y', 'matmul', 'b');
    expect(await hands.bubble().textContent()).toMatch(/matrices and vectors/);
    await hands.page.keyboard.press('Escape');
    await hands.page.keyboard.press('Control+z');
    await hands.page.keyboard.press('Control+z');
    expect(await hands.page.locator('.react-flow__node').count()).toBe(5);
  });

  it('replaces the wire that entered a port already', async () => {
    await hands.connect('y', 'mul', 'b');
    await expect.poll(() => hands.page.locator('.react-flow__edge').count()).toBe(4);
    await expect.poll(() => hands.wires()).toMatchObject({ wire3: '5 over 3' });
    await hands.page.keyboard.press('Control+z');
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('says at the node what is missing when a wire is deleted, and heals on undo', async () => {
    await hands.wire('wire3').click();
    await hands.page.keyboard.press('Delete');
    const sentence = 'has nothing connected to its input a';
    await hands.node('mul').locator('.node-error-text').waitFor({ state: 'attached' });
    expect(await hands.node('mul').locator('.node-error-text').textContent()).toContain(sentence);
    expect(await hands.page.locator('.problems').textContent()).toContain(sentence);
    await hands.page.keyboard.press('Control+z');
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('makes one step of a drag, and undoes and redoes everything', async () => {
    const symbol = hands.node('add').locator('.operation-symbol');
    const before = await centerOf(symbol);
    await hands.drag(before, { x: before.x + 30, y: before.y - 60 });
    const moved = async () => Math.round(((await centerOf(symbol)).y - before.y) / 4) * 4;
    await expect.poll(moved).toBe(-60);
    await hands.page.keyboard.press('Control+z');
    await expect.poll(moved).toBe(0);
    const undo = hands.page.getByRole('button', { name: 'Undo' });
    let steps = 0;
    for (; await undo.isEnabled(); steps++) await undo.click();
    expect(await hands.page.locator('.react-flow__node').count()).toBe(0);
    for (; steps > 0; steps--) await hands.page.keyboard.press('Control+Shift+z');
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('keeps a selection when further nodes are clicked with Shift or Ctrl', async () => {
    await hands.clickCanvas();
    const names = () => hands.page.locator('.react-flow__node.selected').count();
    await hands.node('add').locator('.operation-symbol').click();
    await hands
      .node('mul')
      .locator('.operation-symbol')
      .click({ modifiers: ['Shift'] });
    await hands
      .node('x')
      .locator('.math-name')
      .click({ modifiers: ['Control'] });
    expect(await names()).toBe(3);
    await hands
      .node('add')
      .locator('.operation-symbol')
      .click({ modifiers: ['Control'] });
    expect(await names()).toBe(2);
    await hands.clickCanvas();
    expect(await names()).toBe(0);
  });
});

describe('the wire’s story', () => {
  it('multiplies local by upstream, with the graph’s own names', async () => {
    await product();
    await hands.wire('ww').click();
    const story = hands.inspector();
    expect(await story.getByTestId('factor-local').textContent()).toBe('4local');
    expect(await story.getByTestId('factor-upstream').textContent()).toBe('1upstream');
    expect(await story.getByTestId('factor-flows back').textContent()).toBe('4flows back');
    expect(await story.locator('annotation').first().textContent()).toContain('z \\cdot');
    expect(await story.textContent()).toContain('switcher');
  });
});

describe('the film', () => {
  beforeAll(async () => {
    await answerBox(1);
    await product();
    await hands.workspace('Trace');
    await hands.clickCanvas();
  });

  it('begins with nothing known', async () => {
    expect(new Set(Object.values(await hands.wires()))).toEqual(new Set(['? over ?']));
  });

  it('steps forward, then backward, in words and numbers', async () => {
    const { keyboard } = hands.page;
    const told: string[] = [];
    for (let step = 0; step < 7; step++) {
      await keyboard.press('ArrowRight');
      told.push((await hands.caption().textContent()) ?? '');
    }
    expect(told).toEqual([
      'Given: x = 2, y = 3, z = 4',
      'Add: 2 + 3 = 5',
      'Multiply: 5 × 4 = 20',
      'Start at the loss: ∂L/∂f = 1',
      'The upstream gradient 1 arrives at multiply',
      'Locally, f changes 4 times as fast as w',
      'Multiply passes the upstream gradient times the value on the other wire: 4 × 1 = 4',
    ]);
    expect(await hands.wires()).toMatchObject({ ww: '5 over 4', wz: '4 over ?', wx: '2 over ?' });
    expect(await hands.page.locator('.bead').count()).toBe(1);
    await keyboard.press('ArrowLeft');
    expect(await hands.wires()).toMatchObject({ ww: '5 over 4×1' });
    await keyboard.press('End');
    expect(await hands.wires()).toMatchObject({ wx: '2 over 4', wz: '4 over 5' });
    await keyboard.press('Home');
    expect(await hands.page.getByTestId('film-position').textContent()).toBe('0 of 16');
  });

  it('shows the new numbers, and none of the old, after an edit in the middle', async () => {
    const { keyboard } = hands.page;
    for (let step = 0; step < 7; step++) await keyboard.press('ArrowRight');
    await hands.type('z', '10');
    await expect.poll(() => hands.wires()).toMatchObject({ wz: '10 over ?', ww: '5 over 10' });
    expect(await hands.caption().textContent()).toContain('10 × 1 = 10');
    await keyboard.press('Control+z');
    await expect.poll(() => hands.wires()).toMatchObject({ wz: '4 over ?', ww: '5 over 4' });
  });

  it('plays by itself and pauses', async () => {
    const { page } = hands;
    await hands.clickCanvas();
    await page.keyboard.press('Home');
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
    await hands.clickCanvas();
    await page.keyboard.press(' ');
    await expect.poll(() => page.getByTestId('film-position').textContent()).toBe('3 of 16');
    await page.keyboard.press(' ');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await page.getByRole('combobox', { name: 'Speed' }).selectOption('1');
  });

  it('stands still for those who ask for less motion', async () => {
    const { page } = hands;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await hands.clickCanvas();
    await page.keyboard.press('Home');
    for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowRight');
    expect(await page.locator('.bead').first().isVisible()).toBe(false);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  });
});

describe('files', () => {
  it('saves through the native dialog and opens again, equal', async () => {
    await product();
    await hands.type('x', '7');
    const path = join(folder, 'mine.gradwire');
    await answerSave(path);
    await hands.page.keyboard.press('Control+s');
    const name = hands.page.getByTestId('document-name');
    await expect.poll(() => name.textContent()).toBe('mine');
    const saved = readFileSync(path, 'utf8');
    await hands.example('Networks to train', 'Two-layer net on MNIST');
    await answerOpen(path);
    await hands.fileMenu('Open…');
    await expect.poll(() => name.textContent()).toBe('mine');
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '7 over 4', ww: '10 over 4' });
    await hands.page.keyboard.press('Control+Shift+s');
    await expect.poll(() => readFileSync(path, 'utf8')).toBe(saved);
  });

  it('marks unsaved changes until they are saved', async () => {
    const unsaved = hands.page.getByRole('img', { name: 'unsaved changes' });
    expect(await unsaved.count()).toBe(0);
    await hands.type('x', '8');
    await unsaved.waitFor();
    await hands.page.keyboard.press('Control+z');
    await unsaved.waitFor({ state: 'detached' });
  });

  it.each([
    ['cut-off.gradwire', '{"format": "gradwire", "nodes": [', /damaged/],
    ['newer.gradwire', '{"format": "gradwire", "version": 99, "nodes": []}', /newer/],
    ['other.gradwire', '{"some": "json"}', /not a Gradwire document/],
  ])('refuses %s with one sentence and keeps the document', async (file, text, sentence) => {
    await product();
    const path = join(folder, file);
    writeFileSync(path, text);
    await answerOpen(path);
    await hands.fileMenu('Open…');
    const message = hands.page.getByTestId('message');
    await message.waitFor();
    expect(await message.textContent()).toMatch(sentence);
    expect(await message.textContent()).toContain(file);
    await hands.page.getByRole('button', { name: 'Close' }).click();
    await message.waitFor({ state: 'detached' });
    expect(await hands.wires()).toMatchObject({ ww: '5 over 4' });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('opens what is whole of a damaged document and reports the rest', async () => {
    const path = join(folder, 'half.gradwire');
    const document = {
      format: 'gradwire',
      version: 1,
      title: 'half',
      nodes: [
        { id: 'x', op: 'input', label: 'x', attrs: { value: 3 }, position: { x: 0, y: 0 } },
        { id: 'q', op: 'nonsense', label: 'q', attrs: {}, position: { x: 200, y: 0 } },
      ],
      wires: [],
    };
    writeFileSync(path, JSON.stringify(document));
    await answerOpen(path);
    await hands.fileMenu('Open…');
    const message = hands.page.getByTestId('message');
    await message.waitFor();
    expect(await message.textContent()).toContain('nonsense');
    await hands.page.getByRole('button', { name: 'Close' }).click();
    await message.waitFor({ state: 'detached' });
    expect(await hands.page.locator('.react-flow__node').count()).toBe(1);
  });
});

describe('how it looks', () => {
  const sizes = [
    [1280, 720],
    [1440, 900],
  ] as const;

  it.each(sizes)('fits %i × %i in light and dark, without a scroll bar', async (width, height) => {
    const { page } = hands;
    for (const colorScheme of ['light', 'dark'] as const) {
      await desktop.app.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height] as const,
      );
      await page.emulateMedia({ colorScheme });
      await product();
      await page.getByRole('button', { name: 'Fit' }).click();
      await page.waitForTimeout(400);
      const shot = (name: string) =>
        page.screenshot({ path: join(screenshots, `${name}-${width}-${colorScheme}.png`) });
      await shot('build');
      await hands.workspace('Trace');
      await hands.clickCanvas();
      for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(150);
      await shot('trace');
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow).toBe(0);
      const bar = await boxOf(page.locator('.bottom-bar'));
      expect(bar.y + bar.height).toBeLessThanOrEqual(await page.evaluate(() => window.innerHeight));
    }
    await page.emulateMedia({ colorScheme: null });
  });
});
