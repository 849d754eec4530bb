import { describe, expect, it } from 'vitest';
import { type GraphDocument, indexOf, nodeId, readParsed } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { graphBounds } from '../../renderer/canvas/fit.ts';
import { shownPorts } from '../../renderer/canvas/ports.ts';
import { portKey, wiringFrom } from '../../renderer/canvas/wiring.ts';
import { freePlace } from '../../renderer/store/place.ts';

const document = readParsed(product.file, catalogue).document;

function portsOf(id: string, of: GraphDocument = document) {
  const node = indexOf(of).nodes.get(nodeId(id));
  const operation = node && catalogue.get(node.op);
  if (!node || !operation) throw new Error(`There is no node ${id}.`);
  return shownPorts(of, node, operation);
}

describe('ports', () => {
  it('grow by one that an n-ary operation offers, once all others are taken', () => {
    expect(portsOf('add').ports.map(({ name, further }) => [name, further])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ]);
  });

  it('lie inside the node, apart from each other', () => {
    const { ports, height } = portsOf('mul');
    ports.forEach(({ top }, at) => {
      expect(top).toBeGreaterThan(0);
      expect(top).toBeLessThan(height);
      if (at > 0) expect(top - (ports[at - 1]?.top ?? 0)).toBeGreaterThanOrEqual(12);
    });
  });
});

describe('while a wire is drawn', () => {
  it('only ports that would take it fit: none that closes a cycle', () => {
    const from = { node: nodeId('add'), port: 'out' };
    const { fits } = wiringFrom(document, catalogue, from, 'source');
    expect(fits).toContain(portKey(nodeId('mul'), 'a'));
    expect(fits).toContain(portKey(nodeId('mul'), 'c'));
    expect(fits).not.toContain(portKey(nodeId('add'), 'a'));
  });

  it('the outputs that fit light up when it starts at a free input', () => {
    const to = { node: nodeId('add'), port: 'c' };
    const { fits } = wiringFrom(document, catalogue, to, 'target');
    expect([...fits].sort()).toEqual(['x/out', 'y/out', 'z/out']);
  });

  it('so do the inputs that its wire can be led to when it starts where one enters', () => {
    const to = { node: nodeId('add'), port: 'a' };
    const { fits } = wiringFrom(document, catalogue, to, 'target');
    const inputs = ['add/b', 'add/c', 'mul/a', 'mul/b', 'mul/c'];
    expect([...fits].sort()).toEqual([...inputs, 'x/out', 'y/out', 'z/out']);
  });
});

describe('fitting the view', () => {
  it('leaves room for the result beside the loss', () => {
    const bounds = graphBounds(document, () => ({ width: 76, height: 76 }));
    const last = Math.max(...document.nodes.map(({ position }) => position.x)) + 76;
    expect((bounds?.x ?? 0) + (bounds?.width ?? 0)).toBeGreaterThan(last + 200);
  });

  it('has nothing to show of an empty document', () => {
    expect(graphBounds({ ...document, nodes: [], wires: [] }, () => undefined)).toBeUndefined();
  });
});

describe('a node added by a click', () => {
  it('does not lie on another', () => {
    const place = freePlace(document, { x: 38, y: 38 });
    for (const { position } of document.nodes) {
      expect(Math.hypot(position.x - place.x, position.y - place.y)).toBeGreaterThan(30);
    }
  });
});
