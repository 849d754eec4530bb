import type { Value, ValueOps } from '#tensor';
import { type Expression, type FunctionName, number, simplified } from './expression.ts';

/** What a function of the expression language is: how it is computed, and its partial derivatives. */
export interface FunctionRule {
  readonly arity: number;
  apply<T>(o: ValueOps<T>, args: readonly Value<T>[]): Value<T>;
  /** d f / d each argument, as expressions of the arguments. */
  derivatives(args: readonly Expression[]): readonly Expression[];
}

const times = (a: Expression, b: Expression) => simplified('multiply', a, b);
const over = (a: Expression, b: Expression) => simplified('divide', a, b);
const minus = (a: Expression, b: Expression) => simplified('subtract', a, b);
const negative = (a: Expression) => simplified('negate', a);
const squared = (a: Expression) => simplified('square', a);
const one = number(1);

function unary(
  apply: <T>(o: ValueOps<T>, x: Value<T>) => Value<T>,
  derivative: (x: Expression) => Expression,
): FunctionRule {
  return {
    arity: 1,
    apply: (o, [x = o.number(0)]) => apply(o, x),
    derivatives: ([x = one]) => [derivative(x)],
  };
}

function binary(
  apply: <T>(o: ValueOps<T>, a: Value<T>, b: Value<T>) => Value<T>,
  derivatives: (a: Expression, b: Expression) => readonly [Expression, Expression],
): FunctionRule {
  return {
    arity: 2,
    apply: (o, [a = o.number(0), b = a]) => apply(o, a, b),
    derivatives: ([a = one, b = one]) => derivatives(a, b),
  };
}

/** Every function of the expression language. The derivatives are the textbook's. */
export const functions: Readonly<Record<FunctionName, FunctionRule>> = {
  add: binary(
    (o, a, b) => o.add(a, b),
    () => [one, one],
  ),
  subtract: binary(
    (o, a, b) => o.sub(a, b),
    () => [one, number(-1)],
  ),
  multiply: binary(
    (o, a, b) => o.mul(a, b),
    (a, b) => [b, a],
  ),
  divide: binary(
    (o, a, b) => o.div(a, b),
    (a, b) => [over(one, b), negative(over(a, squared(b)))],
  ),
  pow: binary(
    (o, a, b) => o.pow(a, b),
    (a, b) => [
      times(b, simplified('pow', a, b.kind === 'number' ? number(b.value - 1) : minus(b, one))),
      times(simplified('pow', a, b), simplified('log', a)),
    ],
  ),
  negate: unary(
    (o, x) => o.neg(x),
    () => number(-1),
  ),
  abs: unary(
    (o, x) => o.abs(x),
    (x) => simplified('sign', x),
  ),
  sign: unary(
    (o, x) => o.sign(x),
    () => number(0),
  ),
  exp: unary(
    (o, x) => o.exp(x),
    (x) => simplified('exp', x),
  ),
  log: unary(
    (o, x) => o.log(x),
    (x) => over(one, x),
  ),
  sqrt: unary(
    (o, x) => o.sqrt(x),
    (x) => over(one, times(number(2), simplified('sqrt', x))),
  ),
  square: unary(
    (o, x) => o.square(x),
    (x) => times(number(2), x),
  ),
  sin: unary(
    (o, x) => o.sin(x),
    (x) => simplified('cos', x),
  ),
  cos: unary(
    (o, x) => o.cos(x),
    (x) => negative(simplified('sin', x)),
  ),
  tan: unary(
    (o, x) => o.unary('tan', x),
    (x) => simplified('add', one, squared(simplified('tan', x))),
  ),
  asin: unary(
    (o, x) => o.unary('asin', x),
    (x) => over(one, simplified('sqrt', minus(one, squared(x)))),
  ),
  acos: unary(
    (o, x) => o.unary('acos', x),
    (x) => negative(over(one, simplified('sqrt', minus(one, squared(x))))),
  ),
  atan: unary(
    (o, x) => o.unary('atan', x),
    (x) => over(one, simplified('add', one, squared(x))),
  ),
  sinh: unary(
    (o, x) => o.unary('sinh', x),
    (x) => simplified('cosh', x),
  ),
  cosh: unary(
    (o, x) => o.unary('cosh', x),
    (x) => simplified('sinh', x),
  ),
  tanh: unary(
    (o, x) => o.tanh(x),
    (x) => minus(one, squared(simplified('tanh', x))),
  ),
  sigmoid: unary(
    (o, x) => o.sigmoid(x),
    (x) => times(simplified('sigmoid', x), minus(one, simplified('sigmoid', x))),
  ),
  relu: unary(
    (o, x) => o.relu(x),
    (x) => simplified('step', x),
  ),
  softplus: unary(
    (o, x) => o.softplus(x),
    (x) => simplified('sigmoid', x),
  ),
  erf: unary(
    (o, x) => o.erf(x),
    (x) => times(number(2 / Math.sqrt(Math.PI)), simplified('exp', negative(squared(x)))),
  ),
  // On a tie the first argument receives the gradient, as in the max operation.
  max: binary(
    (o, a, b) => o.maximum(a, b),
    (a, b) => [minus(one, simplified('step', minus(b, a))), simplified('step', minus(b, a))],
  ),
  min: binary(
    (o, a, b) => o.minimum(a, b),
    (a, b) => [minus(one, simplified('step', minus(a, b))), simplified('step', minus(a, b))],
  ),
  step: unary(
    (o, x) => o.step(x),
    () => number(0),
  ),
};
