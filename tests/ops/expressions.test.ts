import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Float64Ops, fromNested, ValueOps } from '#tensor';
import { derivative, evaluate } from '../../src/ops/expression/calculus.ts';
import {
  call,
  type Expression,
  functionNames,
  number,
  variable,
  variablesOf,
} from '../../src/ops/expression/expression.ts';
import { functions } from '../../src/ops/expression/functions.ts';
import { expressionLatex } from '../../src/ops/expression/latex.ts';
import { ExpressionError, parseExpression } from '../../src/ops/expression/parse.ts';
import { expressionText } from '../../src/ops/expression/text.ts';

const o = new ValueOps(new Float64Ops());

function at(expression: Expression, values: Readonly<Record<string, number>>): number {
  const inputs = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, o.constant(fromNested(value))]),
  );
  return evaluate(o, expression, inputs).data.data[0] ?? Number.NaN;
}

describe('an expression', () => {
  it.each([
    ['-a^2', { a: 3 }, -9],
    ['2^3^2', {}, 512],
    ['2a + 3', { a: 4 }, 11],
    ['a / b / c', { a: 24, b: 4, c: 3 }, 2],
    ['a - b - c', { a: 9, b: 4, c: 3 }, 2],
    ['cos(pi * b)', { b: 1 }, -1],
    ['max(a, b, 7)', { a: 1, b: 2 }, 7],
    ['ln(e)', {}, 1],
    ['log(a, 2) + log2(a) - log10(1000)', { a: 8 }, 3],
    ['cbrt(a)', { a: -27 }, -3],
    ['sec(0) + csc(pi / 2) + cot(pi / 4)', {}, 3],
    ['+a', { a: 5 }, 5],
    ['(a + b)·c − 2a²', { a: 1, b: 2, c: 4 }, 10],
    ['a × b ÷ c', { a: 6, b: 2, c: 3 }, 4],
    ['σ(a)', { a: 0 }, 0.5],
    ['σ + exp', { σ: 1, exp: 2 }, 3],
    [
      '1/(1+exp(-(w0*x0+w1*x1+w2)))',
      { w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 },
      1 / (1 + Math.exp(-1)),
    ],
  ])('%s is read as mathjs reads it', (text, values, wanted) => {
    expect(at(parseExpression(text), values)).toBeCloseTo(wanted, 14);
  });

  it.each([
    ['', 'empty'],
    ['a +', 'cannot be read'],
    ['import("fs")', 'no function import'],
    ['f(x) = x', 'not part of the expression language'],
    ['a; b', 'not part of the expression language'],
    ['log10(a, b)', 'log10 does not take 2 arguments'],
    ['a.constructor', 'not part of the expression language'],
    ['[1, 2]', 'not part of the expression language'],
    ['"text"', 'not part of the expression language'],
    ['a > b ? a : b', 'not part of the expression language'],
    ['a!', 'operator !'],
    ['toString(a)', 'no function toString'],
    ['constructor(a)', 'no function constructor'],
    ['sin(a, b)', 'takes 1 argument'],
    ['cross(a, b)', 'no function cross'],
    ['ReLU(a)', 'no function ReLU; write relu.'],
    ['sin a', 'sin is a function'],
    ['2 log a', 'log is a function'],
    ['# nothing', 'empty'],
  ])('%s is refused with one sentence', (text, words) => {
    expect(() => parseExpression(text)).toThrow(ExpressionError);
    expect(() => parseExpression(text)).toThrow(words);
  });

  it('is refused when it is too long or too deep', () => {
    const deep = `${'('.repeat(500)}a${')'.repeat(500)}`;
    expect(() => parseExpression(deep)).toThrow('nested too deeply');
    expect(() => parseExpression(`${'-'.repeat(1_000)}a`)).toThrow('nested too deeply');
    expect(() => parseExpression('a'.repeat(3_000))).toThrow('longer than');
  });

  it('lists its variables in alphabetical order', () => {
    expect(variablesOf(parseExpression('z*b + sin(a)*z'))).toEqual(['a', 'b', 'z']);
  });
});

const expressions = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'x0').map(variable),
    fc.integer({ min: 0, max: 9 }).map(number),
    fc
      .tuple(fc.constantFrom(...functionNames), tie('expression'), tie('expression'))
      .map(([name, a, b]) => (functions[name].arity === 1 ? call(name, a) : call(name, a, b))),
  ),
})).expression;

describe('any expression', () => {
  it('is the same again after writing and reading', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        expect(parseExpression(expressionText(expression))).toEqual(expression);
      }),
      { numRuns: 500 },
    );
  });

  it('has the derivative that central differences show', () => {
    fc.assert(
      fc.property(
        expressions,
        fc.record({
          a: fc.double({ min: 0.3, max: 0.9, noNaN: true }),
          b: fc.double({ min: 1.1, max: 1.9, noNaN: true }),
          x0: fc.double({ min: -0.9, max: -0.2, noNaN: true }),
        }),
        (expression, values) => {
          const f = (a: number) => at(expression, { ...values, a });
          const slope = (h: number) => (f(values.a + h) - f(values.a - h)) / (2 * h);
          const numeric = (4 * slope(5e-5) - slope(1e-4)) / 3;
          const analytic = at(derivative(expression, 'a'), values);
          // Kinks, poles and huge slopes are no place to compare.
          fc.pre([analytic, numeric, slope(1e-4), f(values.a)].every((x) => Math.abs(x) < 1e4));
          fc.pre(Math.abs(slope(1e-4) - slope(5e-5)) < 1e-5 * Math.max(1, Math.abs(numeric)));
          expect(Math.abs(analytic - numeric)).toBeLessThan(1e-5 * Math.max(1, Math.abs(numeric)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('can be written in LaTeX', () => {
    expect(expressionLatex(parseExpression('-(a + b)^2 / sqrt(x0)'))).toBe(
      '\\frac{-{\\left(a + b\\right)}^{2}}{\\sqrt{x_{0}}}',
    );
  });
});
