import { describe, expect, it } from 'vitest';
import { type ArrayValue, filled } from '#tensor';
import { asksFor, hasFewEntries, judgeAnswer, type WireTrace } from '#trace';

function single(x: number): ArrayValue {
  return { batched: false, shape: [], data: { shape: [], data: Float64Array.of(x) } };
}

/** A wire on which `local` × `upstream` flows back. */
function wire(local: number, upstream: number): WireTrace {
  return {
    value: single(7),
    upstream: single(upstream),
    gradient: single(local * upstream),
    local: () => ({ kind: 'elementwise', value: single(local) }),
  };
}

function tensor(shape: number[], examples?: number): WireTrace {
  const data = filled(examples === undefined ? shape : [examples, ...shape], 0);
  return {
    gradient: { batched: examples !== undefined, shape, data },
    local: () => null,
  };
}

const right = { kind: 'right' };

describe('an answer', () => {
  it.each([
    '4',
    ' 4 ',
    '4.0',
    '1*4',
    '1·4',
    '1 × 4',
    '8/2',
    '8 : 2',
    '2^2',
    '16/(3+1)',
    'sqrt(16)',
  ])('“%s” is right for 4', (typed) => {
    expect(judgeAnswer(typed, wire(4, 1))).toEqual(right);
  });

  it.each(['-0.1966', '−0.2', '-0,2', '-0.197', '-0.1966119', '-1/5.09'])(
    '“%s” is right for −0.196612, rounded as typed or within 1 %%',
    (typed) => {
      expect(judgeAnswer(typed, wire(-0.196612, 1))).toEqual(right);
    },
  );

  it.each(['0', '-0.1', '-0.22', '-0.19', '1/5'])('“%s” is wrong for −0.196612', (typed) => {
    expect(judgeAnswer(typed, wire(-0.196612, 1)).kind).toBe('wrong');
  });

  it('0 is right where nothing flows, and only there', () => {
    expect(judgeAnswer('0', wire(0, 3))).toEqual(right);
    expect(judgeAnswer('−0', wire(0, 3))).toEqual(right);
    expect(judgeAnswer('0', wire(0.4, 1)).kind).toBe('wrong');
    expect(judgeAnswer('0.01', wire(0, 3)).kind).toBe('wrong');
  });

  it('may be infinite', () => {
    const infinite = wire(Number.NEGATIVE_INFINITY, 1);
    expect(judgeAnswer('−∞', infinite)).toEqual(right);
    expect(judgeAnswer('∞', infinite)).toMatchObject({ why: 'sign' });
    expect(judgeAnswer('1000', infinite)).toMatchObject({ why: 'number' });
  });

  it('that is wrong learns why, where that can be told', () => {
    expect(judgeAnswer('-6', wire(2, 3))).toMatchObject({ why: 'sign' });
    expect(judgeAnswer('2', wire(2, 3))).toMatchObject({ why: 'local' });
    expect(judgeAnswer('3', wire(2, 3))).toMatchObject({ why: 'upstream' });
    expect(judgeAnswer('5', wire(2, 3))).toMatchObject({ why: 'number' });
  });

  it.each(['', 'x', '2*x', '4..', 'foo(2)', '[1, 2]'])('“%s” cannot be read', (typed) => {
    const verdict = judgeAnswer(typed, wire(4, 1));
    expect(verdict.kind).toBe('unreadable');
    expect(verdict).toHaveProperty('message', expect.stringMatching(/\.$/));
  });
});

describe('a small tensor', () => {
  const small: WireTrace = {
    gradient: {
      batched: false,
      shape: [2, 2],
      data: { shape: [2, 2], data: Float64Array.of(2, 1 / 3, -1, 0) },
    },
    local: () => null,
  };
  const verdict = (typed: string) => judgeAnswer(typed, small);

  it.each([
    '[2, 1/3; −1, 0]',
    '[[2, 0.33], [-1, 0]]',
    '[[4/2,1/3],[-1,0]]',
    ' [ 1·2, 1:3 ; -(2-1), 0·5 ] ',
    '[sqrt(4), 0.3333; -1, 0]',
    '2x2',
    '[2, 2]',
  ])('“%s” is right, as itself or by its shape', (typed) => {
    expect(verdict(typed)).toEqual(right);
  });

  it('that is wrong learns whether the shape, the sign or the entries are', () => {
    expect(verdict('[2, 1/3, -1, 0]')).toMatchObject({ why: 'shape' });
    expect(verdict('[2; 1/3; -1; 0]')).toMatchObject({ why: 'shape' });
    expect(verdict('[-2, -1/3; 1, 0]')).toMatchObject({ why: 'sign' });
    expect(verdict('[2, 1/3; 1, 0]')).toMatchObject({ why: 'entries' });
    expect(verdict('[2.05, 1/3; -1, 0]')).toMatchObject({ why: 'entries' });
  });

  it.each(['[2, 1/3; -1]', '[2, x; 1, 0]', '[[2], 3]', '[1, , 2]', '[1, 2'])(
    '“%s” is not right',
    (typed) => {
      expect(verdict(typed).kind).not.toBe('right');
    },
  );

  it('that cannot be read says why', () => {
    expect(verdict('[2, 1/3; -1]')).toEqual({
      kind: 'unreadable',
      message: 'The rows do not all have the same length.',
    });
    expect(verdict('[2, x; 1, 0]')).toMatchObject({ kind: 'unreadable' });
  });

  it('has one row for each example', () => {
    const batch: WireTrace = {
      gradient: {
        batched: true,
        shape: [],
        data: { shape: [3], data: Float64Array.of(0.5, -1, 2) },
      },
      local: () => null,
    };
    expect(judgeAnswer('[1/2, -1, 2]', batch)).toEqual(right);
    expect(hasFewEntries(batch)).toBe(true);
    expect(hasFewEntries(tensor([3, 4]))).toBe(false);
  });

  it('is not typed where it has many entries', () => {
    expect(judgeAnswer('[0, 0, 0, 0, 0, 0, 0]', tensor([7]))).toMatchObject({ why: 'shape' });
  });
});

describe('a shape', () => {
  it('is asked for where there is more than one number', () => {
    expect(asksFor(wire(1, 1))).toBe('number');
    expect(asksFor(tensor([3, 4]))).toBe('shape');
    expect(asksFor(tensor([], 8))).toBe('shape');
  });

  it.each(['3x4', '3 × 4', '[3, 4]', '(3,4)', '3 4'])('“%s” is right for 3×4', (typed) => {
    expect(judgeAnswer(typed, tensor([3, 4]))).toEqual(right);
  });

  it('may have the examples in front', () => {
    expect(judgeAnswer('4', tensor([4], 128))).toEqual(right);
    expect(judgeAnswer('128x4', tensor([4], 128))).toEqual(right);
    expect(judgeAnswer('scalar', tensor([], 8))).toEqual(right);
    expect(judgeAnswer('[8]', tensor([], 8))).toEqual(right);
  });

  it('that is transposed is wrong', () => {
    expect(judgeAnswer('4x3', tensor([3, 4]))).toEqual({ kind: 'wrong', why: 'shape' });
  });

  it('is no word', () => {
    expect(judgeAnswer('square', tensor([2, 2])).kind).toBe('unreadable');
  });
});
