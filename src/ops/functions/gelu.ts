import type { Value, ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { elementwise } from '../elementwise.ts';
import { port } from '../ports.ts';

export const gelu = elementwise({
  id: 'gelu',
  title: 'GELU',
  group: 'functions',
  symbol: 'xΦ',
  help: 'The input weighted by Φ, the probability that a standard normal number lies below it: a smooth gate that dips a little under 0. This is the exact one, not the tanh approximation.',
  passes: 'passes the upstream gradient times Φ(x) + x·φ(x)',
  ports: [port('x')],
  attrs: noAttrs,
  latex: {
    forward: ({ x }) => `${x}\\,\\Phi(${x})`,
    local: ({ x }) => ({ x: `\\Phi(${x}) + ${x}\\,\\varphi(${x})` }),
  },
  sample: { inputs: { x: { value: [0.5, -1.5] } } },
  forward: (o, { x }) => o.mul(x, below(o, x)),
  derivative: (o, { inputs: { x } }) => ({ x: o.add(below(o, x), o.mul(x, density(o, x))) }),
});

/** Φ(x) = ½(1 + erf(x/√2)). */
function below<T>(o: ValueOps<T>, x: Value<T>): Value<T> {
  return o.mul(o.add(o.erf(o.mul(x, Math.SQRT1_2)), 1), 0.5);
}

/** φ(x) = e^(−x²/2) / √(2π). */
function density<T>(o: ValueOps<T>, x: Value<T>): Value<T> {
  return o.mul(o.exp(o.mul(o.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}
