import { describe, expect, it } from 'vitest';
import { catalogue, PortGradients } from '#ops';
import { Float64Ops, fromNested, type NdArray, type Value, ValueOps } from '#tensor';
import { expectClose, type GoldenValue, operationCases } from '../support/goldens.ts';

const o = new ValueOps(new Float64Ops());

function value({ batched, shape, data }: GoldenValue): Value<NdArray> {
  return { batched, shape, data: fromNested(data) };
}

describe('every operation gives the values and gradients of PyTorch in float64', () => {
  const cases = operationCases().filter(({ op }) => catalogue.has(op));

  it.each(cases)('$name', ({ op, attrs: raw, inputs: given, upstream, output, gradients }) => {
    const operation = catalogue.get(op);
    if (!operation) throw new Error(`no operation ${op}`);
    const attrs = operation.attrs.parse(raw);
    const inputs = Object.fromEntries(
      Object.entries(given).map(([port, golden]) => [port, value(golden)]),
    );
    const form = operation.form(inputs, attrs);
    expect(form).toMatchObject({ batched: output.batched, shape: output.shape });
    if (operation.source) {
      const held = operation.source(attrs, 'node');
      if (!held) throw new Error('the source holds no value');
      expectClose(held.array, output.data, 'value');
      return;
    }
    const result = operation.forward(o, inputs, attrs);
    expect(result).toMatchObject({ batched: output.batched, shape: output.shape });
    expectClose(result.data, output.data, 'output');
    const context = {
      inputs,
      output: result,
      upstream: value({ ...output, data: upstream }),
      attrs,
    };
    const passed = new PortGradients(operation, o, context);
    for (const [port, wanted] of Object.entries(gradients)) {
      const gradient = passed.gradient(port);
      if (!gradient) throw new Error(`no gradient at ${port}`);
      expect(gradient).toMatchObject({
        batched: given[port]?.batched,
        shape: given[port]?.shape,
      });
      expectClose(gradient.data, wanted, `gradient at ${port}`);
    }
  });
});
