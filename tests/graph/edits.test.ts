import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  type Edit,
  emptyDocument,
  freshNodeId,
  type GraphDocument,
  GraphError,
  inferForms,
  isDirty,
  markSaved,
  nodeId,
  openEditor,
  readDocument,
  readParsed,
  redo,
  refusal,
  transact,
  undo,
  wireId,
  writeDocument,
} from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';

const first = readParsed(product.file, catalogue).document;

function node(id: string, op: string, attrs: object = {}): Edit {
  return {
    type: 'addNode',
    node: { id: nodeId(id), op, label: id, attrs, position: { x: 0, y: 0 } },
  };
}

function wire(id: string, from: string, to: string, port: string): Edit {
  return {
    type: 'addWire',
    wire: {
      id: wireId(id),
      from: { node: nodeId(from), port: 'out' },
      to: { node: nodeId(to), port },
    },
  };
}

function build(...edits: Edit[]): GraphDocument {
  return edits.reduce((doc, edit) => applyEdit(doc, edit, catalogue), emptyDocument('test'));
}

describe('a document', () => {
  it('is built by edits and is the same after writing and reading', () => {
    const text = writeDocument(first, catalogue);
    const again = readDocument(text, catalogue);
    expect(again.repairs).toEqual([]);
    expect(again.document).toEqual(first);
    expect(writeDocument(again.document, catalogue)).toBe(text);
  });

  it('loses the wires and the loss of a node that is removed', () => {
    const left = applyEdit(first, { type: 'removeNodes', nodes: [nodeId('mul')] }, catalogue);
    expect(left.wires.map(({ id }) => id)).toEqual(['wx', 'wy']);
    expect(left.loss).toBeUndefined();
  });

  it('replaces the wire of an input port that is wired again', () => {
    const wired = applyEdit(first, wire('new', 'z', 'add', 'a'), catalogue);
    const entering = wired.wires.filter(({ to }) => to.node === 'add' && to.port === 'a');
    expect(entering.map(({ id }) => id)).toEqual(['new']);
  });

  it('refuses a second node of the same id, a wire to nowhere, and a bad attribute', () => {
    expect(() => build(node('x', 'input'), node('x', 'input'))).toThrow('a node “x” already');
    expect(() => build(node('x', 'input'), wire('w', 'x', 'y', 'a'))).toThrow('no such node');
    expect(() => build(node('x', 'input'), node('n', 'neg'), wire('w', 'x', 'n', 'q'))).toThrow(
      'no such port',
    );
    expect(() => build(node('x', 'input', { shape: [0] }))).toThrow(/“x”.*shape.*length/);
    expect(() => build(node('x', 'input', { shape: [2], value: [1, 2, 3] }))).toThrow(
      /“x”.*\[3\] where \[2\] is declared/,
    );
  });
});

describe('a wire that is about to be drawn', () => {
  it('is refused, with a sentence, where it closes a cycle', () => {
    const error = refusal(
      first,
      catalogue,
      { node: nodeId('mul'), port: 'out' },
      { node: nodeId('add'), port: 'a' },
    );
    expect(error?.code).toBe('cycle');
    expect(error?.message).toBe('This wire would close a cycle: “f” already depends on “w”.');
  });

  it('is refused, with the shapes, where they do not fit', () => {
    const doc = build(
      node('u', 'input', { shape: [3] }),
      node('v', 'input', { shape: [4] }),
      node('s', 'add'),
      wire('w1', 'u', 's', 'a'),
    );
    const error = refusal(
      doc,
      catalogue,
      { node: nodeId('v'), port: 'out' },
      { node: nodeId('s'), port: 'b' },
    );
    expect(error?.message).toContain('[3] and [4] do not fit together');
  });

  it('is welcome where it fits, also at a port that an n-ary operation grows', () => {
    for (const port of ['a', 'c']) {
      const to = { node: nodeId('mul'), port };
      expect(refusal(first, catalogue, { node: nodeId('x'), port: 'out' }, to)).toBeNull();
    }
  });

  it('never stretches a batch axis over a feature axis of the same length', () => {
    const doc = build(
      node('batch', 'input', { shape: [], batched: true, value: [1, 2, 3] }),
      node('features', 'input', { shape: [3], value: [10, 20, 30] }),
      node('s', 'add'),
      wire('w1', 'batch', 's', 'a'),
      wire('w2', 'features', 's', 'b'),
    );
    expect(inferForms(doc, catalogue).get(nodeId('s'))).toEqual({
      form: { batched: true, shape: [3] },
    });
  });
});

describe('undo and redo', () => {
  const move = (x: number, mergeKey?: string) => ({
    label: 'Move x',
    edits: [{ type: 'moveNodes', positions: new Map([[nodeId('x'), { x, y: 0 }]]) }] as Edit[],
    ...(mergeKey ? { mergeKey } : {}),
  });

  it('return to the very same document, which is clean again', () => {
    const start = openEditor(first);
    const changed = transact(start, move(5), catalogue);
    expect(isDirty(changed)).toBe(true);
    const back = undo(changed);
    expect(back.document).toBe(first);
    expect(isDirty(back)).toBe(false);
    expect(redo(back).document).toBe(changed.document);
  });

  it('take a drag as one step', () => {
    let state = openEditor(first);
    for (const x of [1, 2, 3]) state = transact(state, move(x, 'drag 1'), catalogue);
    expect(state.past).toHaveLength(1);
    expect(undo(state).document).toBe(first);
  });

  it('never give two states the same revision', () => {
    const states = [openEditor(first)];
    for (const x of [1, 2])
      states.push(transact(states.at(-1) ?? openEditor(first), move(x), catalogue));
    const last = states.at(-1) ?? openEditor(first);
    states.push(undo(last), redo(undo(last)));
    expect(new Set(states.map(({ revision }) => revision)).size).toBe(states.length);
  });

  it('leave everything as it was when one edit of a transaction is refused', () => {
    const state = openEditor(first);
    const edits = [node('new', 'neg'), wire('bad', 'mul', 'add', 'a')];
    expect(() => transact(state, { label: 'Paste', edits }, catalogue)).toThrow(GraphError);
    expect(state.document).toBe(first);
  });

  it('know what the file holds', () => {
    const changed = transact(openEditor(first), move(5), catalogue);
    const saved = markSaved(changed, changed.document);
    expect(isDirty(saved)).toBe(false);
    expect(isDirty(undo(saved))).toBe(true);
    expect(isDirty(redo(undo(saved)))).toBe(false);
  });
});

it('a fresh id is one that no node has', () => {
  expect(freshNodeId(first, 'x')).toBe('x2');
  expect(freshNodeId(first, 'q')).toBe('q');
});
