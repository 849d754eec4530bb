import { describe, expect, it } from 'vitest';
import { readParsed, wireId } from '#graph';
import { catalogue, type Operation } from '#ops';
import { seededRandom } from '#tensor';
import { type Grid, type Links, linkedTo, linksOf, type Trace, trace } from '#trace';
import { operationGraph } from '../support/operation-graph.ts';
import {
  type Application,
  computing,
  mustBeShared,
  sampleOf,
  variation,
} from '../support/operations.ts';

interface Source {
  readonly value: unknown;
  readonly batched?: boolean;
}

function shapeOf(value: unknown): number[] {
  return Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : [];
}

/** One operation on typed-in values, weighed by `g` and summed: what flows back on the wire of a port. */
function applied(
  op: string,
  attrs: object,
  inputs: Readonly<Record<string, Source>>,
  g: Source,
): Trace {
  const source = (id: string, { value, batched = false }: Source) => ({
    id,
    op: 'input',
    attrs: { shape: shapeOf(value).slice(batched ? 1 : 0), batched, value },
  });
  const wire = (from: string, to: string, port: string) => ({
    id: `${from}-${port}`,
    from: { node: from, port: 'out' },
    to: { node: to, port },
  });
  const file = {
    format: 'gradwire',
    version: 1,
    title: '',
    nodes: [
      ...Object.entries(inputs).map(([port, given]) => source(port, given)),
      { id: 'node', op, attrs },
      source('g', g),
      { id: 'weighed', op: 'mul' },
      { id: 'loss', op: 'sum' },
    ],
    wires: [
      ...Object.keys(inputs).map((port) => wire(port, 'node', port)),
      wire('node', 'weighed', 'a'),
      wire('g', 'weighed', 'b'),
      wire('weighed', 'loss', 'x'),
    ],
    // A batch's loss is the mean of its examples: with their number as seed it is their sum.
    loss: { node: 'loss', seed: g.batched ? (g.value as unknown[]).length : 1 },
  };
  const { document, repairs } = readParsed(file, catalogue);
  expect(repairs).toEqual([]);
  const traced = trace(document, catalogue);
  expect(traced.errors).toEqual([]);
  return traced;
}

function linked(traced: Trace, port: string): Links {
  const found = linksOf(traced, catalogue, wireId(`${port}-${port}`));
  if (!found) throw new Error('Nothing is linked.');
  return found;
}

/** The arithmetic of an entry of the result, `0.3·1.2 + …`, in the order in which the factors stand. */
function arithmetic({ terms, first, local, upstream }: Links, result: number): string {
  return terms(result)
    .map((term) => {
      const factors = [local.array.data[term.local], upstream.array.data[term.upstream]];
      return (first === 'local' ? factors : factors.toReversed()).join('·');
    })
    .join(' + ');
}

/** A grid as it is drawn. */
function drawn({ array, rows, columns, index }: Grid): (number | undefined)[][] {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => array.data[index(row, column)]),
  );
}

const W = [
  [1, 2, 3],
  [4, 5, 6],
];

describe('which entries make an entry of what flows back, by hand', () => {
  it('W·x: Wᵀ·g for x, g·xᵀ for W', () => {
    const traced = applied(
      'matmul',
      {},
      { a: { value: W }, b: { value: [7, 8, 9] } },
      { value: [10, 20] },
    );
    const x = linked(traced, 'b');
    expect([x.kind, x.first]).toEqual(['matrix', 'local']);
    expect(drawn(x.local)).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    expect(drawn(x.upstream)).toEqual([[10], [20]]);
    expect(drawn(x.result)).toEqual([[90], [120], [150]]);
    expect(arithmetic(x, 2)).toBe('3·10 + 6·20');
    const w = linked(traced, 'a');
    expect(w.first).toBe('upstream');
    expect(drawn(w.local)).toEqual([[7, 8, 9]]);
    expect(drawn(w.result)).toEqual([
      [70, 80, 90],
      [140, 160, 180],
    ]);
    expect(arithmetic(w, 5)).toBe('20·9');
  });

  it('W·X: the inner axis is summed', () => {
    const X = [
      [1, 2],
      [0, -1],
      [3, 4],
    ];
    const g = [
      [1, 10],
      [100, 1000],
    ];
    const traced = applied('matmul', {}, { a: { value: W }, b: { value: X } }, { value: g });
    expect(arithmetic(linked(traced, 'a'), 4)).toBe('100·0 + 1000·-1');
    expect(arithmetic(linked(traced, 'b'), 5)).toBe('3·10 + 6·1000');
  });

  it('xᵀ·W: rows', () => {
    const traced = applied(
      'matmul',
      {},
      { a: { value: [7, 8] }, b: { value: W } },
      { value: [1, 10, 100] },
    );
    const x = linked(traced, 'a');
    expect(drawn(x.result)).toEqual([[321, 654]]);
    expect(arithmetic(x, 1)).toBe('1·4 + 10·5 + 100·6');
    const w = linked(traced, 'b');
    expect(drawn(w.local)).toEqual([[7], [8]]);
    expect(arithmetic(w, 4)).toBe('8·10');
  });

  it('a batch: the examples of a shared W are the inner axis of g·xᵀ, those of x stand side by side', () => {
    const traced = applied(
      'affine',
      {},
      {
        x: {
          value: [
            [1, 2, 3],
            [4, 5, 6],
          ],
          batched: true,
        },
        w: { value: W },
      },
      {
        value: [
          [1, 10],
          [100, 1000],
        ],
        batched: true,
      },
    );
    const w = linked(traced, 'w');
    expect(drawn(w.upstream)).toEqual([
      [1, 100],
      [10, 1000],
    ]);
    expect(drawn(w.local)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(arithmetic(w, 1)).toBe('1·2 + 100·5');
    expect(drawn(w.result)[0]?.[1]).toBe(502);
    const x = linked(traced, 'x');
    expect(drawn(x.result)).toEqual([
      [41, 4100],
      [52, 5200],
      [63, 6300],
    ]);
    // Row-major with the batch first: the second example's first entry.
    expect(arithmetic(x, 3)).toBe('1·100 + 4·1000');
  });

  it('a + b with b stretched: the rows it was stretched over are summed', () => {
    const traced = applied(
      'add',
      {},
      { a: { value: W }, b: { value: [1, 2, 3] } },
      {
        value: [
          [1, 2, 3],
          [10, 20, 30],
        ],
      },
    );
    expect(arithmetic(linked(traced, 'a'), 4)).toBe('1·20');
    const b = linked(traced, 'b');
    expect(arithmetic(b, 1)).toBe('1·2 + 1·20');
    expect(drawn(b.result)).toEqual([[11], [22], [33]]);
  });

  it('a · b, and a shared b in a batch', () => {
    const traced = applied(
      'mul',
      {},
      { a: { value: [2, 3, 4], batched: true }, b: { value: 5 } },
      { value: [1, 10, 100], batched: true },
    );
    expect(arithmetic(linked(traced, 'a'), 2)).toBe('5·100');
    expect(arithmetic(linked(traced, 'b'), 0)).toBe('2·1 + 3·10 + 4·100');
  });

  it('relu and max: the mask', () => {
    const relu = applied('relu', {}, { x: { value: [-1, 2] } }, { value: [5, 7] });
    expect(arithmetic(linked(relu, 'x'), 0)).toBe('0·5');
    expect(arithmetic(linked(relu, 'x'), 1)).toBe('1·7');
    const max = applied(
      'max',
      {},
      { a: { value: [1, 5] }, b: { value: [2, 3] } },
      { value: [5, 7] },
    );
    expect(arithmetic(linked(max, 'b'), 0)).toBe('1·5');
    expect(arithmetic(linked(max, 'b'), 1)).toBe('0·7');
  });

  it('reduceMax over rows: each entry looks up the maximum of its column', () => {
    const traced = applied(
      'reduceMax',
      { axes: [0] },
      {
        x: {
          value: [
            [1, 9],
            [8, 2],
          ],
        },
      },
      { value: [5, 7] },
    );
    const x = linked(traced, 'x');
    expect([0, 1, 2, 3].map((at) => arithmetic(x, at))).toEqual(['0·5', '1·7', '1·5', '0·7']);
    const columns = applied(
      'reduceMax',
      { axes: [1] },
      {
        x: {
          value: [
            [1, 9],
            [8, 2],
          ],
        },
      },
      { value: [5, 7] },
    );
    expect(arithmetic(linked(columns, 'x'), 2)).toBe('1·7');
  });

  it('concat and slice: one entry of the upstream, or none', () => {
    const concat = applied(
      'concat',
      {},
      { a: { value: [1, 2] }, b: { value: [3] } },
      { value: [5, 6, 7] },
    );
    expect(
      linked(concat, 'b')
        .terms(0)
        .map(({ upstream }) => upstream),
    ).toEqual([2]);
    expect(arithmetic(linked(concat, 'a'), 1)).toBe('1·6');
    const slice = applied(
      'slice',
      { start: [1], size: [1] },
      { x: { value: [1, 2, 3] } },
      { value: [5] },
    );
    expect([0, 1, 2].map((at) => arithmetic(linked(slice, 'x'), at))).toEqual(['', '1·5', '']);
  });

  it('a small convolution: every window an entry lies in, with the weight it has there', () => {
    const image = [
      [[1], [2], [3]],
      [[4], [5], [6]],
      [[7], [8], [9]],
    ];
    const filter = [
      [[[1]], [[2]]],
      [[[3]], [[4]]],
    ];
    const traced = applied(
      'conv2d',
      {},
      { x: { value: image }, w: { value: filter } },
      {
        value: [
          [[10], [20]],
          [[30], [40]],
        ],
      },
    );
    const x = linked(traced, 'x');
    expect(x.kind).toBe('jacobian');
    // The middle lies in all four windows, the corner in one.
    expect(arithmetic(x, 4)).toBe('4·10 + 3·20 + 2·30 + 1·40');
    expect(arithmetic(x, 0)).toBe('1·10');
    // The weight at the top left meets the top left of every window.
    expect(arithmetic(linked(traced, 'w'), 0)).toBe('1·10 + 2·20 + 4·30 + 5·40');
  });

  it('the other way: an entry of the upstream goes into a row, one of xᵀ into a column', () => {
    const traced = applied(
      'matmul',
      {},
      { a: { value: W }, b: { value: [7, 8, 9] } },
      { value: [10, 20] },
    );
    const w = linked(traced, 'a');
    expect([...linkedTo(w, 'upstream', 1, [0, 1, 2, 3, 4, 5]).result]).toEqual([3, 4, 5]);
    expect([...linkedTo(w, 'local', 2, [0, 1, 2, 3, 4, 5]).result]).toEqual([2, 5]);
    // Made of its row of g and its column of xᵀ.
    expect(linkedTo(w, 'result', 5, [])).toEqual({
      local: new Set([2]),
      upstream: new Set([1]),
      result: new Set([5]),
    });
  });
});

/** The sample itself, and with every mixture of shared inputs and batches of 3. */
function mixtures(operation: Operation): Application[] {
  const random = seededRandom(7, operation.id).uniform;
  const ports = Object.keys(operation.sample.inputs);
  const choices = Array.from({ length: 2 ** ports.length }, (_, bits) =>
    variation(
      operation,
      3,
      (port) => !mustBeShared(operation, port) && ((bits >> ports.indexOf(port)) & 1) === 1,
      random,
    ),
  );
  return [sampleOf(operation), ...choices];
}

describe('the products of every entry add up to what flows back', () => {
  it.each(computing.map((operation) => [operation.id, operation] as const))(
    '%s',
    (_, operation) => {
      for (const application of mixtures(operation)) {
        const traced = trace(operationGraph(operation, application), catalogue);
        expect(traced.errors).toEqual([]);
        for (const port of Object.keys(application.inputs)) {
          const wire = wireId(`w_${port}`);
          const gradient = traced.wires.get(wire)?.gradient;
          const links = linksOf(traced, catalogue, wire);
          expect(links === null).toBe(gradient === null);
          if (!links || !gradient) continue;
          gradient.data.data.forEach((wanted, at) => {
            let sum = 0;
            for (const { local, upstream } of links.terms(at)) {
              sum +=
                (links.local.array.data[local] ?? Number.NaN) *
                (links.upstream.array.data[upstream] ?? Number.NaN);
            }
            expect(Math.abs(sum - wanted), `${port} ${at}`).toBeLessThan(1e-9);
          });
          for (const grid of [links.local, links.upstream, links.result]) {
            const places = drawn(grid).flat();
            expect(places).toHaveLength(grid.array.data.length);
            const seen = new Set<number>();
            for (let row = 0; row < grid.rows; row++) {
              for (let column = 0; column < grid.columns; column++)
                seen.add(grid.index(row, column));
            }
            expect(seen.size).toBe(grid.array.data.length);
          }
        }
      }
    },
  );
});
