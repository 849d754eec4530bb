import { describe, expect, it } from 'vitest';
import { type NodeId, readParsed } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { roundDecimals, trace } from '#trace';

describe('a number at the blackboard', () => {
  it.each([
    [0.7310585, 2, 0.73],
    [-0.19661, 2, -0.2],
    [2.5, 0, 3],
    [0, 2, 0],
    [-0.0039, 2, -0.004],
    [0.0049, 2, 0.01],
    [1e-9, 2, 1e-9],
    [Number.POSITIVE_INFINITY, 2, Number.POSITIVE_INFINITY],
    [Number.NaN, 2, Number.NaN],
  ])('%d with %d decimals is %d', (x, decimals, want) => {
    expect(roundDecimals(x, decimals)).toBe(want);
  });
});

describe('rounding before multiplying', () => {
  const neuron = lessons.find(({ id }) => id === 'sigmoid-neuron');
  const { document } = readParsed(neuron?.file, catalogue);
  const { nodes, wires, loss, rounded } = trace(document, catalogue, { decimals: 2 });
  const at = (id: string) => {
    const { value, gradient } = nodes.get(id as NodeId) ?? {};
    return [value?.data.data[0], gradient?.data.data[0]];
  };

  it('gives the sigmoid neuron the lecture’s numbers', () => {
    // By hand, with two decimals kept after each operation.
    expect(rounded).toBe(2);
    expect(loss).toBe(0.73);
    expect(at('f')).toEqual([0.73, 1]);
    expect(at('d')).toEqual([1.37, -0.53]);
    expect(at('e')).toEqual([0.37, -0.53]);
    expect(at('n')).toEqual([-1, -0.2]);
    expect(at('s')).toEqual([1, 0.2]);
    expect(at('w0')).toEqual([2, -0.2]);
    expect(at('x0')).toEqual([-1, 0.4]);
    expect(at('w1')).toEqual([-3, -0.4]);
    expect(at('x1')).toEqual([-2, -0.6]);
    expect(at('w2')).toEqual([-3, 0.2]);
  });

  it('multiplies the very numbers it shows on every wire', () => {
    for (const [id, wire] of wires) {
      const local = wire.local();
      if (local?.kind !== 'elementwise' || !wire.upstream || !wire.gradient) continue;
      const [slope = Number.NaN] = local.value.data.data;
      const [upstream = Number.NaN] = wire.upstream.data.data;
      expect(wire.gradient.data.data[0], id).toBe(roundDecimals(slope * upstream, 2));
    }
  });

  it('never happens unless it is asked for', () => {
    const exact = trace(document, catalogue);
    expect(exact.rounded).toBeUndefined();
    expect(exact.loss).toBe(0.7310585786300049);
  });

  it('holds for every worked example', () => {
    for (const { file, id } of lessons) {
      const traced = trace(readParsed(file, catalogue).document, catalogue, { decimals: 3 });
      for (const { value, gradient } of traced.nodes.values()) {
        for (const x of [...(value?.data.data ?? []), ...(gradient?.data.data ?? [])]) {
          expect(x, id).toBe(roundDecimals(x, 3));
        }
      }
    }
  });
});
