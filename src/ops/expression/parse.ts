import { create, type MathNode, parseDependencies } from 'mathjs';
import { derivedFunctions } from './derived.ts';
import {
  call,
  type Expression,
  type FunctionName,
  functionNames,
  number,
  variable,
} from './expression.ts';
import { functions } from './functions.ts';

type Parse = (text: string) => MathNode;

let mathjs: Parse | undefined;

/** mathjs compiles its functions when it is made, so it is made when the first expression is read. */
function parse(text: string): MathNode {
  mathjs ??= create(parseDependencies ?? {}).parse as Parse;
  return mathjs(text);
}

/** An expression that cannot be read. `message` is one sentence. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

/** Longer or deeper texts are refused: nobody types them, and reading them could exhaust the stack. */
const maximumLength = 2_000;
const maximumDepth = 200;

const constants: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI };

/** Operators and functions that mathjs reads, by the names it gives them, and how we write them. */
const operators: Readonly<Record<string, FunctionName>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  dotMultiply: 'multiply',
  divide: 'divide',
  dotDivide: 'divide',
  pow: 'pow',
  dotPow: 'pow',
  unaryMinus: 'negate',
};

const aliases: Readonly<Record<string, FunctionName>> = {
  ln: 'log',
  logistic: 'sigmoid',
  arctan: 'atan',
  σ: 'sigmoid',
};

/** Signs as they are printed and typed at the blackboard, and how mathjs takes them. */
const signs: Readonly<Record<string, string>> = {
  '×': '*',
  '·': '*',
  '⋅': '*',
  '÷': '/',
  '−': '-',
  '²': '^2',
  '³': '^3',
};

/**
 * Reads an expression as mathjs does: −a^2 is −(a²), ^ groups to the right, 2a multiplies. Only
 * numbers, variables, operators and the functions of this language are let through; nothing is ever
 * evaluated as code. Throws `ExpressionError`.
 */
export function parseExpression(text: string): Expression {
  if (text.trim() === '') throw new ExpressionError('The expression is empty.');
  if (text.length > maximumLength) {
    throw new ExpressionError(`The expression is longer than ${maximumLength} characters.`);
  }
  const node = parseText(text);
  // Nothing but a comment.
  if (/^\s*#/.test(text)) throw new ExpressionError('The expression is empty.');
  return convert(node, 0);
}

function parseText(text: string): MathNode {
  try {
    return parse(text.replace(/[×·⋅÷−²³]/g, (sign) => signs[sign] ?? sign));
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    const reason = error instanceof Error ? error.message : 'it is not complete';
    throw new ExpressionError(`The expression cannot be read: ${reason.replace(/\.$/, '')}.`);
  }
}

function tooDeep(): ExpressionError {
  return new ExpressionError('The expression is nested too deeply.');
}

/** A view of mathjs's nodes that holds for all of them. */
interface AnyNode {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: unknown;
  readonly fn?: unknown;
  readonly op?: string;
  readonly implicit?: boolean;
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
}

function convert(node: MathNode, depth: number): Expression {
  if (depth > maximumDepth) throw tooDeep();
  const { type, value, name, fn, op, args = [], content, implicit }: AnyNode = node;
  const converted = (names: Readonly<Record<string, FunctionName>>, key: string) => {
    const known = Object.hasOwn(names, key) ? names[key] : undefined;
    return (
      known &&
      checkedCall(
        known,
        args.map((argument) => convert(argument, depth + 1)),
      )
    );
  };
  if (type === 'ParenthesisNode' && content) return convert(content, depth + 1);
  if (type === 'ConstantNode' && typeof value === 'number') return number(value);
  if (type === 'SymbolNode' && typeof name === 'string') {
    const constant = Object.hasOwn(constants, name) ? constants[name] : undefined;
    return constant === undefined ? variable(checkedName(name)) : number(constant);
  }
  if (type === 'OperatorNode') {
    if (fn === 'unaryPlus' && args[0]) return convert(args[0], depth + 1);
    if (implicit) checkProduct(args);
    const result = typeof fn === 'string' ? converted(operators, fn) : undefined;
    if (result) return result;
    throw new ExpressionError(`The operator ${op} is not part of the expression language.`);
  }
  if (type === 'FunctionNode' && isNamed(fn)) {
    const key = `${fn.name}/${args.length}`;
    const derived = Object.hasOwn(derivedFunctions, key) ? derivedFunctions[key] : undefined;
    const [first, second = first] = args;
    if (derived && first && second) {
      return derived(convert(first, depth + 1), convert(second, depth + 1));
    }
    const result = converted(callable, fn.name);
    if (result) return result;
    throw new ExpressionError(
      known.includes(fn.name)
        ? `The function ${fn.name} does not take ${args.length} arguments.`
        : `There is no function ${fn.name}; ${instead(fn.name)}`,
    );
  }
  throw new ExpressionError(
    `“${String(node).replace(/\s+/g, ' ').slice(0, 40)}” is not part of the expression language: numbers, variables, + − * / ^ and functions are.`,
  );
}

const callable: Readonly<Record<string, FunctionName>> = {
  ...Object.fromEntries(functionNames.map((name) => [name, name] as const)),
  ...aliases,
};

/** Every function by name, each once. */
const known = [
  ...new Set([
    ...Object.keys(callable),
    ...Object.keys(derivedFunctions).map((key) => key.slice(0, key.indexOf('/'))),
  ]),
];

/** What may be meant by a function that there is not. */
function instead(name: string): string {
  const near = known.find((each) => each === name.toLowerCase());
  return near === undefined ? `known are ${known.join(', ')}.` : `write ${near}.`;
}

/** What the next factor stands behind: the b of a·b. */
function lastFactor(node: MathNode): AnyNode {
  const { implicit, args }: AnyNode = node;
  const last = args?.at(-1);
  return implicit && last ? lastFactor(last) : node;
}

/** “sin x” would be a product of two variables. */
function checkProduct(factors: readonly MathNode[]): void {
  for (const factor of factors.slice(0, -1)) {
    const { type, name }: AnyNode = lastFactor(factor);
    if (type === 'SymbolNode' && typeof name === 'string' && Object.hasOwn(callable, name)) {
      throw new ExpressionError(`${name} is a function: write what it is of in parentheses.`);
    }
  }
}

function isNamed(fn: unknown): fn is { readonly name: string } {
  return typeof fn === 'object' && fn !== null && 'name' in fn && typeof fn.name === 'string';
}

function checkedCall(name: FunctionName, args: readonly Expression[]): Expression {
  const { arity } = functions[name];
  if (args.length === arity) return call(name, ...args);
  // mathjs flattens a + b + c; max and min take any number as well.
  const folds = name === 'add' || name === 'multiply' || name === 'max' || name === 'min';
  const [first, ...rest] = args;
  if (folds && first && rest.length > 1) {
    return rest.reduce((total, argument) => call(name, total, argument), first);
  }
  const takes = arity === 1 ? '1 argument' : `${arity} arguments`;
  throw new ExpressionError(`The function ${name} takes ${takes}, and here it has ${args.length}.`);
}

/** A variable becomes a port's name, so it must be short and plain. */
function checkedName(name: string): string {
  if (!/^[\p{L}_][\p{L}\p{N}_]{0,31}$/u.test(name)) {
    throw new ExpressionError(`“${name.slice(0, 40)}” cannot be the name of an input.`);
  }
  return name;
}
