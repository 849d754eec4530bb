import { type Operand, sizeOf, type Value, type ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { elementwise, operands } from '../elementwise.ts';
import { port } from '../ports.ts';

export const mul = elementwise({
  id: 'mul',
  title: 'multiply',
  nickname: 'switcher',
  group: 'arithmetic',
  symbol: '×',
  help: 'The product of its inputs, entry by entry. Backward it is a switcher: each input receives the upstream gradient times the value on the other wire.',
  passes: 'passes the upstream gradient times the value on the other wire',
  ports: [port('a'), port('b')],
  variadic: true,
  attrs: noAttrs,
  latex: {
    forward: (names) => Object.values(names).join(' \\cdot '),
    local: (names) => perPort(names, (port) => others(names, port).join(' \\cdot ')),
  },
  sample: { inputs: { a: { value: [0.5, -1.5] }, b: { value: [2, 0.25] } } },
  work: (inputs, output) => {
    const count = Object.keys(inputs).length;
    const size = sizeOf(output.shape);
    return { multiplications: size * (count - 1), connections: size * count };
  },
  forward: (o, inputs) => operands(inputs).reduce((total, factor) => o.mul(total, factor)),
  derivative: (o, { inputs }) => {
    return perPort(inputs, (port) => productOf(o, others(inputs, port)));
  },
});

function perPort<R>(inputs: object, of: (port: string) => R): Record<'a' | 'b', R> {
  const all: Record<'a' | 'b', R> & Record<string, R> = { a: of('a'), b: of('b') };
  for (const port in inputs) if (port !== 'a' && port !== 'b') all[port] = of(port);
  return all;
}

function others<V>(inputs: Readonly<Record<string, V>>, name: string): V[] {
  const found: V[] = [];
  for (const port in inputs) if (port !== name) found.push(inputs[port] as V);
  return found;
}

function productOf<T>(o: ValueOps<T>, factors: readonly Value<T>[]): Operand<T> {
  const [first, ...rest] = factors;
  return first ? rest.reduce((total, factor) => o.mul(total, factor), first) : 1;
}
