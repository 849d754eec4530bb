import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Random, seededRandom } from '#tensor';
import { boxOf, type EditorHands, type Point } from '../support/editor.ts';
import { type EditorUnderTest, startEditor } from './launch.ts';

const gestureCount = 200;
/** Another walk: `GESTURES=7 npm run test:desktop -- tests/desktop/gestures.test.ts`. */
const seed = Number(process.env.GESTURES ?? 1);

let editor: EditorUnderTest;
let hands: EditorHands;
let page: Page;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-gestures-'));
  editor = await startEditor({ width: 1440, height: 900 });
  ({ hands, page } = editor);
});
afterAll(async () => {
  await editor?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What the document is now, as its file. */
async function saved(name: string): Promise<string> {
  const path = join(folder, `${name}.gradwire`);
  await editor.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await hands.fileMenu('Save as…');
  let text = '';
  await expect
    .poll(() => {
      try {
        text = readFileSync(path, 'utf8');
      } catch {
        return '';
      }
      return text;
    })
    .toMatch(/\}\n$/);
  return text;
}

/** Middles of what can be seen of a kind of thing, and is not covered. */
const places = (selector: string): Promise<Point[]> =>
  page.evaluate((wanted) => {
    const found = [...document.querySelectorAll(wanted)].map((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return { each, x: x + width / 2, y: y + height / 2 };
    });
    return found
      .filter(({ each, x, y }) => {
        const top = document.elementFromPoint(x, y);
        return top && (each.contains(top) || top.contains(each));
      })
      .map(({ x, y }) => ({ x, y }));
  }, selector);

/** What a person may do at any moment, each by name. */
function gesturesOf(random: Random): Readonly<Record<string, () => Promise<void>>> {
  const { mouse, keyboard } = page;
  const pick = <V>(list: readonly V[]): V | undefined =>
    list.length > 0 ? list[random.index(list.length)] : undefined;
  const one = async (selector: string) => pick(await places(selector));
  const anywhere = async (): Promise<Point> => {
    const { x, y, width, height } = await boxOf(page.getByTestId('canvas'));
    return { x: x + 20 + random.index(width - 40), y: y + 20 + random.index(height - 40) };
  };
  const press =
    (...keys: readonly string[]) =>
    async () => {
      await keyboard.press(pick(keys) ?? 'Escape');
    };
  const modifiers = ['Shift', 'Control', 'Alt', undefined, undefined, undefined];
  const held = async (act: () => Promise<void>) => {
    const modifier = pick(modifiers);
    if (modifier) await keyboard.down(modifier);
    await act();
    if (modifier) await keyboard.up(modifier);
  };
  const click = (selector: string) => async () => {
    const at = await one(selector);
    if (at) await held(() => mouse.click(at.x, at.y));
  };
  const dragFrom = (selector: string, to: () => Promise<Point | undefined>) => async () => {
    const [from, end] = [await one(selector), await to()];
    if (from && end) await hands.drag(from, end);
  };
  return {
    'click a node': click('.react-flow__node'),
    'click a wire': click('.wire-label'),
    'click the canvas': async () => {
      const at = await anywhere();
      await held(() => mouse.click(at.x, at.y));
    },
    'double-click': async () => {
      const at = (await one('.wire-label, .react-flow__node')) ?? (await anywhere());
      await mouse.dblclick(at.x, at.y);
    },
    'drag a node': dragFrom('.react-flow__node', anywhere),
    'drag a node onto a wire': dragFrom('.react-flow__node', () => one('.wire-label')),
    'draw a wire': dragFrom('.port', () => one('.port')),
    'draw a wire into nothing': dragFrom('.port', anywhere),
    'drag the canvas': async () => held(async () => hands.drag(await anywhere(), await anywhere())),
    'take an operation from the palette': dragFrom('[data-testid^="palette-"]', anywhere),
    'click an operation in the palette': click('[data-testid^="palette-"]'),
    'type a value': async () => {
      const at = await one('.source-value');
      if (!at) return;
      await mouse.click(at.x, at.y);
      await keyboard.type(pick(['2', '-1.5', '[1, 2, 3]', '[[1, 2], [3, 4]]', 'nonsense']) ?? '0');
      await press('Enter', 'Enter', 'Escape', 'Tab')();
    },
    'turn the wheel': async () => {
      const { x, y } = await anywhere();
      await mouse.move(x, y);
      await held(() => mouse.wheel(0, 240 - random.index(480)));
    },
    rename: async () => {
      await keyboard.press('F2');
      await keyboard.type(pick(['q', 'W_1', 'ŷ', '']) ?? '');
      await press('Enter', 'Escape')();
    },
    'write a note': async () => {
      await keyboard.press('n');
      await keyboard.type(pick(['# Title', '$x_1$', '**', '']) ?? '');
      await press('Escape', 'Control+Enter', 'Tab')();
    },
    'drag a note': dragFrom('.note-card, .note-corner', anywhere),
    'choose a workspace': click('nav button'),
    remove: press('Delete', 'Backspace', 'Control+Delete'),
    undo: press('Control+z'),
    redo: press('Control+Shift+z'),
    copy: press('Control+c', 'Control+x'),
    paste: press('Control+v', 'Control+Shift+v', 'Control+d'),
    'select all': press('Control+a'),
    arrow: press('ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Shift+ArrowUp'),
    'expand or collapse': press('e', 'Shift+e'),
    play: press(' ', 'r', 'Home', 'End'),
    replicas: press('m'),
    'go along': press('u', 'd', 'i', 'l'),
    focus: press('Tab', 'Shift+Tab', 'Enter'),
    escape: press('Escape'),
  };
}

it(`${gestureCount} random gestures raise no error, and all of them can be undone`, async () => {
  await hands.example('The sigmoid neuron', 'Sigmoid neuron, σ as one node');
  const start = await saved('start');
  const random = seededRandom(seed, 'gestures');
  const gestures = gesturesOf(random);
  const names = Object.keys(gestures);
  const trail: string[] = [];
  const fine = async () => {
    const crashed = await page.locator('.crash').allTextContents();
    expect([...crashed, ...editor.complaints], `seed ${seed}, after ${trail.join(', ')}`).toEqual(
      [],
    );
  };
  for (let count = 0; count < gestureCount; count++) {
    const name = names[random.index(names.length)] ?? '';
    trail.push(name);
    await gestures[name]?.();
    await fine();
  }
  await editor.look('gestures-end');

  // Whatever is open is closed; then everything is taken back.
  for (let count = 0; count < 4; count++) await page.keyboard.press('Escape');
  await hands.workspace('Build');
  const undo = page.getByRole('button', { name: 'Undo' });
  while (await undo.isEnabled()) await undo.click();
  expect(await saved('end'), `seed ${seed}`).toBe(start);

  await hands.put('relu', { x: 300, y: 500 });
  expect(await undo.isEnabled()).toBe(true);
  expect(await saved('more')).not.toBe(start);
  await undo.click();
  expect(await saved('again')).toBe(start);
  await fine();
}, 300_000);
