/**
 * A scalar expression as mathematics, nothing else: what a formula node computes, entry by entry.
 * There are no statements, no assignments and no calls but to the functions of `functions.ts`.
 */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Expression[] };

/** The operators and functions an expression may use. */
export const functionNames = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'pow',
  'negate',
  'abs',
  'sign',
  'exp',
  'log',
  'sqrt',
  'square',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'sigmoid',
  'relu',
  'softplus',
  'erf',
  'max',
  'min',
  'step',
] as const;

export type FunctionName = (typeof functionNames)[number];

export function number(value: number): Expression {
  return { kind: 'number', value };
}

export function variable(name: string): Expression {
  return { kind: 'variable', name };
}

/** A call, just as it was written. */
export function call(name: FunctionName, ...args: readonly Expression[]): Expression {
  return { kind: 'call', name, args };
}

/** A call, with what is plain to see done at once: 0 + x is x, 1·x is x, 0·x is 0, −(−x) is x. */
export function simplified(name: FunctionName, ...args: readonly Expression[]): Expression {
  const [a, b] = args;
  const short = a && (b ? simplifiers[name]?.(a, b) : simplifiers[name]?.(a, a));
  return short ?? call(name, ...args);
}

type Simplifier = (a: Expression, b: Expression) => Expression | undefined;

const simplifiers: Partial<Record<FunctionName, Simplifier>> = {
  add: (a, b) => {
    if (isNumber(a, 0)) return b;
    return isNumber(b, 0) ? a : undefined;
  },
  subtract: (a, b) => {
    if (isNumber(b, 0)) return a;
    return isNumber(a, 0) ? simplified('negate', b) : undefined;
  },
  multiply: (a, b) => {
    if (isNumber(a, 0) || isNumber(b, 0)) return number(0);
    if (isNumber(a, 1)) return b;
    if (isNumber(b, 1)) return a;
    if (isNumber(a, -1)) return simplified('negate', b);
    if (isNumber(b, -1)) return simplified('negate', a);
    const known = a.kind === 'number' && b.kind === 'number';
    return known ? number(a.value * b.value) : undefined;
  },
  divide: (a, b) => {
    if (isNumber(b, 1)) return a;
    return isNumber(a, 0) ? number(0) : undefined;
  },
  pow: (a, b) => {
    if (isNumber(b, 1)) return a;
    return isNumber(b, 0) ? number(1) : undefined;
  },
  negate: (a) => {
    if (a.kind === 'number') return number(-a.value);
    return a.kind === 'call' && a.name === 'negate' ? a.args[0] : undefined;
  },
};

function isNumber(expression: Expression, value: number): boolean {
  return expression.kind === 'number' && expression.value === value;
}

/** The variables of an expression in alphabetical order. */
export function variablesOf(expression: Expression): string[] {
  const names = new Set<string>();
  const visit = (part: Expression): void => {
    if (part.kind === 'variable') names.add(part.name);
    else if (part.kind === 'call') part.args.forEach(visit);
  };
  visit(expression);
  return [...names].sort();
}

/** The expression with every variable replaced. */
export function substitute(
  expression: Expression,
  replacement: (name: string) => Expression,
): Expression {
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'variable':
      return replacement(expression.name);
    case 'call':
      return { ...expression, args: expression.args.map((part) => substitute(part, replacement)) };
  }
}
