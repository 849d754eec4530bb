import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lessons } from '#lessons';
import { boxOf } from '../support/editor.ts';
import { type EditorUnderTest, startEditor } from './launch.ts';

let editor: EditorUnderTest;

beforeAll(async () => {
  editor = await startEditor({ width: 1280, height: 720 });
});
afterAll(async () => {
  await editor?.close();
});

interface Box {
  readonly what: string;
  /** The node or wire that it belongs to: parts of one may touch. */
  readonly owner: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Drawn {
  readonly canvas: Box;
  readonly boxes: readonly Box[];
  /** What is written, with the height of its letters on the screen. */
  readonly texts: readonly { readonly what: string; readonly size: number }[];
}

/** Runs in the page: what stands on the canvas, and where. */
function drawn(): Drawn {
  const boxOfElement = (element: Element, what: string, owner: string) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { what, owner, left, top, right, bottom };
  };
  const all = (selector: string) =>
    [...document.querySelectorAll(selector)].filter(
      (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0,
    );
  const ownerOf = (element: Element) =>
    element.closest('[data-wire]')?.getAttribute('data-wire') ??
    element.closest('.react-flow__node')?.getAttribute('data-id') ??
    '';
  const kinds = {
    numbers: '.wire-label .value-chip',
    name: '.wire-name',
    node: '.operation-node, .source-node',
    caption: '.operation-title, .operation-nickname',
    sum: '.node-total',
    result: '.readout .value-chip, .readout-pill',
    buttons: '.canvas-controls',
    map: '.minimap',
  };
  const boxes = Object.entries(kinds).flatMap(([kind, selector]) =>
    all(selector).map((element) =>
      boxOfElement(element, `${kind} of ${ownerOf(element)}`, ownerOf(element)),
    ),
  );
  const view = document.querySelector('.react-flow__viewport');
  const zoom = view ? new DOMMatrix(getComputedStyle(view).transform).a : 1;
  const written =
    '.value, .gradient, .number-cells span, .extent span, .node-total, .operation-title, .operation-nickname, .operation-symbol, .source-value, .wire-name';
  const texts = all(`.react-flow__viewport :is(${written})`)
    .filter((element) => element instanceof HTMLElement && element.innerText.trim() !== '')
    .map((element) => {
      const height =
        element instanceof HTMLElement ? Number.parseFloat(getComputedStyle(element).fontSize) : 0;
      const enlarged = 'currentCSSZoom' in element ? Number(element.currentCSSZoom) : 1;
      return {
        what: `“${element.textContent}” at ${ownerOf(element)}`,
        size: height * enlarged * zoom,
      };
    });
  const canvas = document.querySelector('[data-testid="canvas"]');
  if (!canvas) throw new Error('There is no canvas.');
  return { canvas: boxOfElement(canvas, 'canvas', ''), boxes, texts };
}

/** Two that lie over each other by more than a hair. */
function covered(boxes: readonly Box[]): string[] {
  const hair = 4;
  return boxes.flatMap((a, at) =>
    boxes
      .slice(at + 1)
      .filter(
        (b) =>
          a.owner !== b.owner &&
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > hair &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > hair,
      )
      .map((b) => `${a.what} and ${b.what}`),
  );
}

function outside({ canvas, boxes }: Drawn): string[] {
  return boxes
    .filter(
      ({ left, top, right, bottom }) =>
        left < canvas.left || top < canvas.top || right > canvas.right || bottom > canvas.bottom,
    )
    .map(({ what }) => what);
}

const tooSmall = ({ texts }: Drawn, least: number) =>
  texts.filter(({ size }) => size < least).map(({ what, size }) => `${what}: ${size.toFixed(1)}`);

describe('in a window of 1280 × 720', () => {
  it('every example is drawn so that nothing covers anything else, and can be read', async () => {
    const { hands, page } = editor;
    await hands.workspace('Trace');
    const allRoom = page.getByRole('button', { name: 'Give the graph all the room' });
    await allRoom.click();
    // Nets to train are wider than a small window: there one zooms in, or folds what is a frame.
    const fitting = lessons.filter(
      ({ topic, id }) => topic !== 'Networks to train' || id === 'mnist',
    );
    for (const { topic, title } of fitting) {
      await hands.example(topic, title);
      await page.keyboard.press('End');
      await expect
        .poll(
          async () => {
            const now = await page.evaluate(drawn);
            return [...covered(now.boxes), ...outside(now), ...tooSmall(now, 8)];
          },
          { message: title },
        )
        .toEqual([]);
    }
    await allRoom.click();
    expect(editor.complaints).toEqual([]);
  });

  it('batch normalization falls apart into replicas that can be read', async () => {
    const { hands, page } = editor;
    await hands.example('Normalization and regularization', 'Batch normalization spelled out');
    await page.keyboard.press('End');
    await page.keyboard.press('m');
    await page.getByTestId('replicas-note').waitFor();
    await expect
      .poll(async () => {
        const now = await page.evaluate(drawn);
        return [...covered(now.boxes), ...outside(now), ...tooSmall(now, 7.5)];
      })
      .toEqual([]);
    // The details of what is selected come over the canvas, which stays as it is.
    const before = await boxOf(page.getByTestId('canvas'));
    await hands.wire('gamma-scaled-b-1').click();
    await hands.inspector().waitFor();
    expect(await boxOf(page.getByTestId('canvas'))).toEqual(before);
    await hands.clickCanvas();
    await hands.inspector().waitFor({ state: 'hidden' });
    await page.keyboard.press('m');
  });

  it('the canvas keeps its height from step to step, and from question to question', async () => {
    const { hands, page } = editor;
    const height = async () => (await boxOf(page.getByTestId('canvas'))).height;
    await hands.example('Networks', 'A 3-4-2 network');
    const heights = new Set<number>();
    await page.keyboard.press('Home');
    for (let step = 0; step < 31; step++) {
      heights.add(await height());
      await page.keyboard.press('ArrowRight');
    }
    expect(heights.size).toBe(1);
    await hands.example('Gates', 'ReLU: a max with 0');
    await page.getByRole('button', { name: 'Quiz', exact: true }).click();
    const asked = new Set<number>([await height()]);
    for (let question = 0; question < 4; question++) {
      await page.getByRole('button', { name: 'Next', exact: true }).click();
      for (const help of ['Hint: which rule', 'Hint: which numbers', 'Reveal']) {
        asked.add(await height());
        await page.getByRole('button', { name: help }).click();
      }
    }
    expect(asked.size).toBe(1);
    await page.getByRole('button', { name: 'End the quiz' }).click();
  });
});
