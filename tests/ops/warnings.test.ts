import { describe, expect, it } from 'vitest';
import { catalogue } from '#ops';
import { fromNested, type Nested } from '#tensor';
import { computing, exact, sampleOf } from '../support/operations.ts';

function warningOf(id: string, values: Readonly<Record<string, Nested>>, raw: object = {}) {
  const operation = catalogue.get(id);
  if (!operation) throw new Error(`no ${id}`);
  const inputs = Object.fromEntries(
    Object.entries(values).map(([port, value]) => [port, exact.constant(fromNested(value))]),
  );
  return operation.warn?.(inputs, operation.attrs.parse(raw)) ?? null;
}

describe('an operation warns about numbers it was not made for', () => {
  it.each([
    ['log', { x: [0.5, 0, -1] }, {}, /logarithm.*2 of 3 entries\.$/],
    ['log', { x: -1 }, {}, /no number\.$/],
    ['sqrt', { x: [4, -4] }, {}, /square root.*1 of 2/],
    ['div', { a: 1, b: 0 }, {}, /division by 0/],
    ['reciprocal', { x: [0, 1] }, {}, /division by 0.*1 of 2/],
    ['power', { x: [-2, 2] }, { exponent: 0.5 }, /not whole/],
    ['power', { x: [0, 2] }, { exponent: -1 }, /infinite/],
    ['step', { x: 1 }, {}, /No gradient passes/],
    ['sigmoid', { x: [0, 10] }, {}, /saturated.*1 of 2/],
    ['tanh', { x: [0, -4] }, {}, /saturated.*1 of 2/],
    ['clip', { x: [0.5, 2] }, {}, /cut off.*1 of 2/],
    ['crossEntropy', { probabilities: [0.5, 3], target: 0 }, {}, /no probabilities.*1 of 2/],
  ])('%s of %j %j', (id, values, raw, says) => {
    expect(warningOf(id, values, raw)).toMatch(says);
  });

  it.each([
    ['log', { x: [0.5, 2] }, {}],
    ['div', { a: 0, b: 2 }, {}],
    ['power', { x: [-2, 0] }, { exponent: 2 }],
    ['sigmoid', { x: [0, 4] }, {}],
    ['clip', { x: 0.5 }, {}],
  ])('but not %s of %j %j', (id, values, raw) => {
    expect(warningOf(id, values, raw)).toBeNull();
  });

  it('and most samples are clear of warnings', () => {
    const warned = computing.filter((operation) => {
      const { attrs, inputs } = sampleOf(operation);
      return operation.warn?.(inputs, attrs);
    });
    expect(warned.map(({ id }) => id)).toEqual(['clip', 'step']);
  });
});
