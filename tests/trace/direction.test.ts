import { describe, expect, it } from 'vitest';
import { readParsed, wireId } from '#graph';
import { catalogue } from '#ops';
import { type Directions, directionsOf, trace } from '#trace';

/** One operation on typed-in values; its output is the loss, or is summed to it. */
function at(
  op: string,
  inputs: Readonly<Record<string, unknown>>,
  attrs: object = {},
  wire = Object.keys(inputs)[0] ?? '',
  seed = 2,
): Directions | null {
  const shapeOf = (value: unknown): number[] =>
    Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
  const file = {
    format: 'gradwire',
    version: 1,
    title: '',
    nodes: [
      ...Object.entries(inputs).map(([id, value]) => ({
        id,
        op: 'input',
        attrs: { shape: shapeOf(value), batched: false, value },
      })),
      { id: 'node', op, attrs },
      { id: 'loss', op: 'sum' },
    ],
    wires: [
      ...Object.keys(inputs).map((port) => ({
        id: port,
        from: { node: port, port: 'out' },
        to: { node: 'node', port },
      })),
      { id: 'out', from: { node: 'node', port: 'out' }, to: { node: 'loss', port: 'x' } },
    ],
    loss: { node: 'loss', seed },
  };
  return directionsOf(
    trace(readParsed(file, catalogue).document, catalogue),
    catalogue,
    wireId(wire),
  );
}

function way(directions: Directions | null): unknown {
  return directions?.ways[directions.right];
}

describe('which way the gradient goes', () => {
  it('from max and min: to the one that wins, whichever wire is asked about', () => {
    expect(way(at('max', { a: 2, b: 5 }))).toMatchObject({ port: 'b' });
    expect(way(at('max', { a: 2, b: 5 }, {}, 'b'))).toMatchObject({ port: 'b' });
    expect(way(at('max', { a: 2, b: -5 }, {}, 'b'))).toMatchObject({ port: 'a' });
    expect(way(at('min', { a: 2, b: 5 }))).toMatchObject({ port: 'a' });
    expect(at('max', { a: 2, b: 5 })?.ways).toHaveLength(3);
  });

  it('on a tie: as the policy says', () => {
    for (const wire of ['a', 'b']) {
      expect(way(at('max', { a: 3, b: 3 }, { tie: 'first' }, wire))).toMatchObject({ port: 'a' });
      expect(way(at('min', { a: 3, b: 3 }, { tie: 'split' }, wire))).toEqual({ kind: 'split' });
    }
  });

  it('through a ReLU or not, and in part through a leaky one', () => {
    expect(way(at('relu', { x: 3 }))).toEqual({ kind: 'whole' });
    expect(way(at('relu', { x: -3 }))).toEqual({ kind: 'nothing' });
    expect(way(at('relu', { x: 0 }))).toEqual({ kind: 'nothing' });
    expect(way(at('relu', { x: 0 }, { atZero: 1 }))).toEqual({ kind: 'whole' });
    expect(way(at('leakyRelu', { x: -3 }))).toEqual({ kind: 'part' });
    expect(way(at('prelu', { x: -3, alpha: 0.2 }))).toEqual({ kind: 'part' });
  });

  it('to the largest, or the selected, of a few entries', () => {
    expect(way(at('reduceMax', { x: [4, 7, -1] }))).toEqual({ kind: 'entry', at: 1 });
    expect(way(at('reduceMax', { x: [7, 4, 7] }))).toEqual({ kind: 'entry', at: 0 });
    // Rows × columns × one channel.
    const image = [
      [[1], [2]],
      [[9], [4]],
    ];
    expect(way(at('maxPool2d', { x: image }, { size: 2 }))).toEqual({
      kind: 'entry',
      at: 2,
    });
  });

  it('is told where the upstream gradient is 0, too', () => {
    expect(way(at('max', { a: 2, b: 5 }, {}, 'a', 0))).toMatchObject({ port: 'b' });
  });

  it('is no question at other gates, of many entries, and for a slope', () => {
    expect(at('add', { a: 2, b: 5 })).toBeNull();
    expect(at('relu', { x: [1, -2] })).toBeNull();
    expect(at('max', { a: [1, 2], b: [2, 1] })).toBeNull();
    expect(at('reduceMax', { x: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] })).toBeNull();
    expect(at('prelu', { x: -3, alpha: 0.2 }, {}, 'alpha')).toBeNull();
  });
});
