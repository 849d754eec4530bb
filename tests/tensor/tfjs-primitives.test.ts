import { beforeAll, describe, expect, it } from 'vitest';
import { Float64Ops, ndArray, startTfjs, type TfjsOps } from '#tensor';
import { relativeDifference } from '../support/goldens.ts';
import { draw, primitiveCases } from '../support/primitive-cases.ts';

describe.each(['wasm', 'cpu'] as const)(
  'on %s, every primitive gives what float64 gives',
  (name) => {
    let engine: TfjsOps;
    beforeAll(async () => {
      engine = await startTfjs(name);
    });

    it.each(primitiveCases)('$name', ({ primitive, inputs }) => {
      const wanted = new Float64Ops().apply(primitive, inputs);
      const held = engine.held();
      const given = inputs.map((input) => engine.constant(input));
      const result = engine.apply(primitive, given);
      expect(engine.shape(result)).toEqual(wanted.shape);
      const got = { shape: wanted.shape, data: Float64Array.from(engine.read(result)) };
      expect(relativeDifference(got, wanted)).toBeLessThanOrEqual(1e-4);
      for (const [at, input] of given.entries()) {
        // No kernel may write into what it was given.
        expect([...engine.read(input)]).toEqual([...(inputs[at]?.data ?? [])]);
        engine.release(input);
      }
      engine.release(result);
      // wasm keeps rows of ones for its sums.
      expect(engine.held() - held).toBeLessThanOrEqual(primitive.op === 'sum' ? 1 : 0);
    });

    it('multiplies right when one tensor is the right operand in two shapes', () => {
      const b = draw([2, 6]);
      const given = engine.constant(b);
      const seen = engine.apply({ op: 'reshape', shape: [4, 3] }, [given]);
      for (const [left, right, array] of [
        [draw([3, 2]), given, b],
        [draw([3, 4]), seen, { ...b, shape: [4, 3] }],
        [draw([3, 2]), given, b],
      ] as const) {
        const primitive = { op: 'matmul', transposeA: false, transposeB: false } as const;
        const wanted = new Float64Ops().apply(primitive, [left, array]);
        const got = engine.apply(primitive, [engine.constant(left), right]);
        const data = Float64Array.from(engine.read(got));
        expect(relativeDifference({ shape: wanted.shape, data }, wanted)).toBeLessThanOrEqual(1e-5);
      }
    });

    it('lets a NaN through every step of a step of training', () => {
      const nan = engine.constant(ndArray([2], [Number.NaN, 1]));
      for (const op of ['relu', 'exp', 'sigmoid', 'tanh', 'neg', 'square'] as const) {
        expect(engine.read(engine.apply({ op }, [nan]))[0], op).toBeNaN();
      }
      for (const op of ['add', 'mul', 'maximum'] as const) {
        expect(engine.read(engine.apply({ op }, [nan, nan]))[0], op).toBeNaN();
      }
    });
  },
);
