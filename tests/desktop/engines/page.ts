/** Engines in a page, for tests that need its GPU: what they do there is asked of `window.engines`. */

import { backend } from '@tensorflow/tfjs-core';
import { Float64Engine, Float64Ops, startTfjs, type TensorEngine } from '#tensor';
import { SteadySession } from '../../../src/train/steady-session.ts';
import { primitiveCases } from '../../support/primitive-cases.ts';
import { templateDifference, templates } from '../../support/templates.ts';
import { wholeNet } from '../../support/whole-net.ts';

type GpuName = 'webgpu' | 'webgl';

type Engine = TensorEngine<unknown>;

const numbers = async (engine: Engine, tensor: unknown) =>
  (await engine.readLater?.(tensor)) ?? engine.read(tensor);

const start = async (name: GpuName): Promise<Engine> =>
  (await startTfjs(name)) as TensorEngine<unknown>;

/** What is wrong with a primitive's result, in a few words; nothing where nothing is. */
async function complaint(
  engine: Engine,
  { primitive, inputs }: (typeof primitiveCases)[number],
): Promise<string | undefined> {
  const wanted = new Float64Ops().apply(primitive, inputs);
  const held = engine.held();
  const given = inputs.map((input) => engine.constant(input));
  const result = engine.apply(primitive, given);
  if (engine.shape(result).join() !== wanted.shape.join()) return `shape ${engine.shape(result)}`;
  const got = await numbers(engine, result);
  const size = Math.max(Number.MIN_VALUE, ...wanted.data.map(Math.abs));
  const off = wanted.data.map((value, at) => Math.abs(value - (got[at] ?? Number.NaN)) / size);
  if (off.some((share) => !(share <= 1e-4))) return `off by ${Math.max(...off)}`;
  for (const [at, tensor] of given.entries()) {
    const kept = await numbers(engine, tensor);
    if (kept.join() !== inputs[at]?.data.join()) return 'writes into its input';
    engine.release(tensor);
  }
  engine.release(result);
  return engine.held() > held ? `keeps ${engine.held() - held}` : undefined;
}

/** Takes the GPU away from the engine that was started last. */
const take: Record<GpuName, () => void> = {
  webgl: () => {
    const { gpgpu } = backend() as { gpgpu?: { gl: WebGL2RenderingContext } };
    gpgpu?.gl.getExtension('WEBGL_lose_context')?.loseContext();
  },
  webgpu: () => {
    const { device } = backend() as { device?: { destroy(): void } };
    device?.destroy();
  },
};

const api = {
  start: async (name: GpuName) => (await start(name)).device,

  /** What is wrong, by the name of the case. */
  primitives: async (name: GpuName): Promise<Record<string, string>> => {
    const engine = await start(name);
    const wrong: Record<string, string> = {};
    for (const one of primitiveCases) {
      const found = await complaint(engine, one).catch(String);
      if (found !== undefined) wrong[one.name] = found;
    }
    return wrong;
  },

  /** How far each net to train is off the exact trace. */
  templates: async (name: GpuName): Promise<Record<string, number | string>> => {
    const engine = await start(name);
    const differences: Record<string, number | string> = {};
    for (const { name: id, lesson } of templates) {
      differences[id] = await templateDifference(lesson, engine).catch(String);
    }
    return differences;
  },

  /** The losses of so many steps, those of the exact engine, and how many tensors were held after each. */
  train: async (name: GpuName, steps: number) => {
    const net = wholeNet();
    const engine = await start(name);
    const before = engine.held();
    const session = net.open(engine);
    const exact = net.open(new Float64Engine() as TensorEngine<unknown>);
    const result = { losses: [] as number[], exact: [] as number[], held: [] as number[], left: 0 };
    for (let step = 0; step < steps; step++) {
      result.losses.push((await session.step(net.batch(step), 0.01)).loss);
      result.held.push(engine.held());
      if (step < 20) result.exact.push((await exact.step(net.batch(step), 0.01)).loss);
    }
    session.dispose();
    result.left = engine.held() - before;
    return result;
  },

  /** The losses of 12 steps, the GPU taken away after the sixth; and what was said about it. */
  lose: async (name: GpuName) => {
    const net = wholeNet();
    const said: string[] = [];
    const session = new SteadySession(
      {
        open: net.open,
        replace: async (failure) => {
          said.push(failure.message);
          return new Float64Engine() as TensorEngine<unknown>;
        },
        now: () => performance.now(),
      },
      await start(name),
    );
    const losses: number[] = [];
    for (let step = 0; step < 12; step++) {
      if (step === 6) take[name]();
      losses.push((await session.step(net.batch(step), 0.01)).loss);
    }
    const engine = session.engine.name;
    session.dispose();
    return { losses, said, engine };
  },
};

export type EnginesApi = typeof api;

declare global {
  interface Window {
    readonly engines: EnginesApi;
  }
}

Object.assign(window, { engines: api });
