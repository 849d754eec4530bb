import { existsSync } from 'node:fs';
import { join } from 'node:path';
// What the union package of TensorFlow.js does by itself.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import type { DataSet } from '#data';
import { defaultTraining } from '#graph';
import { catalogue } from '#ops';
import { permutation, seededRandom } from '#tensor';
import { bindData } from '../../src/train/binding.ts';
import { Engines, startEngine } from '../../src/train/engines.ts';
import { trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';
import { type Bench, type BenchLine, benchLine, medians } from './bench-line.ts';
import { drawn, examples, learningRate, type Net, nets, noise } from './training-nets.ts';
import { convnetStep, pytorchTime, type Step, stockStep } from './training-peers.ts';

type EngineName = 'wasm' | 'js';

const host = {
  wasmFolder: existsSync(join(import.meta.dirname, 'tfjs-backend-wasm.wasm'))
    ? join(import.meta.dirname, '/')
    : undefined,
  now: () => performance.now(),
};

interface OurStep {
  readonly step: (order: Uint32Array, from: number) => Promise<number> | number;
  readonly end: () => void;
}

/** The drawn net, compiled. */
async function ourStep(net: Net, data: DataSet, name: EngineName): Promise<OurStep> {
  const engine = await startEngine(name, host);
  const graph = trainableGraph(drawn(net), catalogue);
  const { train } = bindData(graph, data);
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
  const session = new Session<unknown>(graph, updateRule(defaultTraining), engine, parameters);
  const size = net.batchSize;
  const draw = { seed: 0, step: 1 };
  return {
    step: async (order, from) =>
      (await session.step({ data: train, order, from, size, draw }, learningRate)).loss,
    end: () => session.dispose(),
  };
}

/** What “auto” chooses for the net here. */
async function chosenFor(net: Net, data: DataSet): Promise<string> {
  const graph = trainableGraph(drawn(net), catalogue);
  const { train } = bindData(graph, data);
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
  const order = permutation(examples, seededRandom(2));
  const draw = { seed: 0, step: 1 };
  const batch = { data: train, order, from: 0, size: net.batchSize, draw };
  const workload = { graph, rule: updateRule(defaultTraining), batch, parameters };
  const { engine } = await new Engines(workload, host).choose('auto');
  return engine.name;
}

interface Comparison {
  readonly net: Net;
  /** Which of our engines take part. */
  readonly engines: readonly EngineName[];
  /** How many times faster than stock wasm and stock cpu we want to be. */
  readonly targets: { readonly wasm?: number; readonly cpu?: number; readonly pytorch?: number };
  readonly rounds: number;
  /** How many steps are taken one after another, as a run takes them. */
  readonly stretch: number;
  /** Stock cannot train it on wasm. */
  readonly cpuOnly?: boolean;
}

const comparisons: readonly Comparison[] = [
  {
    net: nets.a,
    engines: ['js', 'wasm'],
    targets: { wasm: 5, pytorch: 1 },
    rounds: 40,
    stretch: 5,
  },
  {
    net: nets.b,
    engines: ['js', 'wasm'],
    targets: { wasm: 5, pytorch: 1 },
    rounds: 30,
    stretch: 2,
  },
  {
    net: nets.c,
    engines: ['js', 'wasm'],
    targets: { cpu: 25, pytorch: 0.5 },
    rounds: 30,
    stretch: 1,
    cpuOnly: true,
  },
  {
    net: nets.d,
    engines: ['wasm', 'js'],
    targets: { wasm: 20, pytorch: 1 },
    rounds: 100,
    stretch: 50,
  },
];

async function compare({
  net,
  engines,
  targets,
  rounds,
  stretch,
  cpuOnly,
}: Comparison): Promise<BenchLine[]> {
  const data = noise(net);
  const chosen = await chosenFor(net, data);
  const order = permutation(examples, seededRandom(2));
  const ours: (OurStep & { readonly name: EngineName })[] = [];
  for (const name of engines) ours.push({ ...(await ourStep(net, data, name)), name });
  const stock: { readonly name: 'wasm' | 'cpu'; readonly step: Step }[] = [];
  for (const name of cpuOnly ? (['cpu'] as const) : (['wasm', 'cpu'] as const)) {
    stock.push({ name, step: await stockStep(net, data, name) });
  }
  const convnet = convnetStep(net, data);
  const tasks = [...ours.map(({ step }) => step), ...stock.map(({ step }) => step), convnet];
  // Only the library's own global backend tells its ops where to run.
  const { setBackend } = await import('@tensorflow/tfjs-core');
  const before = [
    ...ours.map(() => undefined),
    ...stock.map(
      ({ name }) =>
        () =>
          setBackend(name),
    ),
    undefined,
  ];
  const counts = tasks.map(() => 0);
  const times = await medians(
    tasks.map((step, at) => () => {
      const from = ((counts[at] ?? 0) * net.batchSize) % (examples - net.batchSize);
      counts[at] = (counts[at] ?? 0) + 1;
      return step(order, from);
    }),
    // A tiny net takes thousands of steps in no time: there, what counts is the warm program.
    { rounds, warmup: net === nets.d ? 50 : 5, stretch, before },
  );
  for (const { end } of ours) end();
  const torch = pytorchTime(net);
  if (torch === undefined) console.log('left out: PyTorch is not installed (python3-torch)');
  return ours.flatMap(({ name }, at): BenchLine[] => {
    const our = times[at] ?? Number.NaN;
    const best = name === chosen;
    const line = (peer: string, their: number | undefined, target?: number) =>
      their === undefined
        ? []
        : [
            benchLine(
              `step, ${net.name}, ${name}${best ? ' (auto)' : ''} against ${peer}`,
              our,
              their,
              best ? target : undefined,
            ),
          ];
    return [
      ...stock.flatMap((peer, index) =>
        line(`stock ${peer.name}`, times[ours.length + index], targets[peer.name]),
      ),
      ...line('ConvNetJS', times.at(-1)),
      ...line('PyTorch', torch, targets.pytorch),
    ];
  });
}

/**
 * A training step, in the runtime that the app trains in: gathering and uploading the examples, forward, backward, update, and reading the
 * loss. Ours against TensorFlow.js as it is used, ConvNetJS, and PyTorch on one thread.
 */
const bench: Bench = async () => {
  const lines: BenchLine[] = [];
  for (const comparison of comparisons) lines.push(...(await compare(comparison)));
  return lines;
};

export default bench;
