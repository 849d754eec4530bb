import { Float64Ops, type NdArray, ValueOps } from '#tensor';
import { evaluate } from './calculus.ts';
import { type Expression, variablesOf } from './expression.ts';
import { ExpressionError } from './parse.ts';

/** The number an expression without variables stands for. Throws `ExpressionError` where it has some. */
export function expressionValue(expression: Expression): number {
  const [name] = variablesOf(expression);
  if (name !== undefined) throw new ExpressionError(`“${name}” is no number.`);
  const o = new ValueOps<NdArray>(new Float64Ops());
  return evaluate(o, expression, {}).data.data[0] ?? Number.NaN;
}
