import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument, nodeId, readParsed, wireId } from '#graph';
import { mnist, product } from '#lessons';
import { catalogue } from '#ops';
import { fromNested, scalar } from '#tensor';
import { addNode } from '../../renderer/store/adding.ts';
import {
  connect,
  moveNodes,
  removeSelected,
  setValue,
  toggleLoss,
} from '../../renderer/store/gestures.ts';
import { freshLabel } from '../../renderer/store/names.ts';
import { createEditorStore } from '../../renderer/store/store.ts';

const file = { ref: null, name: 'test' };

function read(raw: unknown): GraphDocument {
  return readParsed(raw, catalogue).document;
}

function storeOn(document = read(product.file)) {
  return createEditorStore(catalogue, document, file);
}

const x = nodeId('x');
const product5 = nodeId('mul');

describe('the trace in the store', () => {
  it('is that of the document’s revision after every change', () => {
    const store = storeOn();
    const fits = () => {
      const { editor, trace } = store.getState();
      expect([trace.revision, trace.document]).toEqual([editor.revision, editor.document]);
    };
    fits();
    setValue(store, x, scalar(7));
    fits();
    moveNodes(store, new Map([[x, { x: 9, y: 9 }]]));
    fits();
    store.getState().undo();
    fits();
    store.getState().redo();
    fits();
    store.getState().open(emptyDocument('other'), file);
    fits();
  });

  it('has the new numbers at once', () => {
    const store = storeOn();
    setValue(store, x, scalar(7));
    expect(store.getState().trace.loss).toBe(40);
  });

  it('takes its numbers over where only a node was moved', () => {
    const store = storeOn();
    const { nodes } = store.getState().trace;
    moveNodes(store, new Map([[x, { x: 9, y: 9 }]]));
    expect(store.getState().trace.nodes).toBe(nodes);
  });
});

describe('the film in the store', () => {
  it('stays at its step when a number changes, and starts over when the graph does', () => {
    const store = storeOn();
    store.getState().seek(6);
    setValue(store, x, scalar(7));
    expect(store.getState().film.at).toBe(6);
    store.getState().edit('cut', [{ type: 'removeWires', wires: [wireId('wx')] }]);
    expect(store.getState().film).toMatchObject({ at: -1, playing: false });
  });

  it('never leaves its script', () => {
    const store = storeOn();
    store.getState().seek(1000);
    expect(store.getState().film.at).toBe(store.getState().trace.steps.length - 1);
    store.getState().seek(-5);
    expect(store.getState().film.at).toBe(-1);
  });

  it('starts over when it is played at its end', () => {
    const store = storeOn();
    store.getState().seek(1000);
    store.getState().setPlaying(true);
    expect(store.getState().film).toMatchObject({ at: -1, playing: true });
  });
});

describe('gestures', () => {
  it('give new nodes the names of a blackboard', () => {
    const store = storeOn(emptyDocument(''));
    for (const op of ['input', 'input', 'parameter', 'constant', 'add']) {
      addNode(store, op, { x: 0, y: 0 });
    }
    const { nodes } = store.getState().editor.document;
    expect(nodes.map(({ label }) => label)).toEqual(['x', 'y', 'w', 'c', 'q']);
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(5);
  });

  it('find a fresh name when all letters are taken', () => {
    let document = emptyDocument('');
    for (let count = 0; count < 20; count++) {
      const label = freshLabel(document, 'input');
      expect(document.nodes.map((node) => node.label)).not.toContain(label);
      const node = {
        id: nodeId(`n${count}`),
        op: 'input',
        label,
        attrs: {},
        position: { x: 0, y: 0 },
      };
      document = { ...document, nodes: [...document.nodes, node] };
    }
  });

  it('leave the document as it was when they are refused', () => {
    const store = storeOn();
    const { editor } = store.getState();
    const refused = connect(
      store,
      { node: product5, port: 'out' },
      { node: nodeId('add'), port: 'c' },
    );
    expect(refused?.code).toBe('cycle');
    expect(store.getState().editor).toBe(editor);
  });

  it('give a source the shape of what was typed', () => {
    const store = storeOn();
    expect(setValue(store, x, fromNested([1, 2, 3]))).toBeNull();
    expect(store.getState().trace.nodes.get(x)?.value?.shape).toEqual([3]);
    expect(setValue(store, x, undefined)).toBeNull();
    expect(store.getState().trace.nodes.get(x)?.error?.code).toBe('missing-value');
  });

  it('delete nodes with their wires as one step, and forget the selection', () => {
    const store = storeOn();
    store.getState().selectNode(x);
    removeSelected(store);
    const { editor, selection } = store.getState();
    expect(editor.document.wires).toHaveLength(3);
    expect(editor.past).toHaveLength(1);
    expect(selection.nodes.size).toBe(0);
  });

  it('make a node the loss, and take it back', () => {
    const store = storeOn();
    toggleLoss(store, product5);
    expect(store.getState().editor.document.loss).toBeUndefined();
    expect(store.getState().trace.loss).toBeUndefined();
    toggleLoss(store, product5);
    expect(store.getState().trace.loss).toBe(20);
  });
});

describe('opening another document', () => {
  it('changes the key that late results ask for, and starts afresh', () => {
    const store = storeOn();
    const key = store.getState().documentKey;
    setValue(store, x, scalar(7));
    store.getState().open(read(mnist.file), file);
    const { documentKey, editor } = store.getState();
    expect(documentKey).not.toBe(key);
    expect(editor.past).toEqual([]);
  });
});
