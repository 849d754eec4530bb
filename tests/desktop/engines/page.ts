/** Engines in a page, for tests that need its GPU: what they do there is asked of `window.engines`. */

import { Float64Ops, startTfjs, type TensorEngine, type TfjsOps } from '#tensor';
import { primitiveCases } from '../../support/primitive-cases.ts';

type GpuName = 'webgpu' | 'webgl';

const numbers = async (engine: TfjsOps, tensor: Parameters<TfjsOps['read']>[0]) =>
  (await (engine as TensorEngine<typeof tensor>).readLater?.(tensor)) ?? engine.read(tensor);

/** What is wrong with a primitive's result, in a few words; nothing where nothing is. */
async function complaint(engine: TfjsOps, at: number): Promise<string | undefined> {
  const { primitive, inputs } = primitiveCases[at] ?? { primitive: undefined, inputs: [] };
  if (!primitive) return 'no such case';
  const wanted = new Float64Ops().apply(primitive, inputs);
  const held = engine.held();
  const given = inputs.map((input) => engine.constant(input));
  const result = engine.apply(primitive, given);
  if (engine.shape(result).join() !== wanted.shape.join()) return `shape ${engine.shape(result)}`;
  const got = await numbers(engine, result);
  const size = Math.max(Number.MIN_VALUE, ...wanted.data.map(Math.abs));
  const off = Math.max(
    0,
    ...wanted.data.map((value, i) => Math.abs(value - (got[i] ?? Number.NaN)) / size),
  );
  if (!(off <= 1e-4)) return `off by ${off}: ${got} not ${wanted.data}`;
  for (const [i, tensor] of given.entries()) {
    const kept = await numbers(engine, tensor);
    if (kept.join() !== inputs[i]?.data.join()) return 'writes into its input';
    engine.release(tensor);
  }
  engine.release(result);
  return engine.held() > held ? `keeps ${engine.held() - held}` : undefined;
}

const api = {
  start: async (name: GpuName) => {
    const engine = await startTfjs(name);
    return engine.device;
  },
  primitives: async (name: GpuName): Promise<Record<string, string>> => {
    const engine = await startTfjs(name);
    const wrong: Record<string, string> = {};
    for (const [at, { name: title }] of primitiveCases.entries()) {
      try {
        const found = await complaint(engine, at);
        if (found !== undefined) wrong[title] = found;
      } catch (error) {
        wrong[title] = String(error);
      }
    }
    return wrong;
  },
};

export type EnginesApi = typeof api;

declare global {
  interface Window {
    readonly engines: EnginesApi;
  }
}

Object.assign(window, { engines: api });
