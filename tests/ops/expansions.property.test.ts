import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, compositeIds, type Operation, outputForm } from '#ops';
import { type ArrayValue, type Form, seededRandom, sizeOf } from '#tensor';
import { disagreements, documentAround, expanded } from '../support/composites.ts';
import { exact, formOf, sampleOf, upstreamFor } from '../support/operations.ts';

/** Ports whose numbers must be well away from 0 and below. */
const positive = new Set(['crossEntropy/probabilities', 'div/b']);

/** Random numbers for a port of an operation. */
function valueFor(op: string, port: string, form: Form, examples: number, seed: number) {
  const random = seededRandom(seed, `${op}/${port}`);
  const shape = [...(form.batched ? [examples] : []), ...form.shape];
  const index = port === 'target' && form.shape.length === 0 && op !== 'sigmoidCrossEntropy';
  const data = Float64Array.from({ length: sizeOf(shape) }, () => {
    if (index) return random.index(3);
    return positive.has(`${op}/${port}`) ? 0.1 + random.uniform() : random.normal();
  });
  return { batched: form.batched, shape: form.shape, data: { shape, data } };
}

interface Drawn {
  readonly attrs: object;
  readonly inputs: Readonly<Record<string, ArrayValue>>;
  readonly output: Form;
}

/** An operation's sample with other numbers, and with each port batched or shared as drawn. */
function drawn(
  operation: Operation,
  batched: readonly boolean[],
  examples: number,
  seed: number,
): Drawn {
  const { attrs, inputs: sample } = sampleOf(operation);
  const forms = Object.entries(sample).map(([port, value], at): [string, Form] => [
    port,
    // The filters of a convolution are shared by all examples.
    {
      ...formOf(value),
      batched: (batched[at] ?? false) && !(operation.id === 'conv2d' && port === 'w'),
    },
  ]);
  const inputs = forms.map(([port, form]) => [
    port,
    valueFor(operation.id, port, form, examples, seed),
  ]);
  return {
    attrs,
    inputs: Object.fromEntries(inputs),
    output: outputForm(operation, Object.fromEntries(forms), attrs),
  };
}

describe('with any inputs batched or shared, in batches of 1, 2 or as many as there are features', () => {
  it.each(compositeIds)('%s: whole and parts give the same value and gradients', (op) => {
    const operation = catalogue.get(op);
    if (!operation) throw new Error(`no operation ${op}`);
    const mixes = fc.array(fc.boolean(), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(mixes, fc.constantFrom(1, 2, 3), fc.nat(10_000), (batched, examples, seed) => {
        const made = drawn(operation, batched, examples, seed);
        const value = operation.forward(exact, made.inputs, made.attrs);
        const upstream = upstreamFor(value, seed);
        const document = documentAround(op, made.attrs, made.inputs, made.output, upstream);
        const parts = expanded(document);
        const found = disagreements(document, parts);
        expect(found).toEqual([]);
      }),
      { numRuns: 24 },
    );
  });
});
