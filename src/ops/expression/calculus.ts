import type { Value, ValueOps } from '#tensor';
import { type Expression, number, simplified } from './expression.ts';
import { functions } from './functions.ts';

/** The partial derivative of an expression, by the chain rule; variables that do not occur give 0. */
export function derivative(expression: Expression, variable: string): Expression {
  switch (expression.kind) {
    case 'number':
      return number(0);
    case 'variable':
      return number(expression.name === variable ? 1 : 0);
    case 'call': {
      const outer = functions[expression.name].derivatives(expression.args);
      return expression.args.reduce<Expression>((total, argument, at) => {
        const inner = derivative(argument, variable);
        const slope = outer[at] ?? number(0);
        // Not touched where the inner derivative is 0: the exponent's log of a negative base is nobody's concern.
        if (inner.kind === 'number' && inner.value === 0) return total;
        return simplified('add', total, simplified('multiply', slope, inner));
      }, number(0));
    }
  }
}

/** Computes an expression entry by entry; values are stretched to one another. Throws where one is missing. */
export function evaluate<T>(
  o: ValueOps<T>,
  expression: Expression,
  values: Readonly<Record<string, Value<T>>>,
): Value<T> {
  switch (expression.kind) {
    case 'number':
      return o.number(expression.value);
    case 'variable': {
      const value = Object.hasOwn(values, expression.name) ? values[expression.name] : undefined;
      if (!value) throw new Error(`The expression has no value for ${expression.name}.`);
      return value;
    }
    case 'call': {
      const args = expression.args.map((argument) => evaluate(o, argument, values));
      return functions[expression.name].apply(o, args);
    }
  }
}
