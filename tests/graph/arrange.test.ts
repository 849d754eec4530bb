import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Alignment,
  align,
  type Box,
  distribute,
  type Frame,
  frameId,
  layout,
  type NodeId,
  nodeId,
  readParsed,
  snap,
  topologicalOrder,
} from '#graph';
import { lessons, product } from '#lessons';
import { catalogue } from '#ops';
import { inLayers } from '../../src/graph/layers.ts';

const boxes = (list: readonly Box[]) =>
  new Map(list.map((box, at) => [nodeId(`n${at}`), box] as const));
const arbitraryBox = fc.record({
  x: fc.integer({ min: -2000, max: 2000 }),
  y: fc.integer({ min: -2000, max: 2000 }),
  width: fc.integer({ min: 20, max: 300 }),
  height: fc.integer({ min: 20, max: 300 }),
});

describe('aligning', () => {
  const three = boxes([
    { x: 0, y: 0, width: 100, height: 40 },
    { x: 50, y: 100, width: 60, height: 80 },
    { x: 300, y: 400, width: 100, height: 100 },
  ]);
  it.each<[Alignment, readonly number[]]>([
    ['left', [0, 0, 0]],
    ['center', [150, 170, 150]],
    ['right', [300, 340, 300]],
    ['top', [0, 0, 0]],
    ['middle', [230, 210, 200]],
    ['bottom', [460, 420, 400]],
  ])('brings %s in line and leaves the other axis alone', (how, expected) => {
    const horizontal = ['left', 'center', 'right'].includes(how);
    const placed = [...align(three, how).values()];
    expect(placed.map(({ x, y }) => (horizontal ? x : y))).toEqual(expected);
    const before = [...three.values()];
    expect(placed.map(({ x, y }) => (horizontal ? y : x))).toEqual(
      before.map(({ x, y }) => (horizontal ? y : x)),
    );
  });

  it('distributes with equal gaps, the outermost two staying, in any order', () => {
    fc.assert(
      fc.property(fc.array(arbitraryBox, { minLength: 3, maxLength: 12 }), (list) => {
        const all = boxes(list);
        const placed = distribute(all, 'x');
        const middle = ({ x, width }: Box) => x + width / 2;
        const ordered = [...all].toSorted(([, a], [, b]) => middle(a) - middle(b));
        const at = (id: NodeId) => placed.get(id)?.x ?? Number.NaN;
        const gaps = ordered.slice(1).map(([id], index) => {
          const [before, box] = ordered[index] ?? [];
          return before && box ? at(id) - at(before) - box.width : Number.NaN;
        });
        const [first] = ordered;
        if (first) expect(at(first[0])).toBe(first[1].x);
        for (const gap of gaps) expect(Math.abs(gap - (gaps[0] ?? 0))).toBeLessThanOrEqual(2);
      }),
    );
    expect(distribute(boxes([{ x: 0, y: 0, width: 1, height: 1 }]), 'x').size).toBe(0);
  });
});

describe('snapping', () => {
  const other = { x: 200, y: 0, width: 100, height: 50 };
  it('takes the nearest edge or middle within reach, and shows its line', () => {
    const { by, guides } = snap({ x: 0, y: 4, width: 100, height: 50 }, [other], 6);
    expect(by).toEqual({ x: 0, y: -4 });
    expect(guides).toContainEqual({ axis: 'y', at: 25, from: 0, to: 300 });
    // All three lines: the two are as high as each other.
    expect(guides).toHaveLength(3);
  });

  it('leaves alone what is further away', () => {
    expect(snap({ x: 0, y: 100, width: 90, height: 50 }, [other], 6)).toEqual({
      by: { x: 0, y: 0 },
      guides: [],
    });
  });

  it('never moves further than its reach, and always onto a line that it shows', () => {
    fc.assert(
      fc.property(arbitraryBox, fc.array(arbitraryBox, { maxLength: 8 }), (dragged, others) => {
        const { by, guides } = snap(dragged, others, 8);
        expect(Math.abs(by.x)).toBeLessThanOrEqual(8);
        expect(Math.abs(by.y)).toBeLessThanOrEqual(8);
        if (by.x !== 0) expect(guides.some(({ axis }) => axis === 'x')).toBe(true);
        if (by.y !== 0) expect(guides.some(({ axis }) => axis === 'y')).toBe(true);
      }),
    );
  });
});

describe('the layout', () => {
  const size = { width: 110, height: 90 };

  it.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
    'leads from left to right and lays no node on another: %s',
    (_, lesson) => {
      const { document } = readParsed(lesson.file, catalogue);
      const places = layout(document);
      expect(places.size).toBe(document.nodes.length);
      const at = (id: NodeId) => places.get(id) ?? { x: Number.NaN, y: Number.NaN };
      for (const { from, to } of document.wires) {
        expect(at(to.node).x).toBeGreaterThan(at(from.node).x);
      }
      const all = [...places.values()];
      for (const [index, a] of all.entries()) {
        for (const b of all.slice(index + 1)) {
          const apart = Math.abs(a.x - b.x) >= size.width || Math.abs(a.y - b.y) >= size.height;
          expect(apart).toBe(true);
        }
      }
    },
  );

  it('leaves room between the ranks for what stands on the wires', () => {
    const { document } = readParsed(product.file, catalogue);
    const wide = layout(document, { label: () => ({ width: 200, height: 40 }) });
    for (const { from, to } of document.wires) {
      const gap = (wide.get(to.node)?.x ?? 0) - (wide.get(from.node)?.x ?? 0) - size.width;
      expect(gap).toBeGreaterThanOrEqual(200);
    }
  });

  it('lays out graphs of any depth, and leads from left to right in them too', () => {
    const size = 30_000;
    const { document } = readParsed(
      {
        format: 'gradwire',
        version: 1,
        nodes: Array.from({ length: size }, (_, at) => ({
          id: `n${at}`,
          op: at === 0 ? 'input' : 'tanh',
          label: '',
          position: { x: 0, y: 0 },
        })),
        wires: Array.from({ length: size - 1 }, (_, at) => ({
          id: `w${at}`,
          from: { node: `n${at}`, port: 'out' },
          to: { node: `n${at + 1}`, port: 'x' },
        })),
      },
      catalogue,
    );
    const ordered = document.nodes.map(({ id }) => id);
    const links = document.wires.map(({ from, to }) => ({ from: from.node, to: to.node }));
    const places = inLayers(ordered, links, () => ({ width: 110, height: 90 }), {
      ranksep: 120,
      nodesep: 48,
    });
    expect(places.size).toBe(size);
    for (const { from, to } of links) {
      expect((places.get(to)?.x ?? 0) - (places.get(from)?.x ?? 0)).toBe(230);
      expect(places.get(to)?.y).toBe(places.get(from)?.y);
    }
  });

  it.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
    'lays no node on another in plain layers: %s',
    (_, lesson) => {
      const { document } = readParsed(lesson.file, catalogue);
      const links = document.wires.map(({ from, to }) => ({ from: from.node, to: to.node }));
      const ordered = topologicalOrder(document).map(({ id }) => id);
      const sizes = { ranksep: 120, nodesep: 48 };
      const places = inLayers(ordered, links, () => ({ width: 110, height: 90 }), sizes);
      for (const { from, to } of links) {
        expect(places.get(to)?.x ?? 0).toBeGreaterThan(places.get(from)?.x ?? 0);
      }
      const all = [...places.values()];
      for (const [index, a] of all.entries()) {
        for (const b of all.slice(index + 1)) {
          expect(Math.abs(a.x - b.x) >= 110 || Math.abs(a.y - b.y) >= 90).toBe(true);
        }
      }
    },
  );

  it('lays out nodes whose names mean something to JavaScript', () => {
    const names = ['constructor', 'valueOf', '__proto__', 'toString'];
    const { document } = readParsed(
      {
        format: 'gradwire',
        version: 1,
        nodes: names.map((id) => ({ id, op: id === 'constructor' ? 'input' : 'neg' })),
        wires: names.slice(1).map((id, at) => ({
          id,
          from: { node: names[at], port: 'out' },
          to: { node: id, port: 'x' },
        })),
      },
      catalogue,
    );
    const xs = [...layout(document).values()].map(({ x }) => x);
    expect(xs).toHaveLength(4);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  it('keeps together what a frame holds', () => {
    const { document } = readParsed(
      {
        format: 'gradwire',
        version: 1,
        nodes: Array.from({ length: 12 }, (_, at) => ({
          id: `n${at}`,
          op: at < 3 ? 'input' : 'tanh',
          label: `n${at}`,
          position: { x: 0, y: 0 },
        })),
        wires: Array.from({ length: 9 }, (_, at) => ({
          id: `w${at}`,
          from: { node: `n${at}`, port: 'out' },
          to: { node: `n${at + 3}`, port: 'x' },
        })),
      },
      catalogue,
    );
    const frame: Frame = {
      id: frameId('block'),
      title: 'block',
      nodes: ['n3', 'n6', 'n9'].map(nodeId),
    };
    const places = layout({ ...document, frames: [frame] });
    const inside = frame.nodes.map((id) => places.get(id)?.y ?? Number.NaN);
    const [top, bottom] = [Math.min(...inside), Math.max(...inside) + size.height];
    for (const id of ['n4', 'n5', 'n7', 'n8', 'n10', 'n11'].map(nodeId)) {
      const y = places.get(id)?.y ?? Number.NaN;
      expect(y >= bottom || y + size.height <= top).toBe(true);
    }
  });
});
