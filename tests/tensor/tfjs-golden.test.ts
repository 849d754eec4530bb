import type { TensorInfo } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { catalogue, PortGradients } from '#ops';
import { fromNested, type NdArray, startTfjs, type TfjsOps, type Value, ValueOps } from '#tensor';
import { expectClose, type GoldenValue, operationCases } from '../support/goldens.ts';

const float32Tolerance = 1e-4;

describe.each(['wasm', 'cpu'] as const)(
  'on %s, operations and gradients agree with PyTorch',
  (name) => {
    const cases = operationCases().filter(
      ({ op }) => catalogue.has(op) && !catalogue.get(op)?.source,
    );
    let engine: TfjsOps;

    it.each(cases)(
      '$name',
      async ({ op, attrs: raw, inputs: given, upstream, output, gradients }) => {
        engine ??= await startTfjs(name);
        const o = new ValueOps(engine);
        const bring = ({ batched, shape, data }: GoldenValue): Value<TensorInfo> => ({
          batched,
          shape,
          data: engine.constant(fromNested(data)),
        });
        const numbers = (value: Value<TensorInfo>): NdArray => ({
          shape: value.data.shape,
          data: Float64Array.from(engine.read(value.data)),
        });
        const operation = catalogue.get(op);
        if (!operation) throw new Error(`no operation ${op}`);
        const attrs = operation.attrs.parse(raw);
        const inputs = Object.fromEntries(
          Object.entries(given).map(([port, golden]) => [port, bring(golden)]),
        );
        const result = operation.forward(o, inputs, attrs);
        expectClose(numbers(result), output.data, 'output', float32Tolerance);
        const context = {
          inputs,
          output: result,
          upstream: bring({ ...output, data: upstream }),
          attrs,
        };
        const passed = new PortGradients(operation, o, context);
        for (const [port, wanted] of Object.entries(gradients)) {
          const gradient = passed.gradient(port);
          expect(gradient, `gradient at ${port}`).toBeTruthy();
          if (gradient)
            expectClose(numbers(gradient), wanted, `gradient at ${port}`, float32Tolerance);
        }
      },
    );
  },
);
