import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Float64Engine, Float64Ops, type NdArray, type Primitive, sizeOf } from '#tensor';

const exact = new Float64Ops();

const numbers = fc.oneof(
  fc.double({ min: -9, max: 9, noNaN: true }),
  fc.constantFrom(0, -0, 1, Number.POSITIVE_INFINITY, Number.NaN),
);
const ofShape = (shape: readonly number[]): fc.Arbitrary<NdArray> => {
  const size = sizeOf(shape);
  return fc
    .array(numbers, { minLength: size, maxLength: size })
    .map((data) => ({ shape, data: Float64Array.from(data) }));
};
const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 });

/** A shape and one that stretches to it: some axes of length 1, some missing in front. */
const stretched = shapes.chain((shape) =>
  fc
    .record({
      ones: fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      from: fc.integer({ min: 0, max: shape.length }),
    })
    .map(({ ones, from }) => ({
      shape,
      small: shape.map((length, axis) => (ones[axis] ? 1 : length)).slice(from),
    })),
);

const binaryNames = ['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'greater', 'equal'] as const;
const unaryNames = ['relu', 'exp', 'log', 'step', 'sqrt', 'neg', 'sigmoid'] as const;

const cases: fc.Arbitrary<{ readonly primitive: Primitive; readonly inputs: readonly NdArray[] }> =
  fc.oneof(
    fc
      .tuple(fc.constantFrom(...unaryNames), shapes.chain(ofShape))
      .map(([op, x]) => ({ primitive: { op }, inputs: [x] })),
    fc
      .tuple(fc.constantFrom(...binaryNames), stretched, fc.boolean())
      .chain(([op, { shape, small }, swapped]) =>
        fc.tuple(ofShape(shape), ofShape(small)).map(([a, b]) => ({
          primitive: { op },
          inputs: swapped ? [b, a] : [a, b],
        })),
      ),
    fc
      .tuple(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        fc.boolean(),
      )
      .chain(([[m = 1, k = 1, n = 1], transposeA, transposeB]) =>
        fc
          .tuple(ofShape(transposeA ? [k, m] : [m, k]), ofShape(transposeB ? [n, k] : [k, n]))
          .map(([a, b]) => ({
            primitive: { op: 'matmul' as const, transposeA, transposeB },
            inputs: [a, b],
          })),
      ),
    shapes.chain((shape) =>
      fc
        .tuple(
          fc.subarray(shape.map((_, axis) => axis)),
          ofShape(shape),
          fc.constantFrom('sum' as const, 'reduceMax' as const),
        )
        .map(([axes, x, op]) => ({ primitive: { op, axes, keepDims: false }, inputs: [x] })),
    ),
    fc
      .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
      .chain((shape) => fc.tuple(fc.nat(shape.length - 1), ofShape(shape)))
      .map(([axis, x]) => ({ primitive: { op: 'argMax' as const, axis }, inputs: [x] })),
  );

describe('a prepared primitive', () => {
  it('gives the numbers of the exact engine to the last bit, also into a used buffer', () => {
    let prepared = 0;
    fc.assert(
      fc.property(cases, ({ primitive, inputs }) => {
        const engine = new Float64Engine();
        const call = engine.prepare(
          primitive,
          inputs.map(({ shape }) => shape),
        );
        if (!call) return;
        prepared++;
        const wanted = exact.apply(primitive, inputs);
        for (let round = 0; round < 2; round++) {
          const got = call.apply(inputs);
          expect(got.shape).toEqual(wanted.shape);
          expect(got.data.length).toBe(wanted.data.length);
          got.data.forEach((value, at) => {
            expect(Object.is(value, wanted.data[at])).toBe(true);
          });
          engine.release(got);
        }
        expect(engine.held()).toBe(0);
      }),
      { numRuns: 600 },
    );
    expect(prepared).toBeGreaterThan(400);
  });

  it('never writes into a tensor that is still held', () => {
    const engine = new Float64Engine();
    const double = engine.prepare({ op: 'add' }, [[2], [2]]);
    const x = engine.upload([2], Float32Array.of(1, 2));
    const first = double?.apply([x, x]);
    const view = first && engine.apply({ op: 'reshape', shape: [2, 1] }, [first]);
    if (!double || !first || !view) throw new Error('not prepared');
    engine.release(first);
    const second = double.apply([x, x]);
    const third = double.apply([second, second]);
    expect([...view.data]).toEqual([2, 4]);
    expect([...second.data]).toEqual([2, 4]);
    expect([...third.data]).toEqual([4, 8]);
  });
});
