import type { BinaryName, Primitive, Shape, UnaryName } from '#tensor';
import type { Applied } from './expr.ts';
import { at, atom, type Code, type Dialect, level } from './printer.ts';
import { pythonLength, pythonNumber, pythonShape } from './python.ts';

const functions: Readonly<Partial<Record<UnaryName | BinaryName, string>>> = {
  abs: 'np.abs',
  sign: 'np.sign',
  exp: 'np.exp',
  log: 'np.log',
  sqrt: 'np.sqrt',
  sin: 'np.sin',
  cos: 'np.cos',
  tan: 'np.tan',
  asin: 'np.arcsin',
  acos: 'np.arccos',
  atan: 'np.arctan',
  sinh: 'np.sinh',
  cosh: 'np.cosh',
  tanh: 'np.tanh',
  sigmoid: 'sigmoid',
  erf: 'erf',
  floor: 'np.floor',
  ceil: 'np.ceil',
  maximum: 'np.maximum',
  minimum: 'np.minimum',
};

/** Operators: how tightly they bind, and what their right operand needs. */
export const operators: Readonly<
  Partial<Record<BinaryName, readonly [sign: string, own: number, right: number]>>
> = {
  add: ['+', level.sum, level.sum],
  sub: ['-', level.sum, level.product],
  mul: ['*', level.product, level.sign],
  div: ['/', level.product, level.sign],
};

export const comparisons: Readonly<Partial<Record<BinaryName | UnaryName, string>>> = {
  greater: '>',
  greaterEqual: '>=',
  equal: '==',
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
    const name = functions[primitive.op as UnaryName];
    if (name) return atom(`${name}(${inputs.map(({ text }) => text).join(', ')})`);
    const operator = operators[primitive.op as BinaryName];
    if (operator) {
      const [sign, own, right] = operator;
      return { text: `${at(own, a)} ${sign} ${at(right, b)}`, level: own };
    }
    const compared = comparisons[primitive.op as BinaryName];
    if (compared) {
      const [left, right] = [at(level.sum, a), at(level.sum, b)];
      return { text: `(${left} ${compared} ${right}) * 1.0`, level: level.product };
    }
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
    case 'neg':
      return { text: `-${at(level.sign, a)}`, level: level.sign };
    case 'square':
      return { text: `${self} ** 2`, level: level.power };
    case 'pow':
      return { text: `${self} ** ${at(level.sign, b)}`, level: level.power };
    case 'reciprocal':
      return { text: `1 / ${at(level.sign, a)}`, level: level.product };
    case 'relu':
      return atom(`np.maximum(0, ${a.text})`);
    case 'softplus':
      return atom(`np.logaddexp(0, ${a.text})`);
    case 'round':
      return atom(`np.floor(${at(level.sum, a)} + 0.5)`);
    case 'step':
      return { text: `(${at(level.sum, a)} > 0) * 1.0`, level: level.product };
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
    case 'reshape':
      return atom(`${self}.reshape(${pythonShape(primitive.shape)})`);
    case 'transpose':
      return reversed(primitive.permutation)
        ? atom(`${self}.T`)
        : atom(`${self}.transpose(${pythonShape(primitive.permutation)})`);
    case 'broadcastTo':
      return atom(`np.broadcast_to(${a.text}, ${pythonShape(primitive.shape)})`);
    case 'slice':
      return atom(`${self}[${ranges(primitive.start, primitive.size, expr.inputs[0]?.shape)}]`);
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

/** A condition that is a comparison needs no second one. */
export function condition({ text }: Code): string {
  const found = /^\((.*)\) \* 1\.0$/.exec(text)?.[1];
  return found && balanced(found) ? found : `${text} != 0`;
}

function balanced(text: string): boolean {
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
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

export function ranges(
  start: readonly number[],
  size: readonly number[],
  shape: Shape = [],
): string {
  const all = size.map((length, axis) => {
    const first = start[axis] ?? 0;
    if (first === 0 && length === shape[axis]) return ':';
    return `${first}:${pythonLength(first + length)}`;
  });
  return all.join(', ');
}

function indices(code: Code): string {
  return `np.asarray(${code.text}).astype(int)`;
}
