import type { BinaryName, Primitive, Shape, UnaryName } from '#tensor';
import type { Applied } from './expr.ts';
import { at, atom, type Code, level } from './printer.ts';
import { pythonLength, pythonShape } from './python.ts';

/** Functions by the primitives that they are. */
export type Functions = Readonly<Partial<Record<UnaryName | BinaryName, string>>>;

const sameNames = [
  'abs',
  'sign',
  'exp',
  'log',
  'sqrt',
  'sin',
  'cos',
  'tan',
  'sinh',
  'cosh',
  'tanh',
  'floor',
  'ceil',
] as const satisfies readonly UnaryName[];

/** The functions that a module calls as we do. */
export function namesIn(module: string): Functions {
  return Object.fromEntries(sameNames.map((name) => [name, `${module}.${name}`]));
}

/** Operators: how tightly they bind, and what their right operand needs. */
const operators: Readonly<
  Partial<Record<BinaryName, readonly [sign: string, own: number, right: number]>>
> = {
  add: ['+', level.sum, level.sum],
  sub: ['-', level.sum, level.product],
  mul: ['*', level.product, level.sign],
  div: ['/', level.product, level.sign],
};

const comparisons: Readonly<Partial<Record<BinaryName, string>>> = {
  greater: '>',
  greaterEqual: '>=',
  equal: '==',
};

/** What NumPy and PyTorch write alike; undefined for all else. */
export function alike(
  primitive: Primitive,
  inputs: readonly Code[],
  functions: Functions,
  expr: Applied,
): Code | undefined {
  const [a = atom('0'), b = atom('0')] = inputs;
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
    case 'step':
      return { text: `(${at(level.sum, a)} > 0) * 1.0`, level: level.product };
    case 'reshape':
      return atom(`${self}.reshape(${pythonShape(primitive.shape)})`);
    case 'slice':
      return atom(`${self}[${ranges(primitive.start, primitive.size, expr.inputs[0]?.shape)}]`);
    default:
      return undefined;
  }
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

function ranges(start: readonly number[], size: readonly number[], shape: Shape = []): string {
  const all = size.map((length, axis) => {
    const first = start[axis] ?? 0;
    if (first === 0 && length === shape[axis]) return ':';
    return `${first}:${pythonLength(first + length)}`;
  });
  return all.join(', ');
}
