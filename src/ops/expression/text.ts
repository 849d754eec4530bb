import type { Expression, FunctionName } from './expression.ts';

const infix: Partial<Record<FunctionName, { readonly sign: string; readonly binds: number }>> = {
  add: { sign: ' + ', binds: 1 },
  subtract: { sign: ' - ', binds: 1 },
  multiply: { sign: ' * ', binds: 2 },
  divide: { sign: ' / ', binds: 2 },
  pow: { sign: '^', binds: 4 },
};

/** An expression as text that reads back to the same expression, with no more parentheses than it takes. */
export function expressionText(expression: Expression): string {
  const write = (part: Expression, outer: number): string => {
    if (part.kind === 'number') {
      const text = numberText(part.value);
      return part.value < 0 && outer > 1 ? `(${text})` : text;
    }
    if (part.kind === 'variable') return part.name;
    const [a, b] = part.args;
    const operator = infix[part.name];
    if (operator && a && b) {
      const { sign, binds } = operator;
      // ^ groups to the right, the others to the left.
      const [left, right] = part.name === 'pow' ? [binds + 1, binds] : [binds, binds + 1];
      const text = `${write(a, left)}${sign}${write(b, right)}`;
      return binds < outer ? `(${text})` : text;
    }
    if (part.name === 'negate' && a) {
      const text = `-${write(a, 3)}`;
      return outer > 2 ? `(${text})` : text;
    }
    return `${part.name}(${part.args.map((argument) => write(argument, 0)).join(', ')})`;
  };
  return write(expression, 0);
}

function numberText(value: number): string {
  if (value === Math.PI) return 'pi';
  if (value === 2 * Math.PI) return 'tau';
  if (value === Math.E) return 'e';
  return String(value);
}
