import { describe, expect, it } from 'vitest';
import { expandRefusal, type GraphDocument, nodeId } from '#graph';
import { catalogue, compositeIds, expand, expansionOf, findPort, inputPorts } from '#ops';
import { fromNested } from '#tensor';
import { trace } from '#trace';
import { after, disagreements, documentAround, expanded, whole } from '../support/composites.ts';
import { expectClose, type OperationCase, operationCases } from '../support/goldens.ts';
import { exact, formOf, sampleOf, upstreamFor } from '../support/operations.ts';

describe('every composite, on its own sample', () => {
  it.each(compositeIds)('%s: its parts exist, and every input of theirs is fed once', (op) => {
    const operation = catalogue.get(op);
    const expansion = expansionOf(op);
    if (!operation || !expansion) throw new Error(`no expansion of ${op}`);
    const { attrs, inputs } = sampleOf(operation);
    const forms = Object.entries(inputs).map(([port, value]) => [port, formOf(value)] as const);
    const inner = expand(expansion, new Map(forms), attrs);
    const fed = [...inner.wires.map(({ to }) => to), ...[...inner.inputs.values()].flat()];
    for (const part of inner.nodes) {
      const own = catalogue.get(part.op);
      const parsed = own?.attrs.safeParse(part.attrs);
      expect(parsed?.success, `${part.op} ${JSON.stringify(part.attrs)}`).toBe(true);
      if (!own || !parsed?.data) continue;
      const ports = fed.filter(({ node }) => node === part.id).map(({ port }) => port);
      expect(new Set(ports).size).toBe(ports.length);
      expect(ports.every((port) => findPort(own, parsed.data, port))).toBe(true);
      const needed = inputPorts(own, parsed.data, ports).filter(({ optional }) => !optional);
      expect(ports).toEqual(expect.arrayContaining(needed.map(({ name }) => name)));
    }
    expect([...inner.inputs.keys()].sort()).toEqual(Object.keys(inputs).sort());
    expect(inner.nodes.at(-1)?.id).toBe(inner.output);
  });

  it.each(compositeIds)('%s: whole and parts give the same value and gradients', (op) => {
    const operation = catalogue.get(op);
    if (!operation) throw new Error(`no operation ${op}`);
    const { attrs, inputs } = sampleOf(operation);
    const output = operation.forward(exact, inputs, attrs);
    const document = documentAround(op, attrs, inputs, output, upstreamFor(output));
    expect(disagreements(document, expanded(document))).toEqual([]);
  });
});

/** Where the parts cannot do what the whole does; each has a note that says so. */
const beyond: ReadonlySet<string> = new Set([
  'sigmoid/extreme',
  'sigmoid/extreme-batched',
  'tanh/extreme',
  'tanh/extreme-batched',
  'logSumExp/large',
  'logSumExp/very-negative',
  'softmax/extreme-2',
  'softmax/extreme-batched',
]);

/** So large that they are not drawn. */
const tooLarge: ReadonlySet<string> = new Set([
  'conv2d/wide-padding',
  'conv2d/wide-padding-batched',
]);

/** A document from numbers that stand in a golden case, with its upstream gradient. */
function goldenDocument({ op, attrs, inputs, output, upstream }: OperationCase): GraphDocument {
  const values = Object.entries(inputs).map(([port, { batched, shape, data }]) => [
    port,
    { batched, shape, data: fromNested(data) },
  ]);
  return documentAround(op, attrs, Object.fromEntries(values), output, fromNested(upstream));
}

describe('the parts of a composite give the values and gradients of PyTorch in float64', () => {
  const cases = operationCases().filter(
    ({ op, name }) => expansionOf(op) && !beyond.has(name) && !tooLarge.has(name),
  );

  it('on hundreds of cases', () => expect(cases.length).toBeGreaterThan(250));

  it('but for extremes, of which a note tells', () => {
    for (const { op, name } of operationCases()) {
      if (beyond.has(name)) expect(expansionOf(op)?.note, name).toMatch(/709/);
    }
  });

  it.each(cases)('$name', (golden) => {
    const { output, gradients } = golden;
    const document = goldenDocument(golden);
    const parts = expanded(document);
    const from = parts.wires.find(({ to }) => to.node === 'weighted' && to.port === 'a')?.from;
    const { nodes, errors } = trace(parts, catalogue);
    expect(errors).toEqual([]);
    const value = nodes.get(from?.node ?? whole)?.value;
    if (!value) throw new Error('no value');
    expectClose(value.data, output.data, 'output');
    for (const [port, gradient] of Object.entries(gradients)) {
      const found = nodes.get(nodeId(`in-${port}`))?.gradient;
      if (gradient === null || !found) expect(found ?? null, port).toBe(gradient);
      else expectClose(found.data, gradient, port);
    }
  });
});

describe('a composite that cannot be taken apart says why', () => {
  const refusalFor = (golden: OperationCase | undefined) =>
    golden && expandRefusal(goldenDocument(golden), catalogue, whole)?.message;

  it('a convolution with too many places', () => {
    const large = operationCases().filter(({ name }) => tooLarge.has(name));
    expect(large).toHaveLength(2);
    for (const golden of large) {
      expect(refusalFor(golden)).toMatch(/^conv2d “whole”: .*6 × 6 places.*too many to draw/);
    }
  });

  it('an elementary operation', () => {
    const exp = operationCases().find(({ op }) => op === 'exp');
    expect(refusalFor(exp)).toBe(
      '“whole” is an elementary operation: there is nothing inside to show.',
    );
  });

  it('a mean whose input is not connected yet', () => {
    const mean = operationCases().find(({ op }) => op === 'mean');
    if (!mean) throw new Error('no case');
    const loose = { ...goldenDocument(mean), wires: [] };
    expect(expandRefusal(loose, catalogue, whole)?.message).toMatch(
      /^mean “whole”: .*shape of x, which is not known yet: connect it first\.$/,
    );
  });

  it('an affine layer whose weights do not fit', () => {
    const affine = operationCases().find(({ op }) => op === 'affine');
    if (!affine) throw new Error('no case');
    const sound = goldenDocument(affine);
    const attrs = { shape: [7, 7] };
    const misfit = after(sound, {
      label: '',
      edits: [{ type: 'setAttrs', node: nodeId('in-w'), attrs: { ...attrs, value: undefined } }],
    });
    expect(expandRefusal(misfit, catalogue, whole)?.message).toMatch(/takes 7 inputs/);
  });
});
