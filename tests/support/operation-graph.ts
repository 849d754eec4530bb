import { expect } from 'vitest';
import { type GraphDocument, readParsed } from '#graph';
import { catalogue, type Operation } from '#ops';
import { type ArrayValue, toNested } from '#tensor';
import { type Application, exact, upstreamFor } from './operations.ts';

/**
 * A graph in which one operation is applied: a source for each port, named like it, with the wires
 * `w_…`; the loss is the sum of the output's entries, each times another number.
 */
export function operationGraph(
  { id, sample, forward }: Operation,
  { attrs, inputs }: Application,
  ownAttrs: object = sample.attrs ?? {},
): GraphDocument {
  const output = forward(exact, inputs, attrs);
  const weights = { ...output, data: upstreamFor(output) };
  const source = (name: string, value: ArrayValue) => ({
    id: `in_${name}`,
    op: 'input',
    label: name,
    attrs: { shape: value.shape, batched: value.batched, value: toNested(value.data) },
  });
  const wire = (from: string, to: string, port: string, name = `w_${port}`) => ({
    id: name,
    from: { node: from, port: 'out' },
    to: { node: to, port },
  });
  const file = {
    format: 'gradwire',
    version: 1,
    title: '',
    nodes: [
      ...Object.entries(inputs).map(([port, value]) => source(port, value)),
      { id: 'node', op: id, label: 'y', attrs: ownAttrs },
      source('weights', weights),
      { id: 'product', op: 'mul' },
      { id: 'loss', op: 'sum' },
    ],
    wires: [
      ...Object.keys(inputs).map((port) => wire(`in_${port}`, 'node', port)),
      wire('node', 'product', 'a', 'out'),
      wire('in_weights', 'product', 'b', 'weigh'),
      wire('product', 'loss', 'x', 'add'),
    ],
    loss: { node: 'loss' },
  };
  const { document, repairs } = readParsed(file, catalogue);
  expect(repairs).toEqual([]);
  return document;
}
