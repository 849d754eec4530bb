import { describe, expect, it } from 'vitest';
import type { Answered, Facts } from '#train';
import { defaultDisplay, Numbers } from '../../renderer/format/numbers.ts';
import { centred, isOnLight, pixelsOf } from '../../renderer/training/views/digit.ts';
import { numbersIn } from '../../renderer/training/views/numbers-in.ts';
import { likelyOf, mostLikely, said } from '../../renderer/training/views/said.ts';
import { rangeOf } from '../../renderer/training/views/strip.ts';
import { templatesOf } from '../../renderer/training/views/templates.ts';
import { partShown } from '../../renderer/training/views/use-facts.ts';

const grey28 = { height: 28, width: 28, channels: 1 } as const;
const numbers = new Numbers(defaultDisplay);

describe('a drawn digit', () => {
  /** A field of `side` places with a box of ink in it. */
  const box = (side: number, left: number, top: number, width: number, height: number) =>
    Float32Array.from({ length: side * side }, (_, at) => {
      const [x, y] = [at % side, Math.floor(at / side)];
      return x >= left && x < left + width && y >= top && y < top + height ? 1 : 0;
    });

  it('fits into 20 × 20 pixels in the middle of 28 × 28, wherever it was drawn', () => {
    const made = centred(box(112, 3, 50, 40, 40), 112, grey28);
    const ink = [...(made ?? [])].flatMap((value, at) => (value > 0 ? [at] : []));
    const columns = ink.map((at) => at % 28);
    const rows = ink.map((at) => Math.floor(at / 28));
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([4, 23]);
    expect([Math.min(...rows), Math.max(...rows)]).toEqual([4, 23]);
    expect(ink).toHaveLength(400);
  });

  it('keeps its proportions', () => {
    const made = centred(box(112, 10, 10, 20, 80), 112, grey28) ?? [];
    const columns = [...made].flatMap((value, at) => (value > 0.5 ? [at % 28] : []));
    expect(Math.max(...columns) - Math.min(...columns) + 1).toBe(5);
  });

  it('lies with its centre of mass in the middle, not its box', () => {
    // Nearly all of the ink at the left edge of the box.
    const ink = box(112, 20, 20, 8, 80);
    ink[60 * 112 + 99] = 1;
    const made = centred(ink, 112, grey28) ?? new Float32Array(0);
    let [mass, moment] = [0, 0];
    made.forEach((value, at) => {
      mass += value;
      moment += value * ((at % 28) + 0.5);
    });
    expect(Math.abs(moment / mass - 14)).toBeLessThan(0.51);
  });

  it('is none where nothing is drawn', () => {
    expect(centred(new Float32Array(112 * 112), 112, grey28)).toBeUndefined();
  });
});

describe('an image from outside', () => {
  const rgba = (pixels: readonly (readonly [number, number, number])[]) =>
    Uint8ClampedArray.from(pixels.flatMap((pixel) => [...pixel, 255]));

  it('becomes grey or stays in colours, from 0 to 1', () => {
    const two = rgba([
      [255, 0, 0],
      [255, 255, 255],
    ]);
    const grey = pixelsOf(two, { height: 1, width: 2, channels: 1 }, false);
    expect([...grey]).toEqual([expect.closeTo(0.299, 5), expect.closeTo(1, 5)]);
    const colours = pixelsOf(two, { height: 1, width: 2, channels: 3 }, true);
    expect([...colours]).toEqual([0, 1, 1, 0, 0, 0]);
  });

  it('is seen to lie dark on light by its edge', () => {
    const picture = { height: 3, width: 3, channels: 1 } as const;
    expect(isOnLight([1, 1, 1, 1, 0, 1, 1, 1, 1], picture)).toBe(true);
    expect(isOnLight([0, 0, 0, 0, 1, 0, 0, 0, 0], picture)).toBe(false);
  });
});

describe('typed numbers', () => {
  it('may stand between commas, spaces, brackets, on lines', () => {
    expect(numbersIn('[1, −2.5;\n 3e1]')).toEqual(Float32Array.of(1, -2.5, 30));
    expect(numbersIn('')).toEqual(new Float32Array(0));
    expect(numbersIn('1, two')).toBeUndefined();
  });
});

describe('weights as images', () => {
  const facts = (picture: Facts['given'][number]['picture']): Facts => ({
    kind: 'facts',
    given: [{ node: 'x', name: 'x', shape: [6], ...(picture ? { picture } : {}) }],
    counts: {},
    modes: false,
  });
  const weight = (shape: readonly number[]) => ({
    node: 'W',
    name: 'W',
    shape,
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, at) => at),
  });

  it('are the rows of a matrix, where these are as long as the image', () => {
    const known = facts({ height: 2, width: 3, channels: 1 });
    const found = templatesOf(weight([2, 6]), known);
    expect(found).toMatchObject({ kind: 'templates', all: 2 });
    expect(found?.images.map((image) => [...image])).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10, 11],
    ]);
    expect(templatesOf(weight([6, 2]), known)).toBeUndefined();
    expect(templatesOf(weight([2, 6]), facts(undefined))).toBeUndefined();
  });

  it('are filters [height, width, channels, count], a plane each, or in colours', () => {
    const grey = templatesOf(weight([2, 2, 2, 3]), undefined);
    expect(grey).toMatchObject({ kind: 'filters', all: 6 });
    // Filter 0, channel 1: entries (y·2 + x)·6 + 1·3 + 0.
    expect([...(grey?.images[1] ?? [])]).toEqual([3, 9, 15, 21]);
    const coloured = templatesOf(weight([2, 2, 3, 2]), undefined);
    expect(coloured).toMatchObject({ all: 2, picture: { channels: 3 } });
    expect([...(coloured?.images[1] ?? [])]).toEqual([1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23]);
    expect(templatesOf(weight([1, 1, 8, 4]), undefined)).toBeUndefined();
  });
});

describe('what is said of an answer', () => {
  const answered = (output: readonly number[], target: readonly number[]): Answered => ({
    loss: 1,
    given: new Float32Array(2),
    output: Float32Array.from(output),
    target: Float32Array.from(target),
  });
  const facts = (kind: 'classes' | 'yesNo' | 'numbers', classes?: string[]): Facts => ({
    kind: 'facts',
    given: [],
    counts: { train: 3, test: 2 },
    verdict: { kind, size: 3 },
    ...(classes ? { classes } : {}),
    modes: false,
  });

  it('names classes, and how sure the net is', () => {
    const one = answered([0.25, 0.75, 0], [0]);
    const known = facts('classes', ['cat', 'dog', 'cow']);
    expect(mostLikely(likelyOf(one, known))).toBe(1);
    expect(said(one, known, numbers)).toEqual({ answer: 'says dog · 75.0 %', truth: 'is cat' });
    expect(said(one, facts('classes'), numbers).truth).toBe('is 0');
  });

  it('knows yes from no, and numbers', () => {
    expect(said(answered([0.125], [1]), facts('yesNo'), numbers)).toEqual({
      answer: 'says no · 87.5 %',
      truth: 'is yes',
    });
    expect(said(answered([1.5, -2], [1, 0]), facts('numbers'), numbers)).toEqual({
      answer: 'says 1.5, −2',
      truth: 'is 1, 0',
    });
  });

  it('is of a part that is not trained on, unless another was picked', () => {
    expect(partShown(facts('classes'), undefined)).toBe('test');
    expect(partShown(facts('classes'), 'train')).toBe('train');
    expect(partShown(facts('classes'), 'validation')).toBe('test');
    expect(partShown(undefined, undefined)).toBe('train');
  });
});

describe('the range of a strip', () => {
  const spread = (mean: number, deviation: number, low: number, high: number) => ({
    count: 9,
    mean,
    deviation,
    low,
    high,
    zeros: 0,
    notFinite: 0,
    bars: [9],
  });

  it('holds all moments, but not a few far outliers', () => {
    expect(rangeOf([spread(0, 1, -2, 3), spread(1, 1, 0, 100)])).toEqual([-2, 5]);
    expect(rangeOf([spread(2, 0, 2, 2)])).toEqual([1, 3]);
    expect(rangeOf([])).toEqual([-1, 1]);
  });
});
