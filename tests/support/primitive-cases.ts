import {
  type BinaryName,
  Float64Ops,
  type NdArray,
  ndArray,
  type Primitive,
  seededRandom,
  sizeOf,
  type UnaryName,
} from '#tensor';

const random = seededRandom(7, 'tfjs-primitives');

export const draw = (shape: readonly number[], next = () => random.normal()): NdArray =>
  ndArray(
    shape,
    Array.from({ length: sizeOf(shape) }, () => Math.fround(next())),
  );

const positive = () => 0.2 + 2 * random.uniform();
const inside = () => 1.8 * random.uniform() - 0.9;
/** Small whole numbers: plenty of ties. */
const tied = () => random.index(3);

const unaryDomains: Record<UnaryName, (() => number) | undefined> = {
  neg: undefined,
  abs: undefined,
  sign: tied,
  exp: undefined,
  log: positive,
  sqrt: positive,
  square: undefined,
  reciprocal: positive,
  sin: undefined,
  cos: undefined,
  tan: inside,
  asin: inside,
  acos: inside,
  atan: undefined,
  sinh: undefined,
  cosh: undefined,
  tanh: undefined,
  sigmoid: undefined,
  relu: undefined,
  softplus: undefined,
  erf: undefined,
  floor: undefined,
  ceil: undefined,
  // Halves too, which go up.
  round: () => random.index(9) / 2 - 2,
  step: () => random.index(3) - 1,
};

const binaryDomains: Record<BinaryName, (() => number) | undefined> = {
  add: undefined,
  sub: undefined,
  mul: undefined,
  div: positive,
  pow: positive,
  maximum: undefined,
  minimum: undefined,
  greater: tied,
  greaterEqual: tied,
  equal: tied,
};

export interface PrimitiveCase {
  readonly name: string;
  readonly primitive: Primitive;
  readonly inputs: readonly NdArray[];
}

/** Every primitive, in the shapes that matter. */
export const primitiveCases: PrimitiveCase[] = [];
const add = (name: string, primitive: Primitive, ...inputs: NdArray[]) =>
  primitiveCases.push({ name: `${primitive.op} ${name}`, primitive, inputs });

for (const [op, domain] of Object.entries(unaryDomains)) {
  for (const shape of [[], [7], [3, 5]]) {
    add(`[${shape}]`, { op: op as UnaryName }, draw(shape, domain));
  }
}

const pairs = [
  [[], []],
  [
    [4, 3],
    [4, 3],
  ],
  [[4, 3], []],
  [[], [4, 3]],
  [[4, 3], [3]],
  [
    [4, 1],
    [4, 3],
  ],
  [
    [5, 4, 3],
    [5, 1, 3],
  ],
  [
    [2, 3, 4, 5],
    [4, 1],
  ],
] as const;
for (const [op, domain] of Object.entries(binaryDomains)) {
  for (const [a, b] of pairs) {
    add(`[${a}] [${b}]`, { op: op as BinaryName }, draw(a, domain), draw(b, domain));
  }
}
add('of one shape', { op: 'where' }, draw([3, 4], tied), draw([3, 4]), draw([3, 4]));
add('stretched', { op: 'where' }, draw([4], tied), draw([3, 1]), draw([]));

for (const op of ['sum', 'reduceMax'] as const) {
  for (const [shape, axes] of [
    [[6], [0]],
    [[4, 5], [0]],
    [[4, 5], [1]],
    [
      [4, 5],
      [0, 1],
    ],
    [[3, 4, 5], [1]],
    [
      [3, 4, 5],
      [0, 1],
    ],
    [
      [3, 4, 5],
      [0, 2],
    ],
    [[1, 4], [0]],
    [
      [2, 3, 4, 5],
      [0, 1, 2],
    ],
  ] as const) {
    for (const keepDims of [false, true]) {
      add(`[${shape}] over ${axes} ${keepDims}`, { op, axes, keepDims }, draw(shape));
    }
  }
}
for (const [shape, axis] of [
  [[6], 0],
  [[4, 5], 0],
  [[4, 5], 1],
] as const) {
  add(`[${shape}] along ${axis}`, { op: 'argMax', axis }, draw(shape, tied));
}

for (const [a, b] of [
  [
    [4, 5],
    [5, 3],
  ],
  [
    [1, 5],
    [5, 3],
  ],
  [
    [4, 1],
    [1, 3],
  ],
  [
    [17, 33],
    [33, 9],
  ],
  [
    [2, 4, 5],
    [2, 5, 3],
  ],
  [
    [4, 5],
    [2, 5, 3],
  ],
  [
    [2, 4, 5],
    [5, 3],
  ],
] as const) {
  for (const transposeA of [false, true]) {
    for (const transposeB of [false, true]) {
      const swap = (shape: readonly number[], yes: boolean) =>
        yes ? [...shape.slice(0, -2), shape.at(-1) ?? 1, shape.at(-2) ?? 1] : shape;
      add(
        `[${a}]·[${b}] ${transposeA} ${transposeB}`,
        { op: 'matmul', transposeA, transposeB },
        draw(swap(a, transposeA)),
        draw(swap(b, transposeB)),
      );
    }
  }
}

// Long sums with a small result, which backends split up.
add(
  'of long sums',
  { op: 'matmul', transposeA: false, transposeB: false },
  draw([5, 2100]),
  draw([2100, 40]),
);

add('', { op: 'reshape', shape: [2, 6] }, draw([3, 4]));
add('to a scalar', { op: 'reshape', shape: [] }, draw([1, 1]));
add('2', { op: 'transpose', permutation: [1, 0] }, draw([3, 4]));
add('3', { op: 'transpose', permutation: [2, 0, 1] }, draw([3, 4, 5]));
add('4', { op: 'transpose', permutation: [0, 3, 2, 1] }, draw([2, 3, 4, 5]));
add('scalar', { op: 'broadcastTo', shape: [3, 4] }, draw([]));
add('row', { op: 'broadcastTo', shape: [3, 4] }, draw([4]));
add('inner', { op: 'broadcastTo', shape: [2, 3, 4] }, draw([2, 1, 4]));
add('same', { op: 'broadcastTo', shape: [3] }, draw([3]));
add('first axis', { op: 'concat', axis: 0 }, draw([2, 3]), draw([4, 3]));
add('last axis', { op: 'concat', axis: 1 }, draw([2, 3]), draw([2, 1]), draw([2, 2]));
add('vector', { op: 'slice', start: [2], size: [3] }, draw([7]));
add('box', { op: 'slice', start: [1, 0, 2], size: [2, 3, 1] }, draw([4, 3, 5]));
add(
  'matrix',
  {
    op: 'pad',
    padding: [
      [1, 0],
      [2, 3],
    ],
  },
  draw([2, 3]),
);
add('vector', { op: 'pad', padding: [[0, 2]] }, draw([3]));
add(
  'scalar',
  { op: 'oneHot', classes: 4 },
  draw([], () => 2),
);
add('vector', { op: 'oneHot', classes: 4 }, draw([5], tied));
add('vector', { op: 'gather' }, draw([5, 3]), draw([4], tied));
add('scalar', { op: 'gather' }, draw([5]), draw([], tied));

for (const [image, filter, stride, padding] of [
  [[2, 5, 6, 3], [3, 3, 3, 4], 1, 0],
  [[2, 5, 6, 3], [3, 3, 3, 4], 1, 1],
  [[2, 7, 7, 2], [3, 3, 2, 3], 2, 1],
  // The last stride does not reach the edge.
  [[1, 8, 8, 2], [3, 3, 2, 3], 2, 0],
  [[2, 6, 6, 1], [2, 2, 1, 2], 2, 0],
  [[2, 6, 6, 2], [1, 1, 2, 3], 3, 0],
  [[1, 4, 4, 2], [2, 2, 2, 2], 1, 2],
  [[2, 12, 12, 1], [5, 5, 1, 8], 1, 2],
] as const) {
  const window = { stride, padding };
  const output = new Float64Ops().apply({ op: 'conv2d', ...window }, [draw(image), draw(filter)]);
  const name = `[${image}] [${filter}] ${stride} ${padding}`;
  add(name, { op: 'conv2d', ...window }, draw(image), draw(filter));
  const upstream = draw(output.shape);
  add(name, { op: 'conv2dInputGradient', inputShape: image, ...window }, upstream, draw(filter));
  add(name, { op: 'conv2dFilterGradient', filterShape: filter, ...window }, draw(image), upstream);
}

for (const [image, size, stride, padding] of [
  [[2, 4, 6, 3], 2, 2, 0],
  [[2, 5, 5, 2], 3, 2, 1],
  [[1, 5, 5, 1], 2, 1, 0],
  [[2, 4, 4, 2], 2, 2, 1],
] as const) {
  const window = { size, stride, padding };
  const shape = new Float64Ops().apply({ op: 'avgPool2d', ...window }, [draw(image)]).shape;
  for (const [name, next] of [
    ['distinct', undefined],
    ['with ties', tied],
    ['negative', () => -1 - random.index(3)],
  ] as const) {
    const x = draw(image, next);
    add(`${name} ${image} ${size} ${stride} ${padding}`, { op: 'maxPool2d', ...window }, x);
    add(
      `${name} ${image} ${size} ${stride} ${padding}`,
      { op: 'maxPool2dGradient', ...window },
      x,
      draw(shape),
    );
  }
  add(`${image} ${size} ${stride} ${padding}`, { op: 'avgPool2d', ...window }, draw(image));
  add(
    `${image} ${size} ${stride} ${padding}`,
    { op: 'avgPool2dGradient', inputShape: image, ...window },
    draw(shape),
  );
}

const regular = (n: number, stack: readonly number[] = []) => {
  const x = draw([...stack, n, n], () => 0.3 * random.normal());
  for (let at = 0; at < x.data.length; at++) {
    if ((at % (n * n)) % (n + 1) === 0) x.data[at] = Math.fround((x.data[at] ?? 0) + 2);
  }
  return x;
};
add('matrix', { op: 'inverse' }, regular(4));
add('stack', { op: 'inverse' }, regular(3, [2]));
add('matrix', { op: 'logAbsDet' }, regular(4));
add('stack', { op: 'logAbsDet' }, regular(3, [2]));
