import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  type Frame,
  type FrameId,
  frameId,
  type GraphDocument,
  type GroupPort,
  groupPort,
  innermostFrame,
  insidePort,
  nodeId,
  pathTo,
  readDocument,
  readParsed,
  viewOf,
  wholeGroups,
  wireId,
  writeDocument,
} from '#graph';
import { lessons, product } from '#lessons';
import { catalogue } from '#ops';

const { document: start } = readParsed(product.file, catalogue);
const frame = (id: string, nodes: readonly string[], folded = false): Frame => ({
  id: frameId(id),
  title: id,
  nodes: nodes.map(nodeId),
  ...(folded ? { folded } : {}),
});
const framed = (...frames: readonly Frame[]): GraphDocument => ({ ...start, frames });
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe('the view', () => {
  it('is the document itself without folded frames', () => {
    const view = viewOf(framed(frame('a', ['x', 'y'])), catalogue, null);
    expect(ids(view.nodes)).toEqual(['x', 'y', 'z', 'add', 'mul']);
    expect(view.wires).toHaveLength(4);
    expect(ids(view.frames)).toEqual(['a']);
    expect(view.groups).toEqual([]);
  });

  it('draws a folded frame as one node with a port for each wire in and each value out', () => {
    const view = viewOf(framed(frame('a', ['x', 'add'], true)), catalogue, null);
    expect(ids(view.nodes)).toEqual(['y', 'z', 'mul']);
    const [group] = view.groups;
    expect(group?.inputs.map(({ node, port }) => `${node}.${port}`)).toEqual(['add.b']);
    expect(group?.outputs.map(({ node, port }) => `${node}.${port}`)).toEqual(['add.out']);
    // The wire between its own nodes is not drawn.
    expect(view.wires.map(({ wire }) => wire.id)).toEqual(['wy', 'ww', 'wz']);
    expect(view.wires[1]?.from).toEqual({
      kind: 'group',
      frame: 'a',
      port: groupPort(nodeId('add'), 'out'),
    });
    expect(insidePort(group?.inputs[0]?.id ?? '')).toEqual({ node: 'add', port: 'b' });
    expect(view.frames).toEqual([]);
  });

  it('nests: the outermost folded frame counts, and inside it the next', () => {
    const document = framed(
      frame('outer', ['x', 'y', 'add'], true),
      frame('inner', ['x', 'add'], true),
    );
    expect(ids(viewOf(document, catalogue, null).groups.map((group) => group.frame))).toEqual([
      'outer',
    ]);
    const within = viewOf(document, catalogue, frameId('outer'));
    expect(ids(within.nodes)).toEqual(['y']);
    expect(ids(within.groups.map((group) => group.frame))).toEqual(['inner']);
    expect(within.outside).toEqual([{ node: 'mul', side: 'behind' }]);
    const deepest = viewOf(document, catalogue, frameId('inner'));
    expect(ids(deepest.nodes)).toEqual(['x', 'add']);
    expect(deepest.outside).toEqual([
      { node: 'y', side: 'before' },
      { node: 'mul', side: 'behind' },
    ]);
    expect(ids(pathTo(document, frameId('inner')))).toEqual(['outer', 'inner']);
    expect(innermostFrame(document, nodeId('x'))?.id).toBe('inner');
  });

  it('has ports for what waits inside for a wire, and for results that nobody takes', () => {
    const loose = applyEdit(
      start,
      { type: 'removeWires', wires: [wireId('ww'), wireId('wy')] },
      catalogue,
    );
    const document = { ...loose, frames: [frame('a', ['x', 'add', 'mul'], true)] };
    const [group] = viewOf(document, catalogue, null).groups;
    const names = (ports: readonly GroupPort[] = []) =>
      ports.map(({ node, port }) => `${node}.${port}`);
    expect(names(group?.inputs).toSorted()).toEqual(['add.b', 'mul.a', 'mul.b']);
    expect(names(group?.outputs)).toEqual(['add.out', 'mul.out']);
  });

  it('selects groups as a whole', () => {
    const document = framed(frame('a', ['x', 'add'], true));
    const some = new Set(['x', 'z'].map(nodeId));
    expect([...wholeGroups(document, null, some)]).toEqual(['x', 'z', 'add']);
    expect(wholeGroups(document, frameId('a'), some)).toBe(some);
  });

  it('draws every node once and no wire to what is not drawn, for any frames', () => {
    const documents = lessons.map(({ file }) => readParsed(file, catalogue).document);
    const arbitrary = fc.constantFrom(...documents).chain((document) =>
      fc.record({
        document: fc.constant(document),
        frames: fc.array(
          fc.record({
            picks: fc.array(fc.nat(document.nodes.length - 1), { minLength: 1, maxLength: 8 }),
            folded: fc.boolean(),
          }),
          { maxLength: 4 },
        ),
        enter: fc.nat(4),
      }),
    );
    fc.assert(
      fc.property(arbitrary, ({ document, frames, enter }) => {
        const all = frames.map(({ picks, folded }, at) =>
          frame(
            `f${at}`,
            [...new Set(picks)].map((pick) => document.nodes[pick]?.id ?? ''),
            folded,
          ),
        );
        const whole = { ...document, frames: all };
        const inside = all[enter]?.id ?? null;
        const view = viewOf(whole, catalogue, inside);
        const members = new Set(inside ? all[enter]?.nodes : document.nodes.map(({ id }) => id));
        const drawn = new Set(view.nodes.map(({ id }) => id));
        const groups = new Set<FrameId>(view.groups.map((group) => group.frame.id));
        for (const id of members) {
          const group = view.groupOf.get(id);
          expect(drawn.has(id)).toBe(group === undefined);
          if (group !== undefined) expect(groups.has(group)).toBe(true);
        }
        for (const { from, to } of view.wires) {
          for (const end of [from, to]) {
            if (end.kind === 'node') expect(drawn.has(end.node)).toBe(true);
            if (end.kind === 'group') {
              const group = view.groups.find((each) => each.frame.id === end.frame);
              const ports = [...(group?.inputs ?? []), ...(group?.outputs ?? [])];
              expect(ports.some(({ id }) => id === end.port)).toBe(true);
            }
            if (end.kind === 'outside') expect(members.has(end.node)).toBe(false);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('frames', () => {
  it('are folded, coloured and titled by edits, and read back from the file', () => {
    const document = [
      { type: 'addFrame', frame: frame('a', ['x', 'y']) },
      { type: 'setFrame', frame: frameId('a'), folded: true, color: 'green', title: 'Inputs' },
      { type: 'joinFrame', frame: frameId('a'), nodes: [nodeId('z'), nodeId('x')] },
      { type: 'leaveFrame', frame: frameId('a'), nodes: [nodeId('y')] },
    ] as const;
    const edited = document.reduce<GraphDocument>(
      (before, edit) => applyEdit(before, edit, catalogue),
      start,
    );
    expect(edited.frames).toEqual([
      { id: 'a', title: 'Inputs', color: 'green', folded: true, nodes: ['x', 'z'] },
    ]);
    const read = readDocument(writeDocument(edited, catalogue), catalogue);
    expect(read.repairs).toEqual([]);
    expect(read.document.frames).toEqual(edited.frames);
    const unfolded = applyEdit(
      edited,
      { type: 'setFrame', frame: frameId('a'), folded: false, color: '' },
      catalogue,
    );
    expect(JSON.parse(writeDocument(unfolded, catalogue)).frames).toEqual([
      { id: 'a', title: 'Inputs', nodes: ['x', 'z'] },
    ]);
  });

  it('go with their last node, and take no node that is not there', () => {
    const one = framed(frame('a', ['x']));
    const left = applyEdit(
      one,
      { type: 'leaveFrame', frame: frameId('a'), nodes: [nodeId('x')] },
      catalogue,
    );
    expect(left.frames).toEqual([]);
    const join = { type: 'joinFrame', frame: frameId('a'), nodes: [nodeId('nowhere')] } as const;
    expect(() => applyEdit(one, join, catalogue)).toThrow('no frame');
  });
});
