import { z } from 'zod';
import type { Operand } from '#tensor';
import { numberAttr } from '../attrs/numbers.ts';
import { broadcastForms } from '../elementwise.ts';
import { defineOperation, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

export const weightedSum = defineOperation({
  id: 'weightedSum',
  title: 'weighted sum',
  nickname: 'distributor',
  group: 'losses',
  symbol: 'Σwᵢxᵢ',
  help: 'Several losses in one: each input times its own fixed weight, added up. An input without a weight counts once. Backward every input receives the upstream gradient times its weight.',
  passes: 'passes the upstream gradient times its own weight to each input',
  ports: [port('a')],
  variadic: true,
  attrs: z.strictObject({ weights: z.array(numberAttr('A weight')).default([]) }),
  latex: {
    forward: (names, { weights }) =>
      Object.entries(names)
        .map(([name, latex]) => `${weightOf(weights, name)}\\,${latex}`)
        .join(' + '),
    local: (names, _, { weights }) => perPort(names, (name) => String(weightOf(weights, name))),
  },
  sample: {
    attrs: { weights: [0.5, -2] },
    inputs: { a: { batched: true, value: [0.5, -1.5] }, b: { value: 2 } },
  },
  form: (inputs, { weights }) => {
    const inUse = Math.max(...Object.keys(inputs).map(placeOf)) + 1;
    if (weights.length > inUse) {
      throw new ShapeError(
        `There are ${weights.length} weights for ${inUse === 1 ? 'one input' : `${inUse} inputs`}; take some away or connect more.`,
      );
    }
    return broadcastForms(inputs);
  },
  forward: (o, inputs, { weights }) =>
    Object.entries(inputs)
      .map(([name, value]) => o.mul(value, weightOf(weights, name)))
      .reduce((total, term) => o.add(total, term)),
  derivative: (_, { inputs, attrs: { weights } }) =>
    perPort(inputs, (name): Operand<never> => weightOf(weights, name)),
});

function weightOf(weights: readonly number[], port: string): number {
  return weights[placeOf(port)] ?? 1;
}

/** Ports are lettered: a is the first. */
function placeOf(port: string): number {
  return port.charCodeAt(0) - 'a'.charCodeAt(0);
}

function perPort<R>(inputs: object, of: (port: string) => R): Record<'a', R> {
  const further = Object.keys(inputs).map((port) => [port, of(port)] as const);
  return { ...Object.fromEntries(further), a: of('a') };
}
