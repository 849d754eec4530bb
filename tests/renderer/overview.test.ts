import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument, type NodeId, nodeId, wireId } from '#graph';
import { catalogue } from '#ops';
import { FlowNodeCache, type Size } from '../../renderer/canvas/flow-nodes.ts';
import { overviewFrom, Picture } from '../../renderer/canvas/overview.ts';
import { nothingSelected } from '../../renderer/store/selection.ts';

/** A row of gates, each wired to the one before, 200 apart. */
function row(length: number): GraphDocument {
  return {
    ...emptyDocument('row'),
    nodes: Array.from({ length }, (_, at) => ({
      id: nodeId(`n${at}`),
      op: 'neg',
      label: '',
      attrs: {},
      position: { x: at * 200, y: 0 },
    })),
    wires: Array.from({ length: length - 1 }, (_, at) => ({
      id: wireId(`w${at}`),
      from: { node: nodeId(`n${at}`), port: 'out' },
      to: { node: nodeId(`n${at + 1}`), port: 'x' },
    })),
  };
}

const nothing = new Map<never, never>();
const flowOf = (
  document: GraphDocument,
  cache = new FlowNodeCache(),
  sizes: ReadonlyMap<NodeId, Size> = nothing,
) => cache.of(document, catalogue, nothingSelected, nothing, sizes, undefined);

describe('the picture of a large graph', () => {
  const document = row(overviewFrom + 1);
  const picture = new Picture(document, flowOf(document));

  it('finds the node at a point, and those within an area', () => {
    expect(picture.nodeAt({ x: 238, y: 38 })).toBe('n1');
    expect(picture.nodeAt({ x: 190, y: 38 })).toBeNull();
    expect(picture.nodesIn({ x: 270, y: 10, width: 140, height: 10 })).toEqual(['n1', 'n2']);
  });

  it('finds the wire that passes most closely, within reach', () => {
    expect(picture.wireAt({ x: 130, y: 42 }, 8)).toBe('w0');
    expect(picture.wireAt({ x: 330, y: 34 }, 8)).toBe('w1');
    expect(picture.wireAt({ x: 330, y: 60 }, 8)).toBeNull();
  });

  it('finds one that leads back beyond its ends', () => {
    const back = { ...document, wires: document.wires.slice(0, 1) };
    const [first, second, ...others] = back.nodes;
    if (!first || !second) throw new Error('There are two nodes.');
    const turned = {
      ...back,
      nodes: [
        { ...first, position: { x: 900, y: 0 } },
        { ...second, position: { x: 0, y: 300 } },
        ...others,
      ],
    };
    const found = new Picture(turned, flowOf(turned));
    expect(found.wireAt({ x: 993, y: 46 }, 5)).toBe('w0');
  });
});

describe('what React Flow is given', () => {
  it('has sizes and ports from the start', () => {
    for (const length of [3, overviewFrom + 1]) {
      const [node] = flowOf(row(length));
      expect(node?.measured).toEqual({ width: 76, height: 76 });
      expect(node?.handles?.map(({ id }) => id)).toEqual(['out', 'x']);
    }
  });

  it('is measured once it is drawn, the ports of a large graph excepted', () => {
    const size = { width: 90, height: 80 };
    const [small, large] = [3, overviewFrom + 1].map((length) => {
      const sizes = new Map([[nodeId('n0'), size]]);
      return flowOf(row(length), new FlowNodeCache(), sizes)[0];
    });
    expect(small?.measured).toBe(size);
    expect(small?.handles).toBeUndefined();
    expect(large?.measured).toBe(size);
    expect(large?.handles).toHaveLength(2);
  });

  it('has a further port when a variadic operation is wired to its last one', () => {
    const { nodes, ...document } = row(4);
    const last = nodeId('n3');
    const added = nodes.map((node) => (node.id === last ? { ...node, op: 'add' } : node));
    const wired = (ports: readonly string[]) => ({
      ...document,
      nodes: added,
      wires: ports.map((port, at) => ({
        id: wireId(`to ${port}`),
        from: { node: nodeId(`n${at}`), port: 'out' },
        to: { node: last, port },
      })),
    });
    const cache = new FlowNodeCache();
    const before = flowOf(wired(['a', 'b']), cache);
    const after = flowOf(wired(['a', 'b', 'c']), cache);
    expect(before.at(-1)?.handles?.map(({ id }) => id)).toEqual(['out', 'a', 'b', 'c']);
    expect(after.at(-1)?.handles?.map(({ id }) => id)).toEqual(['out', 'a', 'b', 'c', 'd']);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
  });

  it('is the same object for a node of which nothing changed, when another is moved', () => {
    const document = row(overviewFrom + 1);
    const cache = new FlowNodeCache();
    const before = flowOf(document, cache);
    const moved = document.nodes.map((node, at) =>
      at === 5 ? { ...node, position: { x: 1, y: 1 } } : node,
    );
    const after = flowOf({ ...document, nodes: moved }, cache);
    expect(after.filter((node, at) => node !== before[at]).map(({ id }) => id)).toEqual(['n5']);
  });
});
