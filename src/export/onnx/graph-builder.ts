import { filled } from '#tensor';
import { type Applied, type Expr, examplesIn, sharesOfExamples } from '../code/expr.ts';
import { ExportError } from '../code/sources.ts';
import { dataTypes, type OnnxAttribute, type OnnxNode, type OnnxTensor } from './messages.ts';

const oneToOne: Readonly<Record<string, string>> = {
  neg: 'Neg',
  abs: 'Abs',
  sign: 'Sign',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  reciprocal: 'Reciprocal',
  sin: 'Sin',
  cos: 'Cos',
  tan: 'Tan',
  asin: 'Asin',
  acos: 'Acos',
  atan: 'Atan',
  sinh: 'Sinh',
  cosh: 'Cosh',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  relu: 'Relu',
  softplus: 'Softplus',
  erf: 'Erf',
  floor: 'Floor',
  ceil: 'Ceil',
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  pow: 'Pow',
  maximum: 'Max',
  minimum: 'Min',
};

const comparisons: Readonly<Record<string, string>> = {
  greater: 'Greater',
  greaterEqual: 'GreaterOrEqual',
  equal: 'Equal',
};

/** Writes expressions as nodes of ONNX. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxTensor[] = [];
  readonly #names = new Map<number, string>();
  readonly #constants = new Map<string, string>();
  /** A value whose first axis is the batch. */
  readonly #batched: string | undefined;
  readonly #fresh: (wanted: string) => string;
  #count: string | undefined;

  constructor(fresh: (wanted: string) => string, batched: string | undefined) {
    this.#fresh = fresh;
    this.#batched = batched;
  }

  /** Makes sure that the expression is computed, and gives its name. `wanted` is what it is called, if it has no name yet. */
  value(expr: Expr, wanted = 'value'): string {
    const known = this.#names.get(expr.id);
    if (known !== undefined) return known;
    const name =
      expr.kind === 'given'
        ? expr.name
        : expr.kind === 'constant'
          ? this.#constantOf(expr)
          : this.#applied(expr, wanted);
    this.#names.set(expr.id, name);
    return name;
  }

  /** The same value under exactly this name: for outputs. */
  output(expr: Expr, name: string): void {
    const inputs = [this.value(expr)];
    this.nodes.push({
      opType: 'Identity',
      name: `${name}_Identity`,
      domain: '',
      inputs,
      outputs: [name],
      attributes: [],
    });
  }

  initializer(name: string, dims: readonly number[], data: OnnxTensor['data']): void {
    this.initializers.push({ name, dims, dataType: dataTypes.float, data });
  }

  #add(
    opType: string,
    inputs: readonly string[],
    attributes: readonly OnnxAttribute[] = [],
    wanted = 'value',
  ): string {
    const output = this.#fresh(wanted);
    this.nodes.push({
      opType,
      name: `${output}_${opType}`,
      domain: '',
      inputs,
      outputs: [output],
      attributes,
    });
    return output;
  }

  #constantOf(expr: Extract<Expr, { kind: 'constant' }>): string {
    const { array } = expr;
    const [first = 0] = array.data;
    if (array.data.length === 1) {
      const scaled = this.#withExamples(first);
      if (scaled !== undefined) return scaled;
    }
    return this.#tensor('constant', array.shape, dataTypes.float, array.data);
  }

  /** Numbers that were made from the number of examples are made from it again, whatever it is. */
  #withExamples(x: number): string | undefined {
    const times = examplesIn(Math.abs(x));
    const shares = sharesOfExamples(x);
    if (times === 0 && shares === 0) return undefined;
    const count = this.#add('Cast', [this.#examples()], [{ name: 'to', kind: 'int', value: 1 }]);
    if (times > 0) return this.#add('Mul', [count, this.#number(Math.sign(x) * times)]);
    return this.#add('Div', [this.#number(shares), count]);
  }

  #number(x: number): string {
    return this.#tensor('constant', [], dataTypes.float, [x]);
  }

  #integers(list: readonly number[]): string {
    return this.#tensor('lengths', [list.length], dataTypes.int64, list);
  }

  #tensor(
    wanted: string,
    dims: readonly number[],
    dataType: number,
    data: OnnxTensor['data'],
  ): string {
    const key =
      data.length <= 64
        ? `${dataType}:${dims.join()}:${Array.from(data, (x) => (Object.is(x, -0) ? '-0' : x)).join()}`
        : undefined;
    const known = key === undefined ? undefined : this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#fresh(wanted);
    this.initializers.push({ name, dims, dataType, data });
    if (key !== undefined) this.#constants.set(key, name);
    return name;
  }

  /** The number of examples of what is computed, as int64. */
  #examples(): string {
    if (this.#count !== undefined) return this.#count;
    if (this.#batched === undefined) throw new ExportError('Nothing in the graph is batched.');
    const shape = this.#add('Shape', [this.#batched]);
    const first = this.#tensor('index', [], dataTypes.int64, [0]);
    this.#count = this.#add(
      'Gather',
      [shape, first],
      [{ name: 'axis', kind: 'int', value: 0 }],
      'examples',
    );
    return this.#count;
  }

  /** A shape as a tensor; lengths that come from the batch are worked out when the model runs. */
  #shape(shape: readonly number[]): string {
    if (!shape.some((length) => examplesIn(length) > 0)) return this.#integers(shape);
    const lengths = shape.map((length) => {
      const times = examplesIn(length);
      if (times === 0) return this.#integers([length]);
      const scaled =
        times === 1
          ? this.#examples()
          : this.#add('Mul', [
              this.#examples(),
              this.#tensor('factor', [], dataTypes.int64, [times]),
            ]);
      return this.#add('Unsqueeze', [scaled, this.#integers([0])]);
    });
    return this.#add('Concat', lengths, [{ name: 'axis', kind: 'int', value: 0 }]);
  }

  #toFloat(name: string, wanted?: string): string {
    return this.#add('Cast', [name], [{ name: 'to', kind: 'int', value: dataTypes.float }], wanted);
  }

  #toIndex(name: string): string {
    return this.#add('Cast', [name], [{ name: 'to', kind: 'int', value: dataTypes.int64 }]);
  }

  #transposed(name: string, permutation: readonly number[], wanted?: string): string {
    return this.#add(
      'Transpose',
      [name],
      [{ name: 'perm', kind: 'ints', value: permutation }],
      wanted,
    );
  }

  #applied(expr: Applied, wanted: string): string {
    const { primitive, inputs } = expr;
    const names = inputs.map((input) => this.value(input));
    const [a = '', b = '', c = ''] = names;
    const same = oneToOne[primitive.op];
    if (same) return this.#add(same, names, [], wanted);
    const compared = comparisons[primitive.op];
    if (compared) return this.#toFloat(this.#add(compared, names), wanted);
    switch (primitive.op) {
      case 'square':
        return this.#add('Mul', [a, a], [], wanted);
      case 'round':
        return this.#add('Floor', [this.#add('Add', [a, this.#number(0.5)])], [], wanted);
      case 'step':
        return this.#toFloat(this.#add('Greater', [a, this.#number(0)]), wanted);
      case 'where': {
        const condition = this.#add(
          'Cast',
          [a],
          [{ name: 'to', kind: 'int', value: dataTypes.bool }],
        );
        return this.#add('Where', [condition, b, c], [], wanted);
      }
      case 'sum':
        return this.#add(
          'ReduceSum',
          [a, this.#integers(primitive.axes)],
          keep(primitive.keepDims),
          wanted,
        );
      case 'reduceMax': {
        const axes = { name: 'axes', kind: 'ints', value: primitive.axes } as const;
        return this.#add('ReduceMax', [a], [axes, ...keep(primitive.keepDims)], wanted);
      }
      case 'argMax': {
        const axis = { name: 'axis', kind: 'int', value: primitive.axis } as const;
        return this.#toFloat(this.#add('ArgMax', [a], [axis, ...keep(false)]), wanted);
      }
      case 'matmul':
        return this.#product(expr, a, b, wanted);
      case 'reshape':
        return this.#add('Reshape', [a, this.#reshapeTo(primitive.shape)], [], wanted);
      case 'transpose':
        return this.#transposed(a, primitive.permutation, wanted);
      case 'broadcastTo':
        return this.#add('Expand', [a, this.#shape(primitive.shape)], [], wanted);
      case 'concat':
        return this.#add(
          'Concat',
          names,
          [{ name: 'axis', kind: 'int', value: primitive.axis }],
          wanted,
        );
      case 'slice':
        return this.#slice(a, expr, primitive.start, primitive.size, wanted);
      case 'pad': {
        const pads = [
          ...primitive.padding.map(([before]) => before),
          ...primitive.padding.map(([, after]) => after),
        ];
        return this.#add('Pad', [a, this.#integers(pads)], [], wanted);
      }
      case 'oneHot': {
        const { classes } = primitive;
        if (expr.shape.length === 1) {
          // OneHot takes no single index.
          const one = filled([classes, classes], 0).data;
          for (let at = 0; at < classes; at++) one[at * (classes + 1)] = 1;
          const rows = this.#tensor('one_hot', [classes, classes], dataTypes.float, one);
          return this.#add('Gather', [rows, this.#toIndex(a)], [], wanted);
        }
        const depth = this.#tensor('classes', [], dataTypes.int64, [classes]);
        const values = this.#tensor('constant', [2], dataTypes.float, [0, 1]);
        const axis = { name: 'axis', kind: 'int', value: -1 } as const;
        return this.#add('OneHot', [this.#toIndex(a), depth, values], [axis], wanted);
      }
      case 'gather':
        return this.#add(
          'Gather',
          [a, this.#toIndex(b)],
          [{ name: 'axis', kind: 'int', value: 0 }],
          wanted,
        );
      case 'conv2d':
        return this.#windows(
          'Conv',
          a,
          this.#transposed(b, [3, 2, 0, 1]),
          windowOf(primitive),
          wanted,
        );
      case 'maxPool2d':
        return this.#windows('MaxPool', a, undefined, pooling(primitive), wanted);
      case 'avgPool2d': {
        const counted = { name: 'count_include_pad', kind: 'int', value: 1 } as const;
        return this.#windows('AveragePool', a, undefined, [...pooling(primitive), counted], wanted);
      }
      case 'logAbsDet': {
        const determinant = this.#add('Det', [a]);
        return this.#add('Log', [this.#add('Abs', [determinant])], [], wanted);
      }
      case 'inverse':
        throw new ExportError('ONNX has no operation for the inverse of a matrix.');
      default:
        throw new ExportError(`ONNX has no operation for “${primitive.op}”.`);
    }
  }

  #product({ primitive, inputs }: Applied, a: string, b: string, wanted: string): string {
    if (primitive.op !== 'matmul') return a;
    const { transposeA, transposeB } = primitive;
    const ranks = inputs.map(({ shape }) => shape.length);
    if (ranks.every((rank) => rank === 2) && (transposeA || transposeB)) {
      return this.#add(
        'Gemm',
        [a, b],
        [
          { name: 'transA', kind: 'int', value: transposeA ? 1 : 0 },
          { name: 'transB', kind: 'int', value: transposeB ? 1 : 0 },
        ],
        wanted,
      );
    }
    const turned = (name: string, rank: number) =>
      this.#transposed(name, rank === 2 ? [1, 0] : [0, 2, 1]);
    const left = transposeA ? turned(a, ranks[0] ?? 2) : a;
    const right = transposeB ? turned(b, ranks[1] ?? 2) : b;
    return this.#add('MatMul', [left, right], [], wanted);
  }

  /** One length may be −1: the one that comes from the batch. */
  #reshapeTo(shape: readonly number[]): string {
    const open = shape.filter((length) => examplesIn(length) > 0);
    if (open.length !== 1) return this.#shape(shape);
    return this.#integers(shape.map((length) => (examplesIn(length) > 0 ? -1 : length)));
  }

  #slice(
    name: string,
    { inputs }: Applied,
    start: readonly number[],
    size: readonly number[],
    wanted: string,
  ): string {
    const shape = inputs[0]?.shape ?? [];
    const cut = size.flatMap((length, axis) => (length === shape[axis] ? [] : [axis]));
    const starts = cut.map((axis) => start[axis] ?? 0);
    const ends = cut.map((axis) => (start[axis] ?? 0) + (size[axis] ?? 0));
    return this.#add(
      'Slice',
      [name, this.#integers(starts), this.#integers(ends), this.#integers(cut)],
      [],
      wanted,
    );
  }

  /** Images are [n, h, w, c] here and [n, c, h, w] there. */
  #windows(
    opType: string,
    x: string,
    weights: string | undefined,
    attributes: readonly OnnxAttribute[],
    wanted: string,
  ): string {
    const images = this.#transposed(x, [0, 3, 1, 2]);
    const result = this.#add(
      opType,
      weights === undefined ? [images] : [images, weights],
      attributes,
    );
    return this.#transposed(result, [0, 2, 3, 1], wanted);
  }
}

function keep(keepDims: boolean): readonly OnnxAttribute[] {
  return [{ name: 'keepdims', kind: 'int', value: keepDims ? 1 : 0 }];
}

function windowOf({
  stride,
  padding,
}: {
  readonly stride: number;
  readonly padding: number;
}): readonly OnnxAttribute[] {
  return [
    { name: 'strides', kind: 'ints', value: [stride, stride] },
    { name: 'pads', kind: 'ints', value: [padding, padding, padding, padding] },
  ];
}

function pooling(window: {
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}): readonly OnnxAttribute[] {
  const { size } = window;
  return [{ name: 'kernel_shape', kind: 'ints', value: [size, size] }, ...windowOf(window)];
}
