import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { ExportError, onnxModel } from '#export';
import { catalogue } from '#ops';
import { allCases, type ExportCase } from './cases.ts';

/** Runs a model on what the inputs of its graph hold, and compares every output with the trace of the graph in use. */
async function differences({ traced }: ExportCase): Promise<readonly string[]> {
  const { bytes, names } = onnxModel(traced, catalogue);
  const session = await InferenceSession.create(bytes, {
    logSeverityLevel: 3,
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  const byName = new Map([...names].map(([id, name]) => [name, id]));
  const feeds = Object.fromEntries(
    session.inputNames.map((name) => {
      const id = byName.get(name);
      const value = id && traced.nodes.get(id)?.value;
      if (!value) throw new Error(`there is no value for ${name}`);
      return [name, new Tensor('float32', Float32Array.from(value.data.data), value.data.shape)];
    }),
  );
  const results = await session.run(feeds);
  await session.release();
  const apart: string[] = [];
  for (const [name, tensor] of Object.entries(results)) {
    const id = byName.get(name);
    const wanted = id && traced.nodes.get(id)?.value;
    if (!wanted) continue;
    const got = [...(tensor.data as Float32Array)];
    if (tensor.dims.join() !== wanted.data.shape.join()) apart.push(`${name}: [${tensor.dims}]`);
    wanted.data.data.forEach((x, at) => {
      const other = got[at] ?? Number.NaN;
      const same = Object.is(x, other) || x === other || (Number.isNaN(x) && Number.isNaN(other));
      if (!same && !(Math.abs(x - other) <= 1e-4 * Math.max(1, Math.abs(x)))) {
        apart.push(`${name}[${at}]: ${other} for ${x}`);
      }
    });
  }
  return apart;
}

/** What a graph does otherwise in training. */
const inTraining = /batchNorm|batch-norm|dropout/;

describe('ONNX', () => {
  it('gives the values of the trace in onnxruntime', { timeout: 120_000 }, async () => {
    const failures: Record<string, unknown> = {};
    const refused: string[] = [];
    for (const each of allCases) {
      if (inTraining.test(each.name)) continue;
      try {
        const apart = await differences(each);
        if (apart.length > 0) failures[each.name] = apart.slice(0, 3);
      } catch (error) {
        if (error instanceof ExportError) {
          refused.push(each.name);
          continue;
        }
        failures[each.name] = String(error).slice(0, 300);
      }
    }
    expect(failures).toEqual({});
    // ONNX has no inverse of a matrix.
    expect(refused.filter((name) => !/inverse|gplvm/.test(name))).toEqual([]);
  });

  it('takes any number of examples', async () => {
    const net = allCases.find(({ name }) => name === 'lesson-three-four-two');
    if (!net) throw new Error('there is no net');
    const session = await InferenceSession.create(onnxModel(net.traced, catalogue).bytes);
    for (const n of [1, 2, 7]) {
      const x = new Tensor('float32', new Float32Array(3 * n).fill(0.5), [n, 3]);
      const { z } = await session.run({ x });
      expect(z?.dims).toEqual([n, 2]);
    }
  });
});
