import type { TensorInfo } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backward, forward, nodeId, planOf, readParsed } from '#graph';
import { catalogue } from '#ops';
import { filled, type NdArray, startTfjs, type TfjsOps, type Value, ValueOps } from '#tensor';
import { expectClose, graphCases } from '../support/goldens.ts';

const float32Tolerance = 1e-4;

describe.each(['wasm', 'cpu'] as const)(
  'on %s, whole graphs have the values and gradients of PyTorch',
  (name) => {
    let engine: TfjsOps;

    it.each(graphCases())('$name', async ({ document: file, expected }) => {
      engine ??= await startTfjs(name);
      const o = new ValueOps(engine);
      const { document } = readParsed(file, catalogue);
      const plan = planOf(document, catalogue);
      const pass = forward(plan, o, ({ node, operation }) => {
        const held = operation.source?.(node.attrs, node.id);
        return held ? o.constant(held.array, held.batched) : undefined;
      });
      expect([...pass.errors.values()]).toEqual([]);
      const { node, seed } = document.loss ?? { node: nodeId(''), seed: Number.NaN };
      const loss = pass.values.get(node);
      if (!loss) throw new Error('the loss has no value');
      const examples = o.batchSize(loss);
      const start = o.constant(filled(engine.shape(loss.data), seed / examples), loss.batched);
      const back = backward(plan, o, pass, node, start);

      const numbers = (value: Value<TensorInfo>): NdArray => ({
        shape: value.data.shape,
        data: Float64Array.from(engine.read(value.data)),
      });
      for (const [id, { value, gradient }] of Object.entries(expected.nodes)) {
        const got = pass.values.get(nodeId(id));
        if (!got) throw new Error(`${id} has no value`);
        if (value !== undefined && value !== null) {
          expectClose(numbers(got), value, `${id}.value`, float32Tolerance);
        }
        const total = back.totals.get(nodeId(id));
        // What does not reach the loss has gradient 0 and no total; the trace's tests hold that.
        if (gradient !== undefined && gradient !== null && total) {
          expectClose(numbers(total), gradient, `${id}.gradient`, float32Tolerance);
        }
      }
    });
  },
);
