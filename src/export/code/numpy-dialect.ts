import type { Primitive, Shape } from '#tensor';
import type { Applied } from './expr.ts';
import { at, atom, type Code, type Dialect, level } from './printer.ts';
import { pythonNumber, pythonShape } from './python.ts';
import { alike, condition, type Functions, namesIn } from './python-dialect.ts';

const functions: Functions = {
  ...namesIn('np'),
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  sigmoid: 'sigmoid',
  erf: 'erf',
  maximum: 'np.maximum',
  minimum: 'np.minimum',
};

/** NumPy as one writes it by hand. */
export const numpy: Dialect = {
  array: (nested) => atom(`np.array(${nested})`),
  filled: (value, shape) => {
    if (value === 0) return atom(`np.zeros(${pythonShape(shape)})`);
    if (value === 1) return atom(`np.ones(${pythonShape(shape)})`);
    return atom(`np.full(${pythonShape(shape)}, ${pythonNumber(value)})`);
  },
  apply: (primitive, inputs, expr) => {
    const [a = atom('0'), b = atom('0'), c = atom('0')] = inputs;
    const same = alike(primitive, inputs, functions, expr);
    if (same) return same;
    if (primitive.op === 'concat') {
      return atom(
        `np.concatenate([${inputs.map(({ text }) => text).join(', ')}], axis=${primitive.axis})`,
      );
    }
    return other(primitive, a, b, c, expr);
  },
};

function other(primitive: Primitive, a: Code, b: Code, c: Code, expr: Applied): Code {
  const self = at(level.atom, a);
  switch (primitive.op) {
    case 'relu':
      return atom(`np.maximum(0, ${a.text})`);
    case 'softplus':
      return atom(`np.logaddexp(0, ${a.text})`);
    case 'round':
      return atom(`np.floor(${at(level.sum, a)} + 0.5)`);
    case 'where':
      return atom(`np.where(${condition(a)}, ${b.text}, ${c.text})`);
    case 'sum':
      return atom(`${self}.sum(${axes(primitive.axes, primitive.keepDims, expr)})`);
    case 'reduceMax':
      return atom(`${self}.max(${axes(primitive.axes, primitive.keepDims, expr)})`);
    case 'argMax':
      return atom(`${self}.argmax(axis=${primitive.axis})`);
    case 'matmul':
      return {
        text: `${turned(a, primitive.transposeA, expr.inputs[0]?.shape)} @ ${turned(b, primitive.transposeB, expr.inputs[1]?.shape)}`,
        level: level.product,
      };
    case 'transpose':
      return reversed(primitive.permutation)
        ? atom(`${self}.T`)
        : atom(`${self}.transpose(${pythonShape(primitive.permutation)})`);
    case 'broadcastTo':
      return atom(`np.broadcast_to(${a.text}, ${pythonShape(primitive.shape)})`);
    case 'pad':
      return atom(
        `np.pad(${a.text}, [${primitive.padding.map((x) => `(${x.join(', ')})`).join(', ')}])`,
      );
    case 'oneHot':
      return atom(`np.eye(${primitive.classes})[${indices(a)}]`);
    case 'gather':
      return atom(`${self}[${indices(b)}]`);
    case 'inverse':
      return atom(`np.linalg.inv(${a.text})`);
    case 'logAbsDet':
      return atom(`np.linalg.slogdet(${a.text})[1]`);
    case 'conv2d':
      return call('conv2d', [a, b], primitive.stride, primitive.padding);
    case 'conv2dInputGradient':
      return call(
        'conv2d_to_x',
        [a, b],
        shapeText(primitive.inputShape),
        primitive.stride,
        primitive.padding,
      );
    case 'conv2dFilterGradient':
      return call(
        'conv2d_to_w',
        [a, b],
        shapeText(primitive.filterShape),
        primitive.stride,
        primitive.padding,
      );
    case 'maxPool2d':
      return call('max_pool', [a], primitive.size, primitive.stride, primitive.padding);
    case 'maxPool2dGradient':
      return call('max_pool_back', [a, b], primitive.size, primitive.stride, primitive.padding);
    case 'avgPool2d':
      return call('avg_pool', [a], primitive.size, primitive.stride, primitive.padding);
    case 'avgPool2dGradient':
      return call(
        'avg_pool_back',
        [a],
        shapeText(primitive.inputShape),
        primitive.size,
        primitive.stride,
        primitive.padding,
      );
    default:
      throw new Error(`There is no NumPy for the primitive “${primitive.op}”.`);
  }
}

function call(name: string, inputs: readonly Code[], ...rest: readonly (string | number)[]): Code {
  return atom(`${name}(${[...inputs.map(({ text }) => text), ...rest].join(', ')})`);
}

function shapeText(shape: Shape): string {
  return pythonShape(shape);
}

function axes(list: readonly number[], keepDims: boolean, expr: Applied): string {
  const all = list.length === expr.inputs[0]?.shape.length;
  const which = all ? [] : [`axis=${list.length === 1 ? list[0] : pythonShape(list)}`];
  return [...which, ...(keepDims ? ['keepdims=True'] : [])].join(', ');
}

function turned(code: Code, transposed: boolean, shape: Shape | undefined): string {
  const own = at(transposed ? level.atom : level.sign, code);
  if (!transposed) return own;
  return (shape?.length ?? 2) === 2 ? `${own}.T` : `${own}.swapaxes(-1, -2)`;
}

function reversed(permutation: readonly number[]): boolean {
  return permutation.every((axis, index) => axis === permutation.length - 1 - index);
}

function indices(code: Code): string {
  return `np.asarray(${code.text}).astype(int)`;
}
