import type { NodeId } from '#graph';
import { variadicPort } from '#ops';
import { type Float64Ops, type Form, filled, type NdArray, type Shape, sizeOf } from '#tensor';
import type { ExportError } from '../code/sources.ts';
import type { OnnxTensor } from './messages.ts';

/** What flows between the nodes of a model: numbers that are known, or the output of a node of ours. */
export type Operand =
  | { readonly kind: 'array'; readonly name: string; readonly array: NdArray }
  | {
      readonly kind: 'node';
      readonly node: NodeId;
      /** A batch of images: [n, c, h, w] there, [h, w, c] for each example here. */
      readonly image: boolean;
    };

export interface Attributes {
  number(name: string, usual: number): number;
  list(name: string): readonly number[] | undefined;
  text(name: string): string | undefined;
  tensor(name: string): OnnxTensor | undefined;
  /** How many outputs the node has. */
  readonly outputs: number;
}

/** What translating needs of the document that is being built. */
export interface Importer {
  readonly exact: Float64Ops;
  add(
    op: string,
    inputs: Readonly<Record<string, Operand>>,
    attrs?: object,
    label?: string,
  ): Extract<Operand, { kind: 'node' }>;
  array(array: NdArray, name: string): Operand;
  form(operand: Operand): Form;
  refused(why: string): ExportError;
}

type Inputs = readonly (Operand | undefined)[];
type Translate = (o: Importer, inputs: Inputs, attributes: Attributes) => Operand;

function at(o: Importer, inputs: Inputs, index: number): Operand {
  const found = inputs[index];
  if (!found) throw o.refused(`it lacks its input ${index + 1}`);
  return found;
}

/** Numbers that must be known beforehand. */
function numbersAt(o: Importer, inputs: Inputs, index: number): readonly number[] | undefined {
  const found = inputs[index];
  if (!found) return undefined;
  if (found.kind === 'array') return [...found.array.data];
  throw o.refused(`its input ${index + 1} is worked out while the model runs`);
}

function isImage(operand: Operand): boolean {
  return operand.kind === 'node' && operand.image;
}

function asImage(operand: Extract<Operand, { kind: 'node' }>): Operand {
  return { ...operand, image: true };
}

/** Unary operations keep images images. */
function unary(op: string, attrs: (attributes: Attributes) => object = () => ({})): Translate {
  return (o, inputs, attributes) => {
    const x = at(o, inputs, 0);
    const made = o.add(op, { x }, attrs(attributes));
    return isImage(x) ? asImage(made) : made;
  };
}

const through: Translate = (o, inputs) => at(o, inputs, 0);

/** Operands that stretch to each other: numbers beside a batch lose its axis, beside images they are turned. */
function together(o: Importer, operands: readonly Operand[]): readonly Operand[] {
  const images = operands.some(isImage);
  const rank = Math.max(
    ...operands.map((operand) => {
      const { batched, shape } = o.form(operand);
      return operand.kind === 'node' && batched ? shape.length + 1 : 0;
    }),
  );
  return operands.map((operand) => {
    if (operand.kind !== 'array' || rank === 0) return operand;
    const { name, array } = operand;
    let { shape } = array;
    if (shape.length === rank) {
      if (shape[0] !== 1) throw o.refused('numbers that differ from example to example are added');
      shape = shape.slice(1);
    }
    const own = { shape, data: array.data };
    if (!images || shape.length === 0) return o.array(own, name);
    const full = {
      shape: [...new Array<number>(3 - shape.length).fill(1), ...shape],
      data: own.data,
    };
    const turned = o.exact.apply({ op: 'transpose', permutation: [1, 2, 0] }, [full]);
    // One number for each channel stretches by itself.
    const [h, w, c = 1] = turned.shape;
    return o.array(
      h === 1 && w === 1 ? { shape: c === 1 ? [] : [c], data: turned.data } : turned,
      name,
    );
  });
}

function elementwise(op: string): Translate {
  return (o, inputs) => {
    // Sum, Max and Min take any number of inputs, also one.
    if (inputs.length === 1) return at(o, inputs, 0);
    const operands = together(o, [
      at(o, inputs, 0),
      ...inputs.slice(1).flatMap((each) => each ?? []),
    ]);
    const made = o.add(
      op,
      Object.fromEntries(operands.map((each, index) => [variadicPort(index), each])),
    );
    return operands.some(isImage) || inputs.some((each) => each && isImage(each))
      ? asImage(made)
      : made;
  };
}

/** Max and min take two at a time. */
function pairwise(op: string): Translate {
  return (o, inputs, attributes) =>
    inputs
      .slice(1)
      .flatMap((each) => each ?? [])
      .reduce((a, b) => elementwise(op)(o, [a, b], attributes), at(o, inputs, 0));
}

/** An axis of the model as one of an example here; undefined for the batch. */
function axisOf(o: Importer, operand: Operand, axis: number): number | undefined {
  const { batched, shape } = o.form(operand);
  const rank = shape.length + (batched ? 1 : 0);
  const own = axis < 0 ? axis + rank : axis;
  if (!batched) return own;
  if (own === 0) return undefined;
  return isImage(operand) ? [2, 0, 1][own - 1] : own - 1;
}

function axesOf(o: Importer, operand: Operand, axes: readonly number[]): readonly number[] {
  return axes.map((axis) => {
    const own = axisOf(o, operand, axis);
    if (own === undefined) throw o.refused('it works across the batch');
    return own;
  });
}

function reduction(op: string): Translate {
  return (o, inputs, attributes) => {
    const x = at(o, inputs, 0);
    const given = attributes.list('axes') ?? numbersAt(o, inputs, 1);
    const { batched, shape } = o.form(x);
    if (!given && batched) throw o.refused('it works across the batch');
    const axes = given ? axesOf(o, x, given) : shape.map((_, axis) => axis);
    const keepDims = attributes.number('keepdims', 1) === 1;
    const made = o.add(op, { x }, { axes: [...axes], keepDims });
    if (isImage(x) && !keepDims && shape.length - axes.length > 1) {
      throw o.refused('what is left of its images would have its axes in another order');
    }
    return isImage(x) && keepDims ? asImage(made) : made;
  };
}

function transposeArray(o: Importer, array: NdArray, permutation: readonly number[]): NdArray {
  return o.exact.apply({ op: 'transpose', permutation }, [array]);
}

const gemm: Translate = (o, inputs, attributes) => {
  const [x, b, c] = [at(o, inputs, 0), at(o, inputs, 1), inputs[2]];
  if (attributes.number('transA', 0) === 1) throw o.refused('its left matrix is turned');
  const turned = attributes.number('transB', 0) === 1;
  const alpha = attributes.number('alpha', 1);
  const beta = attributes.number('beta', 1);
  const { shape } = o.form(x);
  if (shape.length !== 1) throw o.refused('its left side is no vector for each example');
  const scaled = (array: NdArray, by: number) =>
    by === 1 ? array : { ...array, data: array.data.map((entry) => entry * by) };
  let w: Operand;
  if (b.kind === 'array') {
    const own = turned ? b.array : transposeArray(o, b.array, [1, 0]);
    w = o.array(scaled(own, alpha), b.name);
  } else {
    if (alpha !== 1) throw o.refused('it scales a matrix that is worked out');
    w = turned ? b : o.add('transpose', { x: b });
  }
  if (!c) return o.add('affine', { x, w });
  if (c.kind !== 'array') {
    if (beta !== 1) throw o.refused('it scales a bias that is worked out');
    return o.add('affine', { x, w, b: c });
  }
  const outputs = o.form(w).shape[0] ?? 1;
  const flat = scaled(c.array, beta);
  const bias =
    flat.data.length === 1
      ? filled([outputs], flat.data[0] ?? 0)
      : { shape: [outputs], data: flat.data };
  return o.add('affine', { x, w, b: o.array(bias, c.name) });
};

interface Windows {
  readonly x: Operand;
  readonly stride: number;
  readonly padding: number;
}

/** An image so that whole windows fit: padded where the sides differ, cut where a window would be left over. */
function windows(
  o: Importer,
  x: Operand,
  [rows, columns]: readonly [number, number],
  attributes: Attributes,
  zeros: boolean,
): Windows {
  if (!isImage(x)) throw o.refused('its input is no batch of images');
  const strides = attributes.list('strides') ?? [1, 1];
  const [stride = 1, other = 1] = strides;
  if (stride !== other) throw o.refused('its strides differ');
  if ((attributes.list('dilations') ?? []).some((each) => each !== 1)) {
    throw o.refused('its windows are dilated');
  }
  if (attributes.number('ceil_mode', 0) !== 0) throw o.refused('it rounds its size up');
  const auto = attributes.text('auto_pad') ?? 'NOTSET';
  const [height = 1, width = 1] = o.form(x).shape;
  const around = paddingOf(auto, [height, width], [rows, columns], stride, attributes);
  if (!around) throw o.refused(`its padding “${auto}” is not known`);
  const [top = 0, left = 0, bottom = 0, right = 0] = around;
  const same = top === left && top === bottom && top === right;
  if (!same && !zeros) throw o.refused('its padding differs from side to side');
  const extra = [
    (height + top + bottom - rows) % stride,
    (width + left + right - columns) % stride,
  ] as const;
  if (same && extra[0] === 0 && extra[1] === 0) return { x, stride, padding: top };
  if (!zeros && top > 0) throw o.refused('its windows do not fill its padded images');
  const padded =
    same && top === 0
      ? x
      : o.add(
          'pad',
          { x },
          {
            padding: [
              [top, bottom],
              [left, right],
            ],
          },
        );
  const size = [height + top + bottom - extra[0], width + left + right - extra[1]];
  const cut = extra[0] === 0 && extra[1] === 0 ? padded : o.add('slice', { x: padded }, { size });
  return { x: cut, stride, padding: 0 };
}

function paddingOf(
  auto: string,
  lengths: readonly number[],
  sizes: readonly number[],
  stride: number,
  attributes: Attributes,
): readonly number[] | undefined {
  if (auto === 'NOTSET') return attributes.list('pads') ?? [0, 0, 0, 0];
  if (auto === 'VALID') return [0, 0, 0, 0];
  if (auto !== 'SAME_UPPER' && auto !== 'SAME_LOWER') return undefined;
  const sides = lengths.map((length, axis) => {
    const size = sizes[axis] ?? 1;
    const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + size - length);
    const [small, large] = [Math.floor(total / 2), Math.ceil(total / 2)];
    return auto === 'SAME_UPPER' ? [small, large] : [large, small];
  });
  return [sides[0]?.[0] ?? 0, sides[1]?.[0] ?? 0, sides[0]?.[1] ?? 0, sides[1]?.[1] ?? 0];
}

const conv: Translate = (o, inputs, attributes) => {
  const [w, b] = [at(o, inputs, 1), inputs[2]];
  if (w.kind !== 'array' || w.array.shape.length !== 4) {
    throw o.refused('its filters are not known numbers for images');
  }
  if (attributes.number('group', 1) !== 1) throw o.refused('its channels are in groups');
  const filters = transposeArray(o, w.array, [2, 3, 1, 0]);
  const [rows = 1, columns = 1] = filters.shape;
  const { x, stride, padding } = windows(o, at(o, inputs, 0), [rows, columns], attributes, true);
  const parts = { x, w: o.array(filters, w.name), ...(b ? { b } : {}) };
  return asImage(o.add('conv2d', parts, { stride, padding }));
};

function pool(op: string): Translate {
  return (o, inputs, attributes) => {
    const [rows = 1, columns = rows] = attributes.list('kernel_shape') ?? [];
    if (rows !== columns) throw o.refused('its windows are no squares');
    if (attributes.outputs > 1) throw o.refused('it gives places beside maxima');
    const { x, stride, padding } = windows(o, at(o, inputs, 0), [rows, rows], attributes, false);
    if (op === 'avgPool2d' && padding > 0 && attributes.number('count_include_pad', 0) === 0) {
      throw o.refused('it leaves its padding out of the mean');
    }
    return asImage(o.add(op, { x }, { size: rows, stride, padding }));
  };
}

/** Channels first, as the model lays images out: [h, w, c] → [c·h·w]. */
function flat(o: Importer, x: Operand): Operand {
  const [height = 1, width = 1, channels = 1] = o.form(x).shape;
  if (!isImage(x) || channels === 1 || height * width === 1) return o.add('flatten', { x });
  const rows = o.add('reshape', { x }, { shape: [height * width, channels] });
  return o.add('flatten', { x: o.add('transpose', { x: rows }) });
}

function shaped(o: Importer, x: Operand, shape: Shape): Operand {
  const own = o.form(x).shape;
  return own.length === shape.length && own.every((length, axis) => length === shape[axis])
    ? x
    : o.add('reshape', { x }, { shape: [...shape] });
}

const reshape: Translate = (o, inputs, attributes) => {
  const x = at(o, inputs, 0);
  const wanted = attributes.list('shape') ?? numbersAt(o, inputs, 1) ?? [];
  const { batched, shape } = o.form(x);
  if (x.kind === 'array') {
    const size = sizeOf(shape);
    const known = wanted.map((length, axis) => (length === 0 ? (shape[axis] ?? 1) : length));
    const rest = known.reduce((product, length) => (length === -1 ? product : product * length), 1);
    const full = known.map((length) => (length === -1 ? size / rest : length));
    return o.array({ shape: full, data: x.array.data }, x.name);
  }
  if (!batched) return shaped(o, x, resolved(wanted, shape));
  const [, ...own] = wanted;
  const before = isImage(x) ? [shape[2] ?? 1, shape[0] ?? 1, shape[1] ?? 1] : shape;
  const target = resolved(
    own.map((length, axis) => (length === 0 ? (before[axis] ?? 1) : length)),
    before,
  );
  const vector = shape.length === 1 && !isImage(x) ? x : flat(o, x);
  if (target.length !== 3) return shaped(o, vector, target);
  // A batch of images, channels first.
  const [channels = 1, height = 1, width = 1] = target;
  const rows = o.add('reshape', { x: vector }, { shape: [channels, height * width] });
  const turned = o.add('transpose', { x: rows });
  return asImage(o.add('reshape', { x: turned }, { shape: [height, width, channels] }));
};

function resolved(wanted: readonly number[], from: Shape): Shape {
  const rest = wanted.reduce((product, length) => (length === -1 ? product : product * length), 1);
  return wanted.map((length) => (length === -1 ? sizeOf(from) / Math.max(1, rest) : length));
}

const transpose: Translate = (o, inputs, attributes) => {
  const x = at(o, inputs, 0);
  const { batched, shape } = o.form(x);
  const rank = shape.length + (batched ? 1 : 0);
  const order =
    attributes.list('perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
  if (x.kind === 'array') return o.array(transposeArray(o, x.array, order), x.name);
  const permutation = order.join();
  // Only the names of the axes change.
  if (x.image && permutation === '0,2,3,1') return { ...x, image: false };
  if (!x.image && batched && permutation === '0,3,1,2') return asImage(x);
  if (order.every((axis, index) => axis === index)) return x;
  const turns = batched ? permutation === '0,2,1' : permutation === '1,0';
  if (!turns) throw o.refused(`it reorders the axes as [${permutation}]`);
  return o.add('transpose', { x });
};

const batchNormalization: Translate = (o, inputs, attributes) => {
  const [x, gamma, beta] = [at(o, inputs, 0), at(o, inputs, 1), at(o, inputs, 2)];
  const mean = numbersAt(o, inputs, 3);
  const variance = numbersAt(o, inputs, 4);
  const vector = (list: readonly number[] = []) => ({
    shape: [list.length],
    data: Float64Array.from(list),
  });
  const made = o.add(
    'batchNorm',
    { x, gamma, beta },
    {
      epsilon: attributes.number('epsilon', 1e-5),
      momentum: attributes.number('momentum', 0.9),
      training: false,
      runningMean: vector(mean),
      runningVariance: vector(variance),
    },
  );
  return isImage(x) ? asImage(made) : made;
};

const layerNormalization: Translate = (o, inputs, attributes) => {
  const x = at(o, inputs, 0);
  const { shape } = o.form(x);
  if (shape.length !== 1) throw o.refused('it normalizes a part of each example');
  const n = shape[0] ?? 1;
  const beta = inputs[2] ?? o.array(filled([n], 0), 'beta');
  return o.add(
    'layerNorm',
    { x, gamma: at(o, inputs, 1), beta },
    { epsilon: attributes.number('epsilon', 1e-5) },
  );
};

function alongLast(op: string): Translate {
  return (o, inputs, attributes) => {
    const x = at(o, inputs, 0);
    const { shape } = o.form(x);
    const axis = axisOf(o, x, attributes.number('axis', -1));
    if (axis !== shape.length - 1) throw o.refused('it works along another axis than the last');
    const made = o.add(op, { x });
    return isImage(x) ? asImage(made) : made;
  };
}

const concat: Translate = (o, inputs, attributes) => {
  const operands = inputs.flatMap((each) => each ?? []);
  const axis = attributes.number('axis', 0);
  const arrays = operands.flatMap((each) => (each.kind === 'array' ? [each.array] : []));
  if (arrays.length === operands.length) {
    const rank = arrays[0]?.shape.length ?? 1;
    const own = axis < 0 ? axis + rank : axis;
    return o.array(o.exact.apply({ op: 'concat', axis: own }, arrays), 'numbers');
  }
  const [first] = operands.filter((each) => each.kind === 'node');
  const along = first && axisOf(o, first, axis);
  if (first === undefined || along === undefined) throw o.refused('it joins examples');
  const made = o.add(
    'concat',
    Object.fromEntries(operands.map((each, index) => [variadicPort(index), each])),
    { axis: along },
  );
  return isImage(first) ? asImage(made) : made;
};

const power: Translate = (o, inputs, attributes) => {
  const [x, exponent] = [at(o, inputs, 0), at(o, inputs, 1)];
  if (exponent.kind !== 'array' || exponent.array.data.length !== 1) {
    throw o.refused('its exponent is no single number');
  }
  const [k = 1] = exponent.array.data;
  return k === 2
    ? unary('square')(o, [x], attributes)
    : unary('power', () => ({ exponent: k }))(o, [x], attributes);
};

const clip: Translate = (o, inputs, attributes) => {
  const lo = numbersAt(o, inputs, 1)?.[0] ?? attributes.number('min', -3.4e38);
  const hi = numbersAt(o, inputs, 2)?.[0] ?? attributes.number('max', 3.4e38);
  return unary('clip', () => ({ lo, hi }))(o, inputs, attributes);
};

const prelu: Translate = (o, inputs) => {
  const [x, alpha] = together(o, [at(o, inputs, 0), at(o, inputs, 1)]);
  if (!x || !alpha) throw o.refused('it lacks its slope');
  const made = o.add('prelu', { x, alpha });
  return isImage(x) ? asImage(made) : made;
};

const gather: Translate = (o, inputs, attributes) => {
  const [table, index] = [at(o, inputs, 0), at(o, inputs, 1)];
  if (attributes.number('axis', 0) !== 0) throw o.refused('it looks up along another axis');
  if (table.kind === 'array' && index.kind === 'array') {
    return o.array(o.exact.apply({ op: 'gather' }, [table.array, index.array]), table.name);
  }
  return o.add('embedding', { index, table });
};

/** Axes of length 1 taken away or put in. */
function relength(change: (shape: Shape, axes: readonly number[]) => Shape): Translate {
  return (o, inputs, attributes) => {
    const x = at(o, inputs, 0);
    const axes = attributes.list('axes') ?? numbersAt(o, inputs, 1) ?? [];
    if (x.kind === 'array') {
      return o.array({ shape: change(x.array.shape, axes), data: x.array.data }, x.name);
    }
    const { batched, shape } = o.form(x);
    const full = isImage(x)
      ? [-1, shape[2] ?? 1, shape[0] ?? 1, shape[1] ?? 1]
      : batched
        ? [-1, ...shape]
        : shape;
    return reshape(
      o,
      [x, o.array({ shape: [0], data: Float64Array.from(change(full, axes)) }, '')],
      {
        ...attributes,
        list: () => undefined,
      },
    );
  };
}

/** The shape of a value; −1 for its batch, which reshaping reads as “the rest”. */
const shapeOf: Translate = (o, inputs) => {
  const x = at(o, inputs, 0);
  const { batched, shape } = o.form(x);
  const own = isImage(x) ? [shape[2] ?? 1, shape[0] ?? 1, shape[1] ?? 1] : shape;
  const list = Float64Array.from(batched ? [-1, ...own] : own);
  return o.array({ shape: [list.length], data: list }, 'shape');
};

const pad: Translate = (o, inputs, attributes) => {
  const x = at(o, inputs, 0);
  if ((attributes.text('mode') ?? 'constant') !== 'constant')
    throw o.refused('it pads with more than zeros');
  if ((numbersAt(o, inputs, 2)?.[0] ?? attributes.number('value', 0)) !== 0) {
    throw o.refused('it pads with another number than 0');
  }
  const pads = attributes.list('pads') ?? numbersAt(o, inputs, 1) ?? [];
  const rank = pads.length / 2;
  const { shape } = o.form(x);
  const padding: [number, number][] = shape.map(() => [0, 0]);
  for (let axis = 0; axis < rank; axis++) {
    const sides: [number, number] = [pads[axis] ?? 0, pads[axis + rank] ?? 0];
    const own = axisOf(o, x, axis);
    if (own !== undefined) padding[own] = sides;
    else if (sides[0] !== 0 || sides[1] !== 0) throw o.refused('it works across the batch');
  }
  const made = o.add('pad', { x }, { padding });
  return isImage(x) ? asImage(made) : made;
};

const slice: Translate = (o, inputs, attributes) => {
  const x = at(o, inputs, 0);
  const starts = attributes.list('starts') ?? numbersAt(o, inputs, 1) ?? [];
  const ends = attributes.list('ends') ?? numbersAt(o, inputs, 2) ?? [];
  const axes = attributes.list('axes') ?? numbersAt(o, inputs, 3) ?? starts.map((_, axis) => axis);
  if ((numbersAt(o, inputs, 4) ?? []).some((step) => step !== 1)) throw o.refused('it takes steps');
  const { shape } = o.form(x);
  const start = shape.map(() => 0);
  const size = [...shape];
  axes.forEach((axis, index) => {
    const own = axisOf(o, x, axis);
    if (own === undefined) throw o.refused('it works across the batch');
    const length = shape[own] ?? 1;
    const within = (place = 0) => Math.min(length, Math.max(0, place < 0 ? place + length : place));
    start[own] = within(starts[index]);
    size[own] = within(ends[index]) - (start[own] ?? 0);
  });
  if (x.kind === 'array')
    return o.array(o.exact.apply({ op: 'slice', start, size }, [x.array]), x.name);
  const made = o.add('slice', { x }, { start, size });
  return isImage(x) ? asImage(made) : made;
};

/** How each operation of ONNX becomes ours. */
export const translations: Readonly<Record<string, Translate>> = {
  Abs: unary('abs'),
  Add: elementwise('add'),
  ArgMax: alongLast('argmax'),
  AveragePool: pool('avgPool2d'),
  BatchNormalization: batchNormalization,
  Cast: through,
  Clip: clip,
  Concat: concat,
  Constant: (o, _, attributes) => {
    const tensor = attributes.tensor('value');
    if (tensor)
      return o.array({ shape: tensor.dims, data: Float64Array.from(tensor.data) }, tensor.name);
    const list = attributes.list('value_ints') ?? attributes.list('value_floats');
    if (list) return o.array({ shape: [list.length], data: Float64Array.from(list) }, 'numbers');
    const single = attributes.number('value_float', attributes.number('value_int', 0));
    return o.array(filled([], single), 'number');
  },
  Conv: conv,
  Cos: unary('cos'),
  Div: elementwise('div'),
  Dropout: through,
  Elu: unary('elu', (attributes) => ({ alpha: attributes.number('alpha', 1) })),
  Exp: unary('exp'),
  Flatten: (o, inputs, attributes) => {
    if (attributes.number('axis', 1) !== 1) throw o.refused('it flattens from another axis');
    return flat(o, at(o, inputs, 0));
  },
  Gather: gather,
  Gelu: unary('gelu'),
  Gemm: gemm,
  GlobalAveragePool: (o, inputs) => {
    const x = at(o, inputs, 0);
    if (!isImage(x)) throw o.refused('its input is no batch of images');
    const pooled = o.add('globalAvgPool', { x });
    const [channels = 1] = o.form(pooled).shape;
    return asImage(o.add('reshape', { x: pooled }, { shape: [1, 1, channels] }));
  },
  Identity: through,
  LayerNormalization: layerNormalization,
  LeakyRelu: unary('leakyRelu', (attributes) => ({ alpha: attributes.number('alpha', 0.01) })),
  Log: unary('log'),
  LogSoftmax: alongLast('logSoftmax'),
  MatMul: (o, inputs) => o.add('matmul', { a: at(o, inputs, 0), b: at(o, inputs, 1) }),
  Max: pairwise('max'),
  MaxPool: pool('maxPool2d'),
  Min: pairwise('min'),
  Mul: elementwise('mul'),
  Neg: unary('neg'),
  PRelu: prelu,
  Pad: pad,
  Pow: power,
  Reciprocal: unary('reciprocal'),
  ReduceL1: reduction('norm1'),
  ReduceL2: reduction('norm2'),
  ReduceLogSumExp: reduction('logSumExp'),
  ReduceMax: reduction('reduceMax'),
  ReduceMean: reduction('mean'),
  ReduceSum: reduction('sum'),
  Relu: unary('relu'),
  Reshape: reshape,
  Shape: shapeOf,
  Sigmoid: unary('sigmoid'),
  Sin: unary('sin'),
  Slice: slice,
  Softmax: alongLast('softmax'),
  Softplus: unary('softplus'),
  Sqrt: unary('sqrt'),
  Squeeze: relength((shape, axes) => {
    const gone = new Set(axes.map((axis) => (axis < 0 ? axis + shape.length : axis)));
    return shape.filter((length, axis) => (axes.length > 0 ? !gone.has(axis) : length !== 1));
  }),
  Sub: elementwise('sub'),
  Sum: elementwise('add'),
  Tanh: unary('tanh'),
  Transpose: transpose,
  Unsqueeze: relength((shape, axes) => {
    const rank = shape.length + axes.length;
    const put = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
    const rest = [...shape];
    return Array.from({ length: rank }, (_, axis) => (put.has(axis) ? 1 : (rest.shift() ?? 1)));
  }),
};
