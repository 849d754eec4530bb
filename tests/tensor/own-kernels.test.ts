import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  Float64Ops,
  type NdArray,
  ndArray,
  type Primitive,
  type Shape,
  seededRandom,
  sizeOf,
  startTfjs,
  type TfjsOps,
} from '#tensor';

let wasm: TfjsOps;
beforeAll(async () => {
  wasm = await startTfjs('wasm');
});

const length = fc.integer({ min: 1, max: 19 });
const seed = fc.integer();
const transposed = fc.boolean();

function draw(shape: Shape, seed: number): NdArray {
  const random = seededRandom(seed, shape.join());
  return ndArray(
    shape,
    Array.from({ length: sizeOf(shape) }, () => Math.fround(random.normal())),
  );
}

/** The largest difference between our wasm kernels and the exact engine, relative to the largest entry, or to 1: sums may cancel. */
function difference(primitive: Primitive, inputs: readonly NdArray[]): number {
  const exact = new Float64Ops().apply(primitive, inputs);
  const held = wasm.held();
  const given = inputs.map((array) => wasm.constant(array));
  const result = wasm.apply(primitive, given);
  expect(result.shape).toEqual(exact.shape);
  const got = wasm.read(result);
  const largest = exact.data.reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  const worst = exact.data.reduce(
    (most, x, at) => Math.max(most, Math.abs(x - (got[at] ?? NaN))),
    0,
  );
  for (const tensor of [...given, result]) wasm.release(tensor);
  expect(wasm.held()).toBe(held);
  return worst / largest;
}

const exact = (primitive: Primitive, ...inputs: NdArray[]) =>
  expect(difference(primitive, inputs)).toBeLessThan(3e-6);

const square = (size: number, seed: number): NdArray => draw([size, size], seed);

describe('our kernels on wasm', () => {
  it('multiply matrices of any size, transposed or not', () => {
    fc.assert(
      fc.property(
        length,
        length,
        length,
        transposed,
        transposed,
        seed,
        (m, k, n, ta, tb, start) => {
          const a = draw(ta ? [k, m] : [m, k], start);
          const b = draw(tb ? [n, k] : [k, n], start + 1);
          exact({ op: 'matmul', transposeA: ta, transposeB: tb }, a, b);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('multiply long sums block by block, and stacks', () => {
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ] as const) {
      const flags = { transposeA: ta, transposeB: tb };
      exact(
        { op: 'matmul', ...flags },
        draw(ta ? [999, 101] : [101, 999], 1),
        draw(tb ? [13, 999] : [999, 13], 2),
      );
      exact(
        { op: 'matmul', ...flags },
        draw(ta ? [3, 7, 5] : [3, 5, 7], 3),
        draw(tb ? [3, 9, 7] : [3, 7, 9], 4),
      );
      exact(
        { op: 'matmul', ...flags },
        draw(ta ? [1, 7, 5] : [1, 5, 7], 3),
        draw(tb ? [3, 9, 7] : [3, 7, 9], 4),
      );
    }
    exact({ op: 'matmul', transposeA: false, transposeB: false }, square(1, 1), square(1, 2));
  });

  it('convolve, and send both gradients back', () => {
    const small = fc.integer({ min: 1, max: 4 });
    const channels = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(
        ...[small, small, small, channels, channels, fc.integer({ min: 1, max: 3 })],
        fc.integer({ min: 0, max: 2 }),
        ...[small, small, seed],
        (images, rows, columns, c, f, stride, padding, across, down, start) => {
          // As many windows as were asked for, and nothing left over.
          const height = Math.max(1, (down - 1) * stride + rows - 2 * padding);
          const width = Math.max(1, (across - 1) * stride + columns - 2 * padding);
          fc.pre((height + 2 * padding - rows) % stride === 0 && height + 2 * padding >= rows);
          fc.pre((width + 2 * padding - columns) % stride === 0 && width + 2 * padding >= columns);
          const x = draw([images, height, width, c], start);
          const filter = draw([rows, columns, c, f], start + 1);
          const window = { stride, padding };
          exact({ op: 'conv2d', ...window }, x, filter);
          const out = new Float64Ops().apply({ op: 'conv2d', ...window }, [x, filter]);
          const upstream = draw(out.shape, start + 2);
          exact({ op: 'conv2dInputGradient', inputShape: x.shape, ...window }, upstream, filter);
          exact({ op: 'conv2dFilterGradient', filterShape: filter.shape, ...window }, x, upstream);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('pool the largest, ties to the first, windows that overlap and padding that never wins', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        seed,
        (images, channels, size, stride, windows, start) => {
          const padding = Math.floor(size / 3);
          const side = (windows - 1) * stride + size - 2 * padding;
          const random = seededRandom(start, 'ties');
          const shape = [images, side, side, channels];
          const x = ndArray(
            shape,
            Array.from({ length: sizeOf(shape) }, () => random.index(3) - 4),
          );
          const primitive = { op: 'maxPool2d', size, stride, padding } as const;
          exact(primitive, x);
          const upstream = draw([images, windows, windows, channels], start);
          exact({ ...primitive, op: 'maxPool2dGradient' }, x, upstream);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('sum rows, combine with a row, transpose', () => {
    fc.assert(
      fc.property(length, length, length, seed, (a, b, c, start) => {
        const x = draw([a, b, c], start);
        exact({ op: 'sum', axes: [0], keepDims: false }, x);
        exact({ op: 'sum', axes: [0, 1], keepDims: true }, x);
        exact({ op: 'sum', axes: [0, 1, 2], keepDims: false }, x);
        exact({ op: 'transpose', permutation: [1, 0] }, draw([a, b], start));
        for (const op of ['add', 'sub', 'mul', 'div'] as const) {
          for (const shape of [[c], [b, c], [1, c], [1, b, c], [b, 1], [1], []]) {
            const row = draw(shape, start + 1);
            const away = {
              ...row,
              data: row.data.map((entry) => Math.fround(entry + Math.sign(entry))),
            };
            exact({ op }, x, away);
            exact({ op }, away, {
              ...x,
              data: x.data.map((entry) => Math.fround(entry + Math.sign(entry))),
            });
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('sum many rows exactly', () => {
    const x = ndArray(
      [100_000, 5],
      Array.from({ length: 500_000 }, () => Math.fround(0.1)),
    );
    expect(difference({ op: 'sum', axes: [0], keepDims: false }, [x])).toBeLessThan(1e-7);
  });
});

it('are what their source compiles to', { timeout: 120_000 }, () => {
  const script = ['scripts/kernels.mjs', '--print'];
  const { stdout } = spawnSync(process.execPath, script, { encoding: 'utf8' });
  expect(stdout).toBe(readFileSync(resolve('src/tensor/tfjs/generated/kernels.ts'), 'utf8'));
});
