import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { inputPorts, outputForm, PortGradients } from '#ops';
import { relativeDifference } from '../support/goldens.ts';
import {
  analytic,
  computing,
  disagreements,
  exact,
  formOf,
  sampleOf,
} from '../support/operations.ts';

const named = computing.map((operation) => ({ id: operation.id, operation }));

describe('every operation, on its own sample', () => {
  it.each(named)('$id: gradients are central differences', ({ operation }) => {
    expect(disagreements(operation, sampleOf(operation))).toEqual([]);
  });

  it.each(named)('$id: the shape rule tells the form of the result', ({ operation }) => {
    const { attrs, inputs } = sampleOf(operation);
    const forms = Object.fromEntries(
      Object.entries(inputs).map(([port, value]) => [port, formOf(value)]),
    );
    const { batched, shape, data } = operation.forward(exact, inputs, attrs);
    expect(outputForm(operation, forms, attrs)).toEqual({ batched, shape });
    expect(data.shape).toHaveLength(shape.length + (batched ? 1 : 0));
    expect(data.shape.slice(batched ? 1 : 0)).toEqual(shape);
  });

  it.each(named)(
    '$id: every port is used, and only index ports block the gradient',
    ({ operation }) => {
      const { attrs, inputs } = sampleOf(operation);
      const ports = inputPorts(operation, attrs, Object.keys(inputs));
      expect(Object.keys(inputs)).toEqual(ports.map(({ name }) => name));
      const { gradients } = analytic(operation, sampleOf(operation));
      const measures = ['accuracy', 'topKError'];
      for (const { name, kind } of ports) {
        const index = kind === 'index' || (measures.includes(operation.id) && name === 'target');
        expect(gradients.get(name) === null, name).toBe(index);
      }
    },
  );

  it.each(named)(
    '$id: an elementwise local gradient times upstream is the gradient',
    ({ operation }) => {
      const { attrs, inputs } = sampleOf(operation);
      const { output, upstream } = analytic(operation, { attrs, inputs });
      const passed = new PortGradients(operation, exact, { inputs, output, upstream, attrs });
      for (const port of Object.keys(inputs)) {
        const gradient = passed.gradient(port);
        const local = () => passed.local(port);
        const found = local();
        const input = inputs[port];
        if (found?.kind !== 'elementwise' || !gradient || !input) continue;
        // A reduction over some axes only stretches along them first: the goldens hold those.
        if (output.shape.length > 0 && output.shape.length < found.value.shape.length) continue;
        // batchVariance shows the sum that belongs to the mean, already summed over the examples.
        const product = exact.mul(upstream, found.value);
        const reduced = exact.reduceTo(product, input, output.batched ? output : input);
        expect(relativeDifference(gradient.data, reduced.data), port).toBeLessThan(1e-12);
      }
    },
  );
});

describe('every operation, as a page of help', () => {
  it.each(named)(
    '$id: says in sentences what it does and what it passes back',
    ({ operation: { title, symbol, help, passes } }) => {
      expect(title.length).toBeGreaterThan(0);
      expect(symbol.length).toBeGreaterThan(0);
      expect(symbol.length).toBeLessThanOrEqual(10);
      expect(help).toMatch(/^[A-Zk0-9].*\.$/s);
      expect(passes).toMatch(/^(passes|routes|receives|keeps) .*[^.]$/);
    },
  );

  it.each(named)('$id: its LaTeX can be set', ({ operation }) => {
    const { attrs, inputs } = sampleOf(operation);
    const names = Object.fromEntries(Object.keys(inputs).map((port) => [port, `${port[0]}`]));
    const local = operation.latex.local?.(names, 'y', attrs) ?? {};
    for (const text of [operation.latex.forward(names, attrs), ...Object.values(local)]) {
      const html = katex.renderToString(text ?? '', { throwOnError: true, strict: 'error' });
      expect(html).toContain('katex');
    }
  });

  it.each(named)('$id: can be dropped on the canvas without attributes', ({ operation }) => {
    expect(operation.attrs.safeParse({}).success).toBe(true);
  });
});
