import { expect, it } from 'vitest';
import { nodeId, readParsed } from '#graph';
import { catalogue } from '#ops';
import { trace } from '#trace';

const { document } = readParsed(
  {
    format: 'gradwire',
    version: 1,
    nodes: [
      { id: 'p', op: 'parameter', attrs: { shape: [30, 30] } },
      { id: 'm', op: 'matmul' },
      { id: 'n', op: 'neg' },
      { id: 'x', op: 'input', attrs: { value: 2 } },
      { id: 's', op: 'square' },
    ],
    wires: [
      { id: 'a', from: { node: 'p', port: 'out' }, to: { node: 'm', port: 'a' } },
      { id: 'b', from: { node: 'p', port: 'out' }, to: { node: 'm', port: 'b' } },
      { id: 'c', from: { node: 'm', port: 'out' }, to: { node: 'n', port: 'x' } },
      { id: 'd', from: { node: 'x', port: 'out' }, to: { node: 's', port: 'x' } },
    ],
    loss: { node: 's' },
  },
  catalogue,
);

it('leaves out what would take too long, says so there, and traces the rest', () => {
  const traced = trace(document, catalogue, { most: 60_000 });
  const at = (id: string) => traced.nodes.get(nodeId(id));
  expect(at('p')?.value?.shape).toEqual([30, 30]);
  expect(at('m')?.error).toMatchObject({ code: 'too-large', node: 'm' });
  expect(at('m')?.error?.message).toContain('72,000 steps');
  expect(at('n')).toEqual({ waitsFor: 'm' });
  expect(at('s')?.value?.data.data[0]).toBe(4);
  expect(traced.loss).toBe(4);
  expect(traced.errors).toHaveLength(1);
});

it('has no limit of its own', () => {
  const traced = trace(document, catalogue);
  expect(traced.errors).toEqual([]);
  expect(traced.nodes.get(nodeId('n'))?.value?.shape).toEqual([30, 30]);
});
