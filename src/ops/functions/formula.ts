import { z } from 'zod';
import { broadcastForms } from '../elementwise.ts';
import { derivative, evaluate } from '../expression/calculus.ts';
import { type Expression, variablesOf } from '../expression/expression.ts';
import { expressionLatex } from '../expression/latex.ts';
import { parseExpression } from '../expression/parse.ts';
import { defineOperation } from '../operation.ts';
import { port } from '../ports.ts';

const formulaAttrs = z.strictObject({
  expression: z
    .string()
    .default('a')
    .superRefine((text, context) => {
      try {
        parseExpression(text);
      } catch (error) {
        const message = error instanceof Error ? error.message : 'The expression cannot be read.';
        context.addIssue({ code: 'custom', message });
      }
    }),
});

export const formula = defineOperation<z.output<typeof formulaAttrs>, string>({
  id: 'formula',
  title: 'formula',
  group: 'functions',
  symbol: 'f(x)',
  help: 'Your own gate: any scalar expression, computed entry by entry. Its inputs are the variables of the expression; its local gradients are found by symbolic differentiation.',
  passes: 'passes the upstream gradient times the derivative of its expression',
  ports: [],
  portsOf: ({ expression }) => variablesOf(parsed(expression)).map((name) => port(name)),
  attrs: formulaAttrs,
  latex: {
    forward: (names, { expression }) => expressionLatex(parsed(expression), names),
    local: (names, _, { expression }) =>
      Object.fromEntries(
        Object.keys(names).map((name) => [
          name,
          expressionLatex(derivative(parsed(expression), name), names),
        ]),
      ),
  },
  sample: {
    attrs: { expression: 'a*exp(-b^2)+sin(c)/2' },
    inputs: { a: { value: [0.5, -1.5] }, b: { value: [0.3, 1.1] }, c: { value: 0.7 } },
  },
  form: (inputs) => broadcastForms(inputs),
  forward: (o, inputs, { expression }) => evaluate(o, parsed(expression), inputs),
  derivative: (o, { inputs, attrs: { expression } }) =>
    Object.fromEntries(
      Object.keys(inputs).map((name) => [
        name,
        evaluate(o, derivative(parsed(expression), name), inputs),
      ]),
    ),
});

const cache = new Map<string, Expression>();

/** The text has passed the attributes' schema, so it parses; each text is read once. */
function parsed(text: string): Expression {
  const known = cache.get(text);
  if (known) return known;
  if (cache.size > 1_000) cache.clear();
  const expression = parseExpression(text);
  cache.set(text, expression);
  return expression;
}
