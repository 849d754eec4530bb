import { describe, expect, it } from 'vitest';
import { nodeId, readParsed, wireId } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { filled, type NdArray } from '#tensor';
import { exampleContributions, type Trace, trace, weightStack, wireContributions } from '#trace';
import { graphCases, relativeDifference } from '../support/goldens.ts';

function lesson(id: string): Trace {
  const found = lessons.find((one) => one.id === id);
  if (!found) throw new Error(`There is no lesson ${id}.`);
  return trace(readParsed(found.file, catalogue).document, catalogue);
}

function sumOf(parts: readonly { readonly data: NdArray }[]): NdArray {
  const [first] = parts;
  const total = filled(first?.data.shape ?? [], 0);
  for (const { data } of parts) {
    data.data.forEach((x, at) => {
      total.data[at] = (total.data[at] ?? 0) + x;
    });
  }
  return total;
}

describe('what each example adds to a shared value', () => {
  it('sums to the gradient of the wire, on every batched graph of PyTorch', () => {
    let summed = 0;
    for (const { document: file } of graphCases()) {
      const traced = trace(readParsed(file, catalogue).document, catalogue);
      for (const [wire, { gradient, upstream }] of traced.wires) {
        const found = exampleContributions(traced, catalogue, wire);
        const shared = Boolean(upstream?.batched && gradient && !gradient.batched);
        expect(found !== null).toBe(shared);
        if (!found || !gradient) continue;
        summed++;
        expect(found.parts).toHaveLength(found.examples);
        expect(relativeDifference(sumOf(found.parts), gradient.data)).toBeLessThan(1e-9);
      }
    }
    expect(summed).toBeGreaterThan(10);
  });

  it('is, for γ of the batch normalization, the upstream times its x̂', () => {
    const traced = lesson('batch-norm');
    const gamma = [...traced.document.wires].find(({ from }) => from.node === nodeId('gamma'));
    const found = gamma && exampleContributions(traced, catalogue, gamma.id, 3);
    // dL/dy = 1, 0, −1, 2 times x̂ = −1.2649, −0.6325, 0.6325, 1.2649; only three were asked for.
    expect(found?.examples).toBe(4);
    expect(found?.parts.map(({ data }) => Number(data.data[0]?.toFixed(4)))).toEqual([
      -1.2649, 0, -0.6325,
    ]);
  });
});

describe('what each wire of a fan-out adds', () => {
  it('is listed in the order of drawing and sums to the total', () => {
    const traced = lesson('batch-norm');
    const from = traced.document.wires.find(({ from: { node } }) => node === nodeId('x'));
    const parts = from ? wireContributions(traced, from.id) : [];
    expect(parts).toHaveLength(3);
    const total = traced.nodes.get(nodeId('x'))?.gradient;
    if (!total) throw new Error('x has no gradient.');
    expect(
      relativeDifference(sumOf(parts.map(({ gradient }) => gradient)), total.data),
    ).toBeLessThan(1e-12);
  });
});

describe('the stack ∂y/∂W', () => {
  it('of y = Wx has xᵀ in row k of slice k, and g weights it to g·xᵀ', () => {
    const traced = lesson('matrix-vector');
    const wire = traced.document.wires.find(({ from }) => from.node === nodeId('W'));
    const stack = wire && weightStack(traced, catalogue, wire.id);
    expect(stack).toMatchObject({ outputs: 2, inputs: 3, columns: 1, batched: false });
    // x = 1, −1, 2 and dL/dy = 2, −1: the lesson's own numbers.
    expect(stack?.column(0)).toEqual({ example: 0, column: 0, x: [1, -1, 2], g: [2, -1] });
  });

  it('has a column for every column of X and every example, which add up to dL/dW', () => {
    let stacks = 0;
    for (const { document: file } of graphCases()) {
      const traced = trace(readParsed(file, catalogue).document, catalogue);
      for (const [wire, { gradient }] of traced.wires) {
        const stack = weightStack(traced, catalogue, wire);
        if (!stack || !gradient) continue;
        stacks++;
        const total = filled([stack.outputs, stack.inputs], 0);
        for (let at = 0; at < stack.columns; at++) {
          const { x, g } = stack.column(at);
          g.forEach((weight, row) => {
            x.forEach((entry, column) => {
              const place = row * stack.inputs + column;
              total.data[place] = (total.data[place] ?? 0) + weight * entry;
            });
          });
        }
        expect(relativeDifference(total, gradient.data)).toBeLessThan(1e-9);
      }
    }
    expect(stacks).toBeGreaterThan(3);
  });

  it('is nowhere else', () => {
    const traced = lesson('matrix-vector');
    const wire = traced.document.wires.find(({ from }) => from.node === nodeId('x'));
    expect(wire && weightStack(traced, catalogue, wire.id)).toBeNull();
    expect(weightStack(traced, catalogue, wireId('nowhere'))).toBeNull();
  });
});
