import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expressionToGraph, graphToText } from '#formula';
import { applyEdit, emptyDocument, type GraphDocument, nodeId } from '#graph';
import { catalogue, parseExpression } from '#ops';
import { trace } from '#trace';

function build(text: string): { document: GraphDocument; result: ReturnType<typeof nodeId> } {
  const { edits, result } = expressionToGraph(text, emptyDocument(''), catalogue);
  const document = edits.reduce((doc, edit) => applyEdit(doc, edit, catalogue), emptyDocument(''));
  return { document: { ...document, loss: { node: result, seed: 1 } }, result };
}

function withValues(document: GraphDocument, values: Readonly<Record<string, number>>) {
  return Object.entries(values).reduce(
    (doc, [id, value]) =>
      applyEdit(doc, { type: 'setAttrs', node: nodeId(id), attrs: { value } }, catalogue),
    document,
  );
}

describe('text to graph', () => {
  it('draws the sigmoid neuron gate by gate, with the lecture’s numbers', () => {
    const { document, result } = build('1/(1+exp(-(w0*x0+w1*x1+w2)))');
    expect(document.nodes.map(({ op }) => op).sort()).toEqual(
      ['add', 'add', 'add', 'constant', 'exp', 'input', 'input', 'input', 'input', 'input']
        .concat('mul', 'mul', 'neg', 'reciprocal')
        .sort(),
    );
    const values = { w0: 2, x0: -1, w1: -3, x1: -2, w2: -3 };
    const { nodes, errors, loss } = trace(withValues(document, values), catalogue);
    expect(errors).toEqual([]);
    expect(nodes.get(result)?.value?.data.data[0]).toBe(loss);
    expect(loss).toBeCloseTo(0.731058578630005, 14);
    const gradient = (id: string) => nodes.get(nodeId(id))?.gradient?.data.data[0];
    expect(gradient('w0')).toBeCloseTo(-0.196611933241482, 14);
    expect(gradient('x0')).toBeCloseTo(0.393223866482964, 14);
    expect(gradient('w1')).toBeCloseTo(-0.393223866482964, 14);
    expect(gradient('x1')).toBeCloseTo(-0.589835799724446, 14);
    expect(gradient('w2')).toBeCloseTo(0.196611933241482, 14);
  });

  it('lays the nodes out from left to right without overlaps', () => {
    const { document } = build('W*x+b');
    expect(document.nodes.map(({ op }) => op).sort()).toEqual([
      'add',
      'input',
      'input',
      'input',
      'mul',
    ]);
    const x = new Map(document.nodes.map(({ id, position }) => [id, position.x]));
    for (const { from, to } of document.wires) {
      expect(x.get(from.node) ?? 0).toBeLessThan(x.get(to.node) ?? 0);
    }
    for (const a of document.nodes) {
      for (const b of document.nodes) {
        if (a === b) continue;
        const apart = Math.abs(a.position.x - b.position.x) >= 110;
        expect(apart || Math.abs(a.position.y - b.position.y) >= 90).toBe(true);
      }
    }
  });

  it('takes ids that the document does not have yet', () => {
    const first = build('a + b').document;
    const { edits } = expressionToGraph('a * c', first, catalogue);
    const both = edits.reduce((doc, edit) => applyEdit(doc, edit, catalogue), first);
    expect(new Set(both.nodes.map(({ id }) => id)).size).toBe(both.nodes.length);
    expect(both.nodes.filter(({ label }) => label === 'a')).toHaveLength(2);
  });
});

const texts = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'x1', '2', '0.5', 'pi'),
    fc
      .tuple(tie('text'), fc.constantFrom('+', '-', '*', '/', '^'), tie('text'))
      .map(([a, op, b]) => `(${a}) ${op} (${b})`),
    fc
      .tuple(fc.constantFrom('sin', 'exp', 'tanh', '-', 'atan', 'relu'), tie('text'))
      .map(([name, a]) => `${name}(${a})`),
  ),
})).text;

describe('formula → graph → formula', () => {
  it('gives a formula with the same value and the same gradients', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = build(text);
        const again = build(graphToText(once.document, once.result));
        const values = { a: 0.7, b: 1.3, x1: -0.4 };
        const known = (doc: GraphDocument) =>
          Object.fromEntries(
            Object.entries(values).filter(([id]) => doc.nodes.some((node) => node.id === id)),
          );
        const [first, second] = [once, again].map(({ document }) =>
          trace(withValues(document, known(document)), catalogue),
        );
        expect(second?.loss).toEqual(first?.loss);
        for (const id of Object.keys(values)) {
          const a = first?.nodes.get(nodeId(id))?.gradient?.data.data[0];
          const b = second?.nodes.get(nodeId(id))?.gradient?.data.data[0];
          if (a !== undefined && b !== undefined) expect(b).toEqual(a);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives the very same text again once it has been written', () => {
    const { document, result } = build('exp(-x^2 / 2) * (a - b)');
    const text = graphToText(document, result);
    expect(text).toBe('exp(-square(x) / 2) * (a - b)');
    const again = build(text);
    expect(graphToText(again.document, again.result)).toBe(text);
    expect(() => parseExpression(text)).not.toThrow();
  });

  it('says which node is no scalar expression', () => {
    const { document } = build('a');
    const summed = applyEdit(
      document,
      {
        type: 'addNode',
        node: { id: nodeId('s'), op: 'sum', label: 'total', attrs: {}, position: { x: 0, y: 0 } },
      },
      catalogue,
    );
    expect(() => graphToText(summed, nodeId('s'))).toThrow('“total” (sum) cannot be written');
  });
});
