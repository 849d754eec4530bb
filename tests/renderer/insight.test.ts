import { describe, expect, it } from 'vitest';
import { type FrameId, frameId, indexOf, nodeId, readParsed } from '#graph';
import { catalogue } from '#ops';
import { frameBoxes } from '../../renderer/canvas/frame-boxes.ts';
import { precise } from '../../renderer/inspector/CheckLine.tsx';
import { readFormula } from '../../renderer/search/formula.ts';
import {
  addGraphOf,
  collapseSelected,
  createEditorStore,
  diagnosesAt,
  expandSelected,
  selectedFrame,
  shownDiagnoses,
} from '../../renderer/store/index.ts';

const file = { ref: null, name: 'test' };

/** x → sigmoid → the loss, its square. */
function sigmoidStore(x: number) {
  const document = {
    format: 'gradwire',
    version: 1,
    title: '',
    nodes: [
      { id: 'x', op: 'input', attrs: { shape: [], value: x } },
      { id: 's', op: 'sigmoid', label: 's', position: { x: 200, y: 0 } },
      { id: 'f', op: 'square', position: { x: 400, y: 0 } },
    ],
    wires: [
      { id: 'a', from: { node: 'x', port: 'out' }, to: { node: 's', port: 'x' } },
      { id: 'b', from: { node: 's', port: 'out' }, to: { node: 'f', port: 'x' } },
    ],
    loss: { node: 'f' },
  };
  return createEditorStore(catalogue, readParsed(document, catalogue).document, file);
}

describe('a numeric check', () => {
  it.each([
    [4, '4.000000'],
    [-0.19661193324, '−0.196612'],
    [-1e-12, '−1e−12'],
    [0, '0.000000'],
    [Number.NaN, 'NaN'],
    [12_345_678, '1.234568e7'],
  ])('of %d is written %s', (x, text) => {
    expect(precise(x)).toBe(text);
  });
});

describe('what is typed into the palette', () => {
  it.each(['W*x + b', '1/(1+exp(-x))', '= a*b', '=a', 'x^2'])('%s is an expression', (text) => {
    expect(readFormula(text, false).kind).toBe('expression');
  });

  it.each(['', 'sigm', 'x', '='])('“%s” is none', (text) => {
    expect(readFormula(text, false).kind).toBe('none');
  });

  it('is a name where one is found, unless it begins with =', () => {
    expect(readFormula('cross-entropy', true).kind).toBe('none');
    expect(readFormula('=1/x', true)).toEqual({ kind: 'expression', text: '1/x' });
  });

  it('that cannot be read comes with a sentence', () => {
    const found = readFormula('foo(a) + 1', false);
    expect(found.kind === 'problem' && found.message).toMatch(/foo/);
  });
});

describe('the graph of an expression', () => {
  it('is one step, selected, with the loss at its end where the document was empty', () => {
    const store = sigmoidStore(0.5);
    const added = addGraphOf(store, 'a*b + c', { x: 0, y: 0 });
    expect(added).toHaveLength(5);
    const { editor, selection } = store.getState();
    expect(selection.nodes.size).toBe(5);
    expect(editor.document.loss?.node).toBe('f');
    expect(editor.past).toHaveLength(1);
    // Nothing lies on anything else.
    const places = editor.document.nodes.map(({ position: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(places.length);
    store.getState().undo();
    expect(store.getState().editor.document.nodes).toHaveLength(3);
  });
});

describe('expanding what is selected', () => {
  it('selects the parts, and collapsing them selects the whole again', () => {
    const store = sigmoidStore(0.5);
    const before = store.getState().trace.loss;
    store.getState().selectNode(nodeId('s'));
    expect(expandSelected(store)).toBeUndefined();
    const { editor, selection, trace } = store.getState();
    expect(trace.loss).toBeCloseTo(before ?? Number.NaN, 12);
    expect(selectedFrame(editor.document, selection)?.title).toBe('s = sigmoid');
    expect(collapseSelected(store)).toBeUndefined();
    expect([...store.getState().selection.nodes]).toEqual(['s']);
    expect(indexOf(store.getState().editor.document).nodes.has(nodeId('s'))).toBe(true);
  });

  it('is refused with a sentence where there is nothing to expand or collapse', () => {
    const store = sigmoidStore(0.5);
    expect(expandSelected(store)).toMatch(/Select/);
    expect(collapseSelected(store)).toMatch(/Select/);
    store.getState().selectNode(nodeId('x'));
    expect(expandSelected(store)).toMatch(/elementary/);
  });
});

describe('diagnoses', () => {
  it('are those of the numbers on the screen, at their nodes', () => {
    const store = sigmoidStore(9);
    expect(shownDiagnoses(store.getState()).map(({ code }) => code)).toEqual(['saturated']);
    expect(diagnosesAt(store.getState(), nodeId('s'))).toHaveLength(1);
    expect(diagnosesAt(store.getState(), nodeId('f'))).toEqual([]);
    const attrs = { value: 0 };
    store.getState().edit('', [{ type: 'setAttrs', node: nodeId('x'), attrs }]);
    expect(shownDiagnoses(store.getState())).toEqual([]);
  });

  it('are not told by a film before its end', () => {
    const store = sigmoidStore(9);
    store.getState().setWorkspace('trace');
    expect(shownDiagnoses(store.getState())).toEqual([]);
    store.getState().seek(10_000);
    expect(shownDiagnoses(store.getState())).toHaveLength(1);
  });
});

describe('frames', () => {
  const frame = (id: string, ...nodes: string[]) => ({
    id: frameId(id) satisfies FrameId,
    title: id,
    nodes: nodes.map(nodeId),
  });
  const rectOf = (id: string) => ({ x: id.charCodeAt(0) * 200, y: 0, width: 76, height: 76 });

  it('lie around their nodes, and around the frames inside them', () => {
    const [outer, inner] = frameBoxes([frame('out', 'a', 'b', 'c'), frame('in', 'a', 'b')], rectOf);
    if (!outer || !inner) throw new Error('A frame is missing.');
    expect([outer.frame.id, inner.frame.id]).toEqual(['out', 'in']);
    expect(inner.x).toBeLessThan(rectOf('a').x);
    expect(outer.x).toBeLessThan(inner.x);
    // Each header has a line of its own.
    expect(inner.y - outer.y).toBeGreaterThanOrEqual(32);
    expect(outer.y + outer.height).toBeGreaterThan(inner.y + inner.height);
    expect(outer.x + outer.width).toBeGreaterThan(rectOf('c').x + 76);
  });

  it('around the same nodes lie in each other', () => {
    const [outer, inner] = frameBoxes([frame('first', 'a'), frame('later', 'a')], rectOf);
    expect(outer?.frame.id).toBe('first');
    expect(outer?.width).toBeGreaterThan(inner?.width ?? Number.POSITIVE_INFINITY);
  });
});
