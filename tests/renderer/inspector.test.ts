import { describe, expect, it } from 'vitest';
import { catalogue, type Operation } from '#ops';
import { fromNested } from '#tensor';
import {
  type Attribute,
  attributesOf,
  attributeText,
  commonAttributes,
  mixed,
  readAttribute,
  readNumbers,
  sharedValue,
} from '../../renderer/inspector/attributes.ts';
import { paletteGroups } from '../../renderer/palette/search.ts';
import { emptyCurves, upTo, withReport } from '../../renderer/training/curves.ts';

function operation(id: string): Operation {
  const found = catalogue.get(id);
  if (!found) throw new Error(`There is no operation ${id}.`);
  return found;
}

function control(id: string, name: string): Attribute['control'] | undefined {
  return attributesOf(operation(id)).find((attribute) => attribute.name === name)?.control;
}

describe('the controls of an operation', () => {
  it('follow from its schema', () => {
    expect(control('input', 'batched')).toEqual({ kind: 'switch' });
    expect(control('input', 'field')).toEqual({ kind: 'text' });
    expect(control('input', 'shape')).toEqual({ kind: 'shape' });
    expect(control('reshape', 'shape')).toEqual({ kind: 'shape' });
    expect(control('input', 'value')).toEqual({ kind: 'tensor' });
    expect(control('parameter', 'seed')).toEqual({ kind: 'seed' });
    expect(control('sum', 'axes')).toEqual({ kind: 'numbers' });
    expect(control('conv2d', 'stride')).toEqual({ kind: 'number' });
    expect(control('pad', 'padding')).toEqual({ kind: 'json' });
    expect(control('relu', 'atZero')).toEqual({ kind: 'choice', options: [0, 1] });
    expect(control('max', 'tie')).toEqual({ kind: 'choice', options: ['first', 'split'] });
    expect(attributesOf(operation('add'))).toEqual([]);
  });

  it('offer the initializers with their own numbers', () => {
    const init = control('parameter', 'init');
    if (init?.kind !== 'variants') throw new Error('no variants');
    expect(init.tag).toBe('kind');
    const normal = init.variants.find(({ name }) => name === 'normal');
    expect(normal?.attributes.map(({ name }) => name)).toEqual(['mean', 'deviation']);
  });

  it('exist for every operation of the catalogue', () => {
    for (const each of catalogue.values()) {
      expect(() => attributesOf(each)).not.toThrow();
    }
  });
});

describe('the attributes that several operations have in common', () => {
  const names = (...ids: string[]) => commonAttributes(ids.map(operation)).map(({ name }) => name);

  it('are all of those of one operation, and of several those that are asked for alike', () => {
    expect(names('clip', 'clip')).toEqual(['lo', 'hi']);
    expect(names('input', 'parameter')).toEqual(['shape', 'value']);
    expect(names('input', 'add')).toEqual([]);
    // Both have a shape, but nothing else.
    expect(names('constant', 'reshape')).toEqual(['shape']);
  });

  it('have a value where all have the same, and are mixed else', () => {
    expect(sharedValue([2, 2, 2])).toBe(2);
    expect(sharedValue([2, 3])).toBe(mixed);
    expect(
      sharedValue([
        [1, 2],
        [1, 2],
      ]),
    ).toEqual([1, 2]);
    expect(sharedValue([undefined, { kind: 'he' }])).toBe(mixed);
    expect(sharedValue([fromNested([1, 2]), fromNested([1, 2])])).toEqual(fromNested([1, 2]));
    expect(sharedValue([fromNested([1, 2]), fromNested([[1, 2]])])).toBe(mixed);
  });
});

describe('numbers in a row', () => {
  it.each([
    ['0, −1', [0, -1]],
    ['[0, 1]', [0, 1]],
    ['0 1', [0, 1]],
    ['', undefined],
    ['a', ['a']],
  ])('“%s” is read as %j', (text, read) => {
    expect(readNumbers(text)).toEqual(read);
  });
});

describe('an attribute as text', () => {
  it.each([[[2, 3]], [0.5], [true], [{ kind: 'he' }]])('%j comes back as it was', (value) => {
    expect(readAttribute(attributeText(value))).toEqual(value);
  });

  it('is left to the schema where it is no JSON, and is none where it is empty', () => {
    expect(readAttribute('[1, 2')).toBe('[1, 2');
    expect(readAttribute(' ')).toBeUndefined();
  });
});

describe('the palette', () => {
  it('has every operation in its group', () => {
    const all = paletteGroups(catalogue, '').flatMap(({ operations }) => operations);
    expect(new Set(all)).toEqual(new Set(catalogue.values()));
  });

  it.each([
    ['multiply', 'mul'],
    ['×', 'mul'],
    ['switcher', 'mul'],
    ['ReL', 'relu'],
  ])('finds %s', (text, id) => {
    const found = paletteGroups(catalogue, text).flatMap(({ operations }) => operations);
    expect(found.map((each) => each.id)).toContain(id);
  });

  it('finds nothing for what is not there', () => {
    expect(paletteGroups(catalogue, 'xyzzy')).toEqual([]);
  });
});

describe('the curves', () => {
  const point = (step: number) => ({ step, loss: 1 / step, accuracy: 0.5, learningRate: 0.1 });

  it('take what reports add, each set by its own steps', () => {
    const curves = withReport(
      withReport(emptyCurves, { points: [point(1), point(2)], evaluations: [] }),
      {
        points: [point(3)],
        evaluations: [
          { step: 3, validationLoss: 0.4, validationAccuracy: 0.9 },
          { step: 3, testLoss: Number.POSITIVE_INFINITY },
        ],
      },
    );
    expect(curves.train.steps).toEqual([1, 2, 3]);
    expect(curves.validation).toEqual({ steps: [3], loss: [0.4], accuracy: [0.9] });
    // A loss beyond all numbers is a gap, which JSON can hold.
    expect(curves.test).toEqual({ steps: [3], loss: [null], accuracy: [null] });
  });

  it('stay short over many epochs, in order, with the last one', () => {
    let curves = emptyCurves;
    for (let step = 1; step <= 9000; step++) {
      curves = withReport(curves, { points: [], evaluations: [{ step, validationLoss: 1 }] });
    }
    const { steps } = curves.validation;
    expect(steps.length).toBeLessThanOrEqual(2000);
    expect([...steps].sort((a, b) => a - b)).toEqual(steps);
    expect(steps.at(-1)).toBeGreaterThan(8990);
  });

  it('can be cut where a run goes on from a checkpoint', () => {
    const curves = withReport(emptyCurves, {
      points: [point(1), point(2), point(3)],
      evaluations: [
        { step: 2, validationLoss: 1 },
        { step: 3, validationLoss: 1 },
      ],
    });
    const cut = upTo(curves, 2);
    expect([cut.train.steps, cut.learningRate, cut.validation.steps]).toEqual([
      [1, 2],
      [0.1, 0.1],
      [2],
    ]);
  });
});
