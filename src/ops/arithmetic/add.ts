import { noAttrs } from '../attrs/schemas.ts';
import { elementwise, operands } from '../elementwise.ts';
import { port } from '../ports.ts';

export const add = elementwise({
  id: 'add',
  title: 'add',
  nickname: 'distributor',
  group: 'arithmetic',
  symbol: '+',
  help: 'The sum of its inputs. Backward it is a distributor: every input receives the upstream gradient unchanged, whatever the values were.',
  passes: 'passes the upstream gradient on unchanged',
  ports: [port('a'), port('b')],
  variadic: true,
  attrs: noAttrs,
  latex: {
    forward: (names) => Object.values(names).join(' + '),
    local: (names) => ({ ...ones(names, '1'), a: '1', b: '1' }),
  },
  sample: { inputs: { a: { value: [0.5, -1.5] }, b: { value: [2, 0.25] } } },
  forward: (o, inputs) => operands(inputs).reduce((total, term) => o.add(total, term)),
  derivative: (_, { inputs }) => ({ ...ones(inputs, 1), a: 1, b: 1 }),
});

/** `one` for every connected port. */
function ones<V>(inputs: object, one: V): Record<string, V> {
  const all: Record<string, V> = {};
  for (const name in inputs) all[name] = one;
  return all;
}
