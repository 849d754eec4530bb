import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  fragmentOf,
  type GraphDocument,
  GraphError,
  indexOf,
  insertFragment,
  nodeId,
  readDocument,
  readFragment,
  readParsed,
  toggleBypass,
  writeDocument,
  writeFragment,
} from '#graph';
import { lessons, product } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';

const text = (document: GraphDocument) => writeDocument(document, catalogue);
const toggled = (document: GraphDocument, id: string) => {
  const edits = toggleBypass(document, catalogue, nodeId(id));
  if (edits instanceof GraphError) throw edits;
  return edits.reduce((before, edit) => applyEdit(before, edit, catalogue), document);
};
const { document: start } = readParsed(product.file, catalogue);
const numberAt = (document: GraphDocument, id: string) =>
  trace(document, catalogue).nodes.get(nodeId(id))?.value?.data.data[0];

describe('bypassing a node', () => {
  it('hands on what enters its main input, with its gradient, and keeps the loss', () => {
    const bypassed = toggled(start, 'mul');
    expect(numberAt(bypassed, 'mul')).toBe(5);
    expect(bypassed.loss?.node).toBe('mul');
    const { nodes } = trace(bypassed, catalogue);
    expect(nodes.get(nodeId('x'))?.gradient?.data.data[0]).toBe(1);
    expect(nodes.get(nodeId('z'))?.gradient?.data.data[0]).toBe(0);
  });

  it('is put back exactly, also after it was written and read', () => {
    const bypassed = toggled(start, 'mul');
    const { document, repairs } = readDocument(text(bypassed), catalogue);
    expect(repairs).toEqual([]);
    expect(indexOf(document).nodes.get(nodeId('mul'))?.bypassed?.op).toBe('mul');
    const back = toggled(document, 'mul');
    expect(numberAt(back, 'mul')).toBe(20);
    // Wires come in another order, nothing else differs.
    const sorted = (of: GraphDocument) => text(of).split(/,?\n/).toSorted();
    expect(sorted(back)).toEqual(sorted(start));
  });

  it('leaves out, when it is put back, what is gone or would close a cycle', () => {
    const bypassed = toggled(start, 'mul');
    const without = applyEdit(bypassed, { type: 'removeNodes', nodes: [nodeId('z')] }, catalogue);
    const back = toggled(without, 'mul');
    expect(indexOf(back).incoming.get(nodeId('mul'))?.size).toBe(1);
  });

  it('is refused where nothing enters', () => {
    expect(toggleBypass(start, catalogue, nodeId('x'))).toBeInstanceOf(GraphError);
    expect(toggleBypass(start, catalogue, nodeId('nowhere'))).toBeInstanceOf(GraphError);
  });

  it('can be copied, and is put back there from the copies', () => {
    const bypassed = toggled(start, 'mul');
    const chosen = new Set(['mul', 'add', 'z'].map(nodeId));
    const copied = writeFragment(fragmentOf(bypassed, chosen), catalogue);
    const { fragment } = readFragment(copied, catalogue);
    const { edits } = insertFragment(bypassed, catalogue, fragment, { shift: { x: 0, y: 300 } });
    const pasted = edits.reduce((before, edit) => applyEdit(before, edit, catalogue), bypassed);
    const back = toggled(pasted, 'mul2');
    expect(indexOf(back).incoming.get(nodeId('mul2'))?.get('b')?.from.node).toBe('z2');
  });

  it.each([
    ['foreign operation', { op: 'evil', port: 'a' }],
    ['no object', 'x'],
    ['no port', { op: 'mul' }],
    ['bad wires', { op: 'mul', port: 'a', wires: [{ id: 'w' }] }],
  ])('is read without what it was where that is damaged: %s', (_, bypassed) => {
    const file = JSON.parse(text(toggled(start, 'mul')));
    const node = file.nodes.find((each: { id: string }) => each.id === 'mul');
    node.bypassed = bypassed;
    const { document, repairs } = readParsed(file, catalogue);
    expect(repairs).toHaveLength(1);
    expect(repairs[0]?.message).toContain('bypassed');
    expect(numberAt(document, 'mul')).toBe(5);
  });

  it('and putting back changes no number of any example', () => {
    const documents = lessons.map(({ file }) => readParsed(file, catalogue).document);
    fc.assert(
      fc.property(fc.constantFrom(...documents), fc.nat(), (document, pick) => {
        const inner = document.nodes.filter(
          ({ id }) => (indexOf(document).incoming.get(id)?.size ?? 0) > 0,
        );
        const node = inner[pick % inner.length];
        if (!node) return;
        const back = toggled(toggled(document, node.id), node.id);
        const values = (of: GraphDocument) =>
          new Map(
            [...trace(of, catalogue).nodes].map(([id, { value, gradient }]) => [
              id,
              [value, gradient],
            ]),
          );
        expect(values(back)).toEqual(values(document));
      }),
      { numRuns: 40 },
    );
  });
});
