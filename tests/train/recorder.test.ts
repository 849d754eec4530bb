import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Float64Engine, filled, ndArray, type Primitive, scalar, ValueOps } from '#tensor';
import { Interpreter } from '../../src/train/interpreter.ts';
import { RecordingOps, type Ref } from '../../src/train/recorder.ts';

const out = (ref: Ref) => new Map([['out', ref]]);
const opsOf = (recorder: RecordingOps, ref: Ref) =>
  recorder.program(out(ref)).instructions.map(({ primitive }) => primitive.op);

describe('recording', () => {
  it('computes what is asked for twice only once', () => {
    const recorder = new RecordingOps();
    const x = recorder.input('x', [3]);
    const once = recorder.apply({ op: 'exp' }, [x]);
    expect(recorder.apply({ op: 'exp' }, [x])).toBe(once);
    expect(opsOf(recorder, recorder.apply({ op: 'mul' }, [once, once]))).toEqual(['exp', 'mul']);
  });

  it('takes a reduction with and without kept axes for the same', () => {
    const recorder = new RecordingOps();
    const x = recorder.input('x', [2, 3]);
    const kept = recorder.apply({ op: 'sum', axes: [1], keepDims: true }, [x]);
    const gone = recorder.apply({ op: 'sum', axes: [1], keepDims: false }, [x]);
    const all = recorder.apply({ op: 'mul' }, [kept, gone]);
    expect(opsOf(recorder, all).filter((op) => op === 'sum')).toHaveLength(1);
  });

  it('computes what depends on constants alone while compiling', () => {
    const recorder = new RecordingOps();
    const o = new ValueOps(recorder);
    const x = { batched: false, shape: [], data: recorder.input('x', []) };
    const { data } = o.mul(x, o.exp(o.add(1, 2)));
    const { instructions, constants } = recorder.program(out(data));
    expect(instructions.map(({ primitive }) => primitive.op)).toEqual(['mul']);
    expect(constants.map(({ array }) => array.data[0])).toEqual([Math.exp(3)]);
  });

  it('leaves out what no output needs', () => {
    const recorder = new RecordingOps();
    const x = recorder.input('x', [2]);
    recorder.input('unused', [2]);
    recorder.apply({ op: 'sin' }, [x]);
    const program = recorder.program(out(recorder.apply({ op: 'cos' }, [x])));
    expect(program.instructions.map(({ primitive }) => primitive.op)).toEqual(['cos']);
    expect(program.inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('spares products with 1, stretching, and reshapes of reshapes', () => {
    const recorder = new RecordingOps();
    const x = recorder.input('x', [2, 3]);
    const ones = recorder.constant(filled([2, 3], 1));
    expect(recorder.apply({ op: 'mul' }, [x, ones])).toBe(x);
    const row = recorder.input('row', [3]);
    const stretched = recorder.apply({ op: 'broadcastTo', shape: [2, 3] }, [row]);
    expect(opsOf(recorder, recorder.apply({ op: 'add' }, [x, stretched]))).toEqual(['add']);
    const flat = recorder.apply({ op: 'reshape', shape: [6] }, [x]);
    expect(recorder.apply({ op: 'reshape', shape: [2, 3] }, [flat])).toBe(x);
  });

  it('keeps a product with 1 that stretches', () => {
    const recorder = new RecordingOps();
    const row = recorder.input('row', [3]);
    const ones = recorder.constant(filled([2, 3], 1));
    expect(recorder.apply({ op: 'mul' }, [row, ones]).shape).toEqual([2, 3]);
  });

  it('tells 0 from −0', () => {
    const recorder = new RecordingOps();
    expect(recorder.constant(scalar(0))).not.toBe(recorder.constant(scalar(-0)));
  });
});

describe('interpreting', () => {
  it('makes outputs tensors of their own, and gives every other tensor back', () => {
    const recorder = new RecordingOps();
    const x = recorder.input('x', [2]);
    const y = recorder.apply({ op: 'neg' }, [x]);
    const wanted = new Map([
      ['same', x],
      ['one', y],
      ['again', y],
      ['constant', recorder.constant(scalar(4))],
    ]);
    const engine = new Float64Engine();
    const interpreter = new Interpreter(recorder.program(wanted), engine);
    const given = engine.constant(ndArray([2], [1, 2]));
    const results = interpreter.run(new Map([['x', given]]));
    expect([...results].map(([name, { data }]) => [name, ...data])).toEqual([
      ['same', 1, 2],
      ['one', -1, -2],
      ['again', -1, -2],
      ['constant', 4],
    ]);
    for (const tensor of results.values()) engine.release(tensor);
    engine.release(given);
    interpreter.dispose();
    expect(engine.held()).toBe(0);
  });

  it('gives everything back when a primitive fails in the middle', () => {
    const recorder = new RecordingOps();
    const index = recorder.input('index', [2]);
    const moved = recorder.apply({ op: 'neg' }, [index]);
    const wanted = recorder.apply({ op: 'oneHot', classes: 3 }, [moved]);
    const engine = new Float64Engine();
    const interpreter = new Interpreter(recorder.program(out(wanted)), engine);
    const run = (values: readonly number[]) => {
      const given = engine.constant(ndArray([2], values));
      try {
        return interpreter.run(new Map([['index', given]]));
      } finally {
        engine.release(given);
      }
    };
    expect(() => run([1, 2])).toThrow(/no index/);
    expect(engine.held()).toBe(0);
    expect([...(run([0, -2]).get('out')?.data ?? [])]).toEqual([1, 0, 0, 0, 0, 1]);
  });

  it('gives what the same calls give without recording', () => {
    const unary = fc.constantFrom('neg', 'exp', 'tanh', 'square', 'step', 'sigmoid');
    const binary = fc.constantFrom('add', 'sub', 'mul', 'maximum', 'greater');
    const call = fc.oneof(
      fc.record({ op: unary, a: fc.nat(), b: fc.nat() }),
      fc.record({ op: binary, a: fc.nat(), b: fc.nat() }),
    );
    fc.assert(
      fc.property(fc.array(call, { minLength: 1, maxLength: 20 }), (calls) => {
        const arrays = [
          ndArray([2, 3], [0.5, -1, 2, 0, 1, -0.25]),
          ndArray([3], [1, 0, -2]),
          filled([2, 3], 1),
          scalar(0.5),
        ];
        const engine = new Float64Engine();
        const recorder = new RecordingOps();
        const plain = [...arrays];
        const refs = arrays.map((array, at) =>
          at < 2 ? recorder.input(`${at}`, array.shape) : recorder.constant(array),
        );
        for (const { op, a, b } of calls) {
          const places = [a % plain.length, b % plain.length];
          const primitive: Primitive = { op };
          plain.push(
            engine.apply(
              primitive,
              places.map((at) => plain[at] ?? scalar(0)),
            ),
          );
          refs.push(
            recorder.apply(
              primitive,
              places.map((at) => refs[at] ?? recorder.constant(scalar(0))),
            ),
          );
        }
        const last = refs.at(-1);
        if (!last) return;
        const interpreter = new Interpreter(recorder.program(out(last)), engine);
        const inputs = new Map(arrays.slice(0, 2).map((array, at) => [`${at}`, array]));
        expect(interpreter.run(inputs).get('out')).toMatchObject({ ...plain.at(-1) });
      }),
    );
  });
});
