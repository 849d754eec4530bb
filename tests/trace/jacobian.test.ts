import { describe, expect, it } from 'vitest';
import { type GraphDocument, nodeId, readParsed, wireId } from '#graph';
import { catalogue, findPort, type Operation } from '#ops';
import type { ArrayValue } from '#tensor';
import { type Jacobian, jacobian, trace } from '#trace';
import { computing, exact, sampleOf } from '../support/operations.ts';

/** The operation's sample as a graph: a source for each port. */
function sampleGraph({ id, sample }: Operation): GraphDocument {
  const ports = Object.entries(sample.inputs);
  const file = {
    format: 'gradwire',
    version: 1,
    title: '',
    nodes: [
      ...ports.map(([port, { batched = false, value }]) => ({
        id: `in_${port}`,
        op: 'input',
        attrs: { shape: shapeOf(batched ? first(value) : value), batched, value },
      })),
      { id: 'node', op: id, attrs: sample.attrs ?? {} },
    ],
    wires: ports.map(([port]) => ({
      id: `w_${port}`,
      from: { node: `in_${port}`, port: 'out' },
      to: { node: 'node', port },
    })),
  };
  const { document, repairs } = readParsed(file, catalogue);
  expect(repairs).toEqual([]);
  return document;
}

function first(nested: unknown): unknown {
  return Array.isArray(nested) ? nested[0] : nested;
}

function shapeOf(nested: unknown): number[] {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : [];
}

/** ∂ output entry / ∂ input entry by central differences of the forward rule. */
function slope(operation: Operation, port: string, row: number, column: number): number {
  const { attrs, inputs } = sampleOf(operation);
  const step = 1e-5;
  const output = (change: number) => {
    const value = inputs[port];
    if (!value) throw new Error(`The sample has no ${port}.`);
    const data = value.data.data.slice();
    data[row] = (data[row] ?? 0) + change;
    const changed: ArrayValue = { ...value, data: { shape: value.data.shape, data } };
    const all = { ...inputs, [port]: changed };
    return operation.forward(exact, all, attrs).data.data[column] ?? Number.NaN;
  };
  return (output(step) - output(-step)) / (2 * step);
}

function entry({ matrix }: Jacobian, row: number, column: number): number {
  return matrix.data[row * (matrix.shape[1] ?? 0) + column] ?? Number.NaN;
}

describe('the Jacobian on a wire', () => {
  it.each(computing.map((operation) => [operation.id, operation] as const))(
    'of %s is what the forward rule answers to a small change, entry by entry',
    (_, operation) => {
      const traced = trace(sampleGraph(operation), catalogue);
      expect(traced.errors).toEqual([]);
      const { attrs, inputs } = sampleOf(operation);
      for (const port of Object.keys(inputs)) {
        const found = jacobian(traced, catalogue, wireId(`w_${port}`));
        const kind = findPort(operation, attrs, port)?.kind;
        if (kind === 'index' || !found) {
          expect(found).toBeNull();
          continue;
        }
        expect(found.matrix.shape).toEqual([found.rows, found.columns]);
        for (let row = 0; row < Math.min(found.rows, 6); row++) {
          for (let column = 0; column < Math.min(found.columns, 6); column++) {
            const wanted = slope(operation, port, row, column);
            expect(Math.abs(entry(found, row, column) - wanted)).toBeLessThanOrEqual(
              1e-6 * Math.max(1, Math.abs(wanted)),
            );
          }
        }
      }
    },
  );

  it('of softmax is diag(p) − ppᵀ, and only its corner where that is asked for', () => {
    const softmax = catalogue.get('softmax');
    if (!softmax) throw new Error('There is no softmax.');
    const file = {
      format: 'gradwire',
      version: 1,
      title: '',
      nodes: [
        { id: 'x', op: 'input', attrs: { shape: [2], value: [0, Math.log(3)] } },
        { id: 'p', op: 'softmax' },
      ],
      wires: [{ id: 'w', from: { node: 'x', port: 'out' }, to: { node: 'p', port: 'x' } }],
    };
    const traced = trace(readParsed(file, catalogue).document, catalogue);
    expect(traced.nodes.get(nodeId('p'))?.value?.data.data[1]).toBeCloseTo(0.75, 12);
    const whole = jacobian(traced, catalogue, wireId('w'));
    const wanted = [3 / 16, -3 / 16, -3 / 16, 3 / 16];
    expect(whole?.matrix.data.every((x, at) => Math.abs(x - (wanted[at] ?? 9)) < 1e-12)).toBe(true);
    const corner = jacobian(traced, catalogue, wireId('w'), 1);
    expect([corner?.matrix.shape, corner?.rows, corner?.columns]).toEqual([[1, 1], 2, 2]);
  });
});
