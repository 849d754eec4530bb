import { afterEach, describe, expect, it, vi } from 'vitest';
import { type GraphDocument, nodeId, readParsed } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { fromNested, scalar } from '#tensor';
import { trace } from '#trace';
import { keepOverlay, leaveOverlay, moveNodes, setValue } from '../../renderer/store/gestures.ts';
import type { Overlay } from '../../renderer/store/overlay.ts';
import { createEditorStore, hasUnsavedChanges } from '../../renderer/store/store.ts';
import { classifier } from '../support/training.ts';

const file = { ref: null, name: 'test' };
const storeOn = (document: GraphDocument) => createEditorStore(catalogue, document, file);
const first = () => storeOn(readParsed(product.file, catalogue).document);

/** f = (x + y)·z with x = 2, y = 3, z = 4. */
const x = nodeId('x');
const seven: Overlay = {
  title: 'Step 7',
  values: new Map([[x, { value: scalar(7) }]]),
};

afterEach(() => vi.unstubAllGlobals());

describe('an overlay', () => {
  it('is traced in place of the document, which stays as it is', () => {
    const store = first();
    const { document } = store.getState().editor;
    store.getState().setOverlay(seven);
    // (7 + 3)·4, and dL/dz = x + y.
    const { trace: shown, editor } = store.getState();
    expect(shown.loss).toBe(40);
    expect(shown.nodes.get(nodeId('z'))?.gradient?.data.data[0]).toBe(10);
    expect(editor.document).toBe(document);
    expect(hasUnsavedChanges(store.getState())).toBe(false);
    leaveOverlay(store);
    expect(store.getState().trace.loss).toBe(20);
    expect(store.getState().overlay).toBeNull();
  });

  it('keeps its numbers where only a node is moved', () => {
    const store = first();
    store.getState().setOverlay(seven);
    const { nodes } = store.getState().trace;
    moveNodes(store, new Map([[x, { x: 9, y: 9 }]]));
    expect(store.getState().trace.nodes).toBe(nodes);
    expect(store.getState().trace.loss).toBe(40);
  });

  it('lets values be changed that it does not hide, and refuses those it does', () => {
    vi.stubGlobal('window', { innerWidth: 1000 });
    const store = first();
    store.getState().setOverlay(seven);
    expect(setValue(store, nodeId('z'), scalar(2))).toBeNull();
    expect(store.getState().trace.loss).toBe(20);
    const refused = setValue(store, x, scalar(1));
    expect(refused?.message).toMatch(/not the graph’s own/);
    expect(store.getState().bubble?.message).toBe(refused?.message);
    expect(store.getState().trace.loss).toBe(20);
  });

  it('comes into the document as one edit that can be undone', () => {
    const store = first();
    store.getState().setOverlay(seven);
    keepOverlay(store);
    expect(store.getState().overlay).toBeNull();
    expect(store.getState().trace.loss).toBe(40);
    expect(hasUnsavedChanges(store.getState())).toBe(true);
    store.getState().undo();
    expect(store.getState().trace.loss).toBe(20);
  });

  it('ends where another document is opened', () => {
    const store = first();
    store.getState().setOverlay(seven);
    store.getState().open(classifier(2, 3), file);
    expect(store.getState().overlay).toBeNull();
    expect(store.getState().trace.document).toBe(store.getState().editor.document);
  });

  it('leaves a node alone that has another shape by now', () => {
    const store = first();
    store.getState().setOverlay({
      title: 'Step 7',
      values: new Map([
        [x, { value: fromNested([1, 2]) }],
        [nodeId('y'), { value: scalar(2) }],
        [nodeId('gone'), { value: scalar(1) }],
      ]),
    });
    // (2 + 2)·4
    expect(store.getState().trace.loss).toBe(16);
    keepOverlay(store);
    expect(store.getState().trace.loss).toBe(16);
  });

  it('gives inputs that wait for data their examples: the numbers are those of a trace with these feeds', () => {
    const document = classifier(2, 3);
    const store = storeOn(document);
    expect(store.getState().trace.loss).toBeUndefined();
    const points = fromNested([
      [0.5, -1],
      [2, 0.25],
    ]);
    const labels = fromNested([2, 0]);
    store.getState().setOverlay({
      title: 'Step 1',
      values: new Map([
        [x, { value: points }],
        [nodeId('y'), { value: labels }],
      ]),
    });
    const wanted = trace(document, catalogue, {
      feeds: new Map([
        [x, { batched: true, shape: [2], data: points }],
        [nodeId('y'), { batched: true, shape: [], data: labels }],
      ]),
    });
    const { trace: shown } = store.getState();
    expect(shown.loss).toBe(wanted.loss);
    for (const [id, { gradient }] of wanted.wires) {
      expect(shown.wires.get(id)?.gradient, id).toEqual(gradient);
    }
    expect(store.getState().setReplicas(true)).toBeNull();
    expect(store.getState().replicas?.examples).toBe(2);
    expect(store.getState().trace.loss).toBeCloseTo(wanted.loss ?? 0, 12);
  });
});
