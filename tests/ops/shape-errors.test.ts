import { describe, expect, it } from 'vitest';
import { catalogue, outputForm, ShapeError } from '#ops';
import type { Form } from '#tensor';

function form(id: string, shapes: Readonly<Record<string, number[]>>, raw: object = {}): Form {
  const operation = catalogue.get(id);
  if (!operation) throw new Error(`no ${id}`);
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([port, shape]) => [port, { batched: false, shape }]),
  );
  return outputForm(operation, inputs, operation.attrs.parse(raw));
}

function refusal(id: string, shapes: Readonly<Record<string, number[]>>, raw: object = {}) {
  try {
    form(id, shapes, raw);
  } catch (error) {
    if (error instanceof ShapeError) return { port: error.port, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the size of a convolution', () => {
  it('is that of the lecture: 227 with 11 × 11 and stride 4 gives 55', () => {
    const shapes = { x: [227, 227, 3], w: [11, 11, 3, 96], b: [96] };
    expect(form('conv2d', shapes, { stride: 4 }).shape).toEqual([55, 55, 96]);
  });

  it('is refused for 224, with the nearest heights that would do', () => {
    const { port, message } = refusal(
      'conv2d',
      { x: [224, 224, 3], w: [11, 11, 3, 96] },
      { stride: 4 },
    );
    expect(port).toBe('x');
    expect(message).toMatch(/224.*11.*54\.25.*223 or 227/);
  });

  it('is refused where the filter is larger than the image', () => {
    const { message } = refusal('conv2d', { x: [4, 4, 1], w: [5, 5, 1, 1] });
    expect(message).toMatch(/window of 5 does not fit.*4/);
  });

  it('needs filters as deep as their input', () => {
    const { port, message } = refusal('conv2d', { x: [5, 5, 3], w: [3, 3, 2, 4] });
    expect(port).toBe('w');
    expect(message).toMatch(/\[5, 5, 3\].*3 channels.*\[3, 3, 2, 4\]/);
  });

  it('holds for pooling as well', () => {
    expect(form('maxPool2d', { x: [55, 55, 96] }, { size: 3, stride: 2 }).shape).toEqual([
      27, 27, 96,
    ]);
    expect(refusal('avgPool2d', { x: [5, 4, 1] }).message).toMatch(/height of 5.*4 or 6/);
  });
});

describe('shapes that do not fit', () => {
  it.each([
    ['dot', { a: [3], b: [4] }, {}, 'b', /\[3\].*\[4\]/],
    ['outer', { a: [3, 1], b: [4] }, {}, 'a', /vectors.*\[3, 1\]/],
    ['trace', { x: [2, 3] }, {}, 'x', /square.*\[2, 3\]/],
    ['inverse', { x: [3] }, {}, 'x', /square.*\[3\]/],
    ['logdet', { x: [] }, {}, 'x', /square.*scalar/],
    ['quadraticForm', { x: [3], a: [2, 2] }, {}, 'a', /\[2, 2\].*\[3\]/],
    ['transpose', { x: [2, 2, 2] }, {}, 'x', /matrix.*\[2, 2, 2\]/],
    ['reshape', { x: [6] }, { shape: [4, -1] }, 'x', /6 entries.*\[4, -1\]/],
    ['concat', { a: [2, 3], b: [3, 2] }, { axis: 0 }, 'b', /\[2, 3\].*\[3, 2\]/],
    ['concat', { a: [2], b: [2] }, { axis: 1 }, 'a', /no axis 1/],
    ['slice', { x: [4] }, { start: [3], size: [2] }, 'x', /does not lie within.*\[4\]/],
    ['pad', { x: [] }, { padding: [[1, 1]] }, 'x', /one axis.*scalar/],
    ['select', { x: [3], index: [2] }, {}, 'index', /\[3\].*\[2\]/],
    ['softmax', { x: [] }, {}, 'x', /scalar/],
    ['sum', { x: [3] }, { axes: [1] }, 'x', /no axis 1/],
    ['batchNorm', { x: [4], gamma: [3], beta: [4] }, {}, 'gamma', /vector of 4.*\[3\]/],
    ['layerNorm', { x: [4], gamma: [4], beta: [2] }, {}, 'beta', /\[4\].*\[2\]/],
    ['maxout', { x: [3], w: [2, 4, 2], b: [2, 4] }, {}, 'w', /\[2, 4, 2\]/],
    ['embedding', { index: [], table: [4] }, {}, 'table', /matrix.*\[4\]/],
    ['hinge', { scores: [3], target: [3] }, {}, 'target', /class index.*\[3\]/],
    ['crossEntropy', { probabilities: [3], target: [4] }, {}, 'target', /3 numbers.*\[4\]/],
    ['globalAvgPool', { x: [4] }, {}, 'x', /images.*\[4\]/],
    ['dropout', { x: [4] }, { mask: [1, 0] }, 'x', /mask.*\[4\].*\[2\]/],
  ] as const)('%s %j is refused at its port, with both shapes', (id, shapes, raw, port, says) => {
    const copied = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [name, [...shape]]),
    );
    const refused = refusal(id, copied, raw);
    expect(refused.port).toBe(port);
    expect(refused.message).toMatch(says);
    expect(refused.message).toMatch(/\.$/);
  });

  it('more weights than inputs are refused', () => {
    expect(refusal('weightedSum', { a: [] }, { weights: [1, 2] }).message).toMatch(
      /2 weights for one input/,
    );
  });
});

describe('huge shapes', () => {
  it.each([
    ['outer', { a: [100_000], b: [100_000] }, {}],
    ['add', { a: [100_000, 1], b: [1, 100_000] }, {}],
    ['matmul', { a: [100_000, 1], b: [1, 100_000] }, {}],
    ['oneHot', { index: [1000] }, { classes: 10_000_000 }],
    ['pad', { x: [2] }, { padding: [[0, 1_000_000_000]] }],
    ['conv2d', { x: [20_000, 20_000, 1], w: [1, 1, 1, 8] }, {}],
    ['input', {}, { shape: [1_000_000_000] }],
    ['parameter', {}, { shape: [30_000, 30_000] }],
  ] as const)('%s %j is refused without taking the memory', (id, shapes, raw) => {
    const copied = Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => [name, [...shape]]),
    );
    const before = process.memoryUsage().arrayBuffers;
    expect(refusal(id, copied, raw).message).toMatch(/entries/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
  });
});

describe('attributes that cannot be', () => {
  it.each([
    ['dropout', { keep: 0 }, 'The probability of keeping must be more than 0 and at most 1.'],
    ['dropout', { keep: 1.5 }, 'The probability of keeping must be more than 0 and at most 1.'],
    ['conv2d', { stride: 0 }, 'The stride must be a whole number from 1 on.'],
    ['conv2d', { padding: 0.5 }, 'The padding must be a whole number from 0 on.'],
    ['maxPool2d', { size: 2, padding: 2 }, /padding must be smaller than the window/],
    ['power', { exponent: 'two' }, 'The exponent must be a finite number.'],
    ['power', { exponent: Number.POSITIVE_INFINITY }, 'The exponent must be a finite number.'],
    ['clip', { lo: 2, hi: 1 }, /must not lie above/],
    ['reshape', { shape: [-1, -1] }, 'Only one axis of the new shape may be −1.'],
    ['reshape', { shape: [0] }, /at least 1/],
    ['oneHot', { classes: 0 }, 'The number of classes must be a whole number from 1 on.'],
    ['topKError', { k: 0 }, 'k must be a whole number from 1 on.'],
    ['batchNorm', { epsilon: -1 }, 'epsilon must be at least 0.'],
    ['batchNorm', { momentum: 2 }, 'The momentum must be from 0 to 1.'],
    ['concat', { axis: 0.5 }, 'The axis must be a whole number.'],
    ['weightedSum', { weights: ['a'] }, 'A weight must be a finite number.'],
    ['max', { tie: 'last' }, /first.*split/],
    ['sum', { axis: 1 }, /axis/],
  ] as const)('%s %j', (id, raw, says) => {
    const result = catalogue.get(id)?.attrs.safeParse(raw);
    expect(result?.success).toBe(false);
    expect(result?.error?.issues[0]?.message).toMatch(says);
  });
});
