import type { Primitive } from '#tensor';
import type { Applied } from './expr.ts';
import { at, atom, type Code, type Dialect, level } from './printer.ts';
import { pythonNumber, pythonShape } from './python.ts';
import { alike, condition, type Functions, namesIn } from './python-dialect.ts';

const functions: Functions = {
  ...namesIn('torch'),
  asin: 'torch.asin',
  acos: 'torch.acos',
  atan: 'torch.atan',
  sigmoid: 'torch.sigmoid',
  erf: 'torch.erf',
  relu: 'F.relu',
  softplus: 'F.softplus',
};

const own = 'dtype=dtype';

/** PyTorch, for rules that it has no function for. */
export const torch: Dialect = {
  array: (nested) => atom(`torch.tensor(${nested}, ${own})`),
  filled: (value, shape) =>
    atom(`torch.full(${pythonShape(shape)}, ${pythonNumber(value)}, ${own})`),
  apply: (primitive, inputs, expr) => {
    const codes = inputs.map((code, index) => lifted(code, expr, index));
    const [a = atom('0'), b = atom('0'), c = atom('0')] = codes;
    const same = alike(primitive, codes, functions, expr);
    if (same) return same;
    if (primitive.op === 'concat') {
      return atom(
        `torch.cat([${inputs.map(({ text }) => text).join(', ')}], dim=${primitive.axis})`,
      );
    }
    return other(primitive, a, b, c);
  },
};

/** Functions of torch take tensors; only operators take plain numbers. */
function lifted(code: Code, expr: Applied, index: number): Code {
  const input = expr.inputs[index];
  const number = input?.kind === 'constant' && input.shape.length === 0;
  const takes = ['add', 'sub', 'mul', 'div', 'pow', 'greater', 'greaterEqual', 'equal'];
  if (!number || takes.includes(expr.primitive.op)) return code;
  return atom(`torch.tensor(${code.text}, ${own})`);
}

function other(primitive: Primitive, a: Code, b: Code, c: Code): Code {
  const self = at(level.atom, a);
  switch (primitive.op) {
    case 'maximum':
      // torch.maximum would give half of the gradient to each of two equal ones.
      return atom(`torch.where(${a.text} >= ${b.text}, ${a.text}, ${b.text})`);
    case 'minimum':
      return atom(`torch.where(${a.text} <= ${b.text}, ${a.text}, ${b.text})`);
    case 'round':
      return atom(`torch.floor(${at(level.sum, a)} + 0.5)`);
    case 'where':
      return atom(`torch.where(${condition(a)}, ${b.text}, ${c.text})`);
    case 'sum':
      return atom(`${self}.sum(${dims(primitive.axes, primitive.keepDims)})`);
    case 'reduceMax':
      return atom(`first_max(${a.text}, ${dims(primitive.axes, primitive.keepDims)})`);
    case 'argMax':
      return atom(`${self}.argmax(dim=${primitive.axis})`);
    case 'matmul':
      return {
        text: `${turned(a, primitive.transposeA)} @ ${turned(b, primitive.transposeB)}`,
        level: level.product,
      };
    case 'transpose':
      return atom(`${self}.permute(${pythonShape(primitive.permutation)})`);
    case 'broadcastTo':
      return atom(`${self}.expand(${pythonShape(primitive.shape)})`);
    case 'pad': {
      // From the last axis to the first.
      const around = primitive.padding.toReversed().flat();
      return atom(`F.pad(${a.text}, (${around.join(', ')}))`);
    }
    case 'oneHot':
      return atom(`F.one_hot(${indices(a)}, ${primitive.classes}).to(dtype)`);
    case 'gather':
      return atom(`${self}[${indices(b)}]`);
    case 'inverse':
      return atom(`torch.linalg.inv(${a.text})`);
    case 'logAbsDet':
      return atom(`torch.linalg.slogdet(${a.text})[1]`);
    case 'conv2d': {
      const images = `${self}.permute(0, 3, 1, 2)`;
      const filters = `${at(level.atom, b)}.permute(3, 2, 0, 1).contiguous()`;
      const { stride, padding } = primitive;
      return atom(
        `F.conv2d(${images}, ${filters}, stride=${stride}, padding=${padding}).permute(0, 2, 3, 1)`,
      );
    }
    case 'maxPool2d':
      return pooled('F.max_pool2d', self, primitive, 'float("-inf")');
    case 'avgPool2d':
      return pooled('F.avg_pool2d', self, primitive, '0.0');
    default:
      throw new Error(`There is no PyTorch for the primitive “${primitive.op}”.`);
  }
}

/** The frame is put around beforehand: PyTorch's own may not be wider than half a window. */
function pooled(
  name: string,
  self: string,
  {
    size,
    stride,
    padding,
  }: { readonly size: number; readonly stride: number; readonly padding: number },
  outside: string,
): Code {
  const images = `${self}.permute(0, 3, 1, 2)`;
  const framed = padding > 0 ? `F.pad(${images}, (${padding},) * 4, value=${outside})` : images;
  return atom(`${name}(${framed}, ${size}, ${stride}).permute(0, 2, 3, 1)`);
}

export function dims(list: readonly number[], keepDims: boolean): string {
  const which = `dim=${list.length === 1 ? list[0] : pythonShape(list)}`;
  return keepDims ? `${which}, keepdim=True` : which;
}

function turned(code: Code, transposed: boolean): string {
  const self = at(transposed ? level.atom : level.sign, code);
  return transposed ? `${self}.transpose(-1, -2)` : self;
}

function indices(code: Code): string {
  return `${at(level.atom, code)}.long()`;
}
