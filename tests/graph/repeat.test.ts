import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  type Frame,
  frameId,
  type GraphDocument,
  GraphError,
  indexOf,
  nodeId,
  readDocument,
  readParsed,
  repeatFrame,
  viewOf,
  writeDocument,
} from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';

const layer: Frame = {
  id: frameId('layer'),
  title: 'Layer',
  color: 'blue',
  nodes: ['W', 'b', 'fc', 'act'].map(nodeId),
};

/** x → tanh(W·x + b) → sum, the layer in a frame. */
function net(): GraphDocument {
  const node = (id: string, op: string, attrs = {}) => ({
    id,
    op,
    label: id,
    attrs,
    position: { x: 0, y: 0 },
  });
  const wire = (from: string, to: string, port: string) => ({
    id: `${from}-${to}`,
    from: { node: from, port: 'out' },
    to: { node: to, port },
  });
  const { document, repairs } = readParsed(
    {
      format: 'gradwire',
      version: 1,
      nodes: [
        node('x', 'input', { shape: [3], value: [1, 2, 3] }),
        node('W', 'parameter', { shape: [3, 3] }),
        node('b', 'parameter', { shape: [3] }),
        node('fc', 'affine'),
        node('act', 'tanh'),
        node('L', 'sum'),
      ],
      wires: [
        wire('x', 'fc', 'x'),
        wire('W', 'fc', 'w'),
        wire('b', 'fc', 'b'),
        wire('fc', 'act', 'x'),
        wire('act', 'L', 'x'),
      ],
      loss: { node: 'L', seed: 1 },
    },
    catalogue,
  );
  expect(repairs).toEqual([]);
  return applyEdit(document, { type: 'addFrame', frame: layer }, catalogue);
}

const repeated = (document: GraphDocument, id: string, count: number) => {
  const edits = repeatFrame(document, catalogue, frameId(id), count);
  if (edits instanceof GraphError) throw edits;
  return edits.reduce((before, edit) => applyEdit(before, edit, catalogue), document);
};

describe('repeating a group', () => {
  const three = repeated(net(), 'layer', 3);

  it('makes a chain of copies, each with its own parameters', () => {
    const { nodes, outgoing } = indexOf(three);
    expect(three.nodes.filter(({ op }) => op === 'parameter')).toHaveLength(6);
    const next = (id: string) => outgoing.get(nodeId(id))?.map(({ to }) => to.node);
    expect(next('x')).toEqual(['fc']);
    expect(next('act')).toEqual(['fc2']);
    expect(next('act2')).toEqual(['fc3']);
    expect(next('act3')).toEqual(['L']);
    expect(nodes.size).toBe(6 + 2 * 4);
    const traced = trace(three, catalogue);
    expect(traced.errors).toEqual([]);
    const drawn = ['W', 'W2', 'W3'].map((id) =>
      traced.nodes.get(nodeId(id))?.value?.data.data.join(),
    );
    expect(new Set(drawn).size).toBe(3);
    for (const id of ['W', 'W2', 'W3', 'b', 'b2', 'b3']) {
      expect(traced.nodes.get(nodeId(id))?.gradient).toBeTruthy();
    }
  });

  it('is drawn once, with their number, and holds the copies as groups', () => {
    const view = viewOf(three, catalogue, null);
    expect(view.groups.map(({ frame }) => [frame.title, frame.repeats])).toEqual([['Layer', 3]]);
    expect(view.wires.map(({ wire }) => wire.id)).toEqual(['x-fc', 'act-L']);
    const outer = view.groups[0]?.frame.id ?? null;
    expect(viewOf(three, catalogue, outer).frames.map(({ title }) => title)).toEqual([
      'Layer 1',
      'Layer 2',
      'Layer 3',
    ]);
  });

  it('is written and read back', () => {
    const { document, repairs } = readDocument(writeDocument(three, catalogue), catalogue);
    expect(repairs).toEqual([]);
    expect(document.frames).toEqual(three.frames);
  });

  it('moves the loss to the last copy', () => {
    const lossInside = applyEdit(
      net(),
      { type: 'setLoss', loss: { node: nodeId('act'), seed: 1 } },
      catalogue,
    );
    expect(repeated(lossInside, 'layer', 2).loss?.node).toBe('act2');
  });

  it.each([
    [1, 'is repeated 2 to'],
    [2.5, 'is repeated 2 to'],
    [101, 'is repeated 2 to'],
    [Number.NaN, 'is repeated 2 to'],
  ])('is refused for %d copies', (count, why) => {
    const refused = repeatFrame(net(), catalogue, frameId('layer'), count);
    expect(refused instanceof GraphError && refused.message).toContain(why);
  });

  it('is refused where it is not clear what goes from copy to copy', () => {
    const { document } = readParsed(product.file, catalogue);
    const frame = { id: frameId('f'), title: 'f', nodes: ['add'].map(nodeId) };
    const framed = { ...document, frames: [frame] };
    const refused = repeatFrame(framed, catalogue, frameId('f'), 2);
    expect(refused instanceof GraphError && refused.message).toContain('several inputs');
    const sources = { ...document, frames: [{ ...frame, nodes: ['x'].map(nodeId) }] };
    const none = repeatFrame(sources, catalogue, frameId('f'), 2);
    expect(none instanceof GraphError && none.message).toContain('no single input');
  });
});
