import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Float64Ops,
  fromNested,
  type Nested,
  type Primitive,
  TensorError,
  toNested,
} from '#tensor';

const engine = new Float64Ops();

function run(primitive: Primitive, ...inputs: Nested[]): Nested {
  return toNested(
    engine.apply(
      primitive,
      inputs.map((input) => fromNested(input)),
    ),
  );
}

describe('primitives, against values worked out by hand', () => {
  const image = [
    [
      [[1], [2], [3]],
      [[4], [5], [6]],
      [[7], [8], [9]],
    ],
  ];
  const window = { stride: 1, padding: 0 };

  it('convolves without turning the filter (cross-correlation)', () => {
    // w = 1, x = 10, y = 100, z = 1000: each digit of the result is one entry of the image.
    const filter = [
      [[[1]], [[10]]],
      [[[100]], [[1000]]],
    ];
    expect(run({ op: 'conv2d', ...window }, image, filter)).toEqual([
      [
        [[5421], [6532]],
        [[8754], [9865]],
      ],
    ]);
  });

  it('pools: the padding never wins a maximum and counts as zero in a mean', () => {
    const negative = [
      [
        [[-1], [-2]],
        [[-3], [-4]],
      ],
    ];
    const padded = { size: 2, stride: 2, padding: 1 };
    expect(run({ op: 'maxPool2d', ...padded }, negative)).toEqual([
      [
        [[-1], [-2]],
        [[-3], [-4]],
      ],
    ]);
    expect(run({ op: 'avgPool2d', ...padded }, negative)).toEqual([
      [
        [[-0.25], [-0.5]],
        [[-0.75], [-1]],
      ],
    ]);
  });

  it('routes a pooled gradient to the first maximum', () => {
    const tied = [
      [
        [[2], [2]],
        [[2], [1]],
      ],
    ];
    const upstream = [[[[5]]]];
    expect(
      run({ op: 'maxPool2dGradient', size: 2, stride: 2, padding: 0 }, tied, upstream),
    ).toEqual([
      [
        [[5], [0]],
        [[0], [0]],
      ],
    ]);
  });

  it('multiplies matrices, transposed or not', () => {
    const a = [
      [1, 2],
      [3, 4],
    ];
    const b = [
      [5, 6],
      [7, 8],
    ];
    const product = (transposeA: boolean, transposeB: boolean) =>
      run({ op: 'matmul', transposeA, transposeB }, a, b);
    expect(product(false, false)).toEqual([
      [19, 22],
      [43, 50],
    ]);
    expect(product(true, false)).toEqual([
      [26, 30],
      [38, 44],
    ]);
    expect(product(false, true)).toEqual([
      [17, 23],
      [39, 53],
    ]);
  });

  it('takes the first of several maxima', () => {
    expect(run({ op: 'argMax', axis: 0 }, [1, 3, 3])).toBe(1);
  });

  it.each([
    // Abramowitz and Stegun, table 7.1.
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [-1, -0.8427007929497149],
  ])('erf(%d) is exact to the last digits', (x, wanted) => {
    expect(run({ op: 'erf' }, x)).toBeCloseTo(wanted, 15);
  });

  it('keeps sigmoid and softplus finite far out', () => {
    expect(run({ op: 'sigmoid' }, [-1000, 1000])).toEqual([0, 1]);
    expect(run({ op: 'softplus' }, [-1000, 1000])).toEqual([0, 1000]);
  });

  it('gives −∞ for the determinant of a singular matrix', () => {
    const singular = [
      [1, 2],
      [2, 4],
    ];
    expect(run({ op: 'logAbsDet' }, singular)).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('primitives, as they must always be', () => {
  const number = fc.double({ min: -2, max: 2, noNaN: true });
  const matrix = fc.integer({ min: 1, max: 4 }).chain((n) => {
    const row = fc.array(number, { minLength: n, maxLength: n });
    // A heavy diagonal keeps it far from singular.
    return fc
      .array(row, { minLength: n, maxLength: n })
      .map((rows) => rows.map((entries, i) => entries.map((x, j) => (i === j ? x + 20 : x))));
  });

  it('a matrix times its inverse is the identity', () => {
    fc.assert(
      fc.property(matrix, (rows) => {
        const inverse = run({ op: 'inverse' }, rows);
        const product = run({ op: 'matmul', transposeA: false, transposeB: false }, rows, inverse);
        (product as number[][]).forEach((entries, i) => {
          entries.forEach((entry, j) => {
            expect(entry).toBeCloseTo(i === j ? 1 : 0, 12);
          });
        });
      }),
    );
  });

  it('transposing twice changes nothing, nor does cutting out what was padded', () => {
    fc.assert(
      fc.property(matrix, fc.nat(3), fc.nat(3), (rows, before, after) => {
        const permutation = [1, 0];
        const turned = run({ op: 'transpose', permutation }, rows);
        expect(run({ op: 'transpose', permutation }, turned)).toEqual(rows);
        const around = [before, after] as const;
        const padded = run({ op: 'pad', padding: [around, around] }, rows);
        const size = [rows.length, rows.length];
        expect(run({ op: 'slice', start: [before, before], size }, padded)).toEqual(rows);
      }),
    );
  });

  it('what would not fit into memory is refused, not tried', () => {
    const column = fromNested(Array.from({ length: 20_000 }, () => [1]));
    const row = fromNested([Array.from({ length: 20_000 }, () => 1)]);
    expect(() => engine.apply({ op: 'add' }, [column, row])).toThrow(TensorError);
    expect(() => engine.apply({ op: 'oneHot', classes: 1e9 }, [fromNested([0, 1])])).toThrow(
      /entries/,
    );
    expect(() =>
      engine.apply({ op: 'matmul', transposeA: false, transposeB: false }, [column, row]),
    ).toThrow(/400,000,000 entries/);
  });

  it('an index that is none is refused', () => {
    expect(() => run({ op: 'oneHot', classes: 3 }, [3])).toThrow(/3 is no index into 3 entries/);
    expect(() => run({ op: 'gather' }, [[1], [2]], 0.5)).toThrow(/0\.5 is no index/);
  });
});
