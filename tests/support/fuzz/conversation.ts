import fc from 'fast-check';
import { defaultTraining } from '#graph';
import { reportSchema, type TrainingReport } from '#train';
import { changes, mutate } from './hostile.ts';
import { message } from './inputs.ts';

const wire = (from: string, node: string, port: string) => ({
  id: from,
  from: { node: from, port: 'out' },
  to: { node, port },
});

/** Softmax regression on points of a plane. */
const document = {
  format: 'gradwire',
  version: 1,
  title: 'blobs',
  nodes: [
    { id: 'x', op: 'input', attrs: { shape: [2], batched: true, field: 'x' } },
    { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
    { id: 'W', op: 'parameter', attrs: { shape: [2, 2] } },
    { id: 'b', op: 'parameter', attrs: { shape: [2] } },
    { id: 'z', op: 'affine', attrs: {} },
    { id: 'L', op: 'softmaxCrossEntropy', attrs: {} },
  ],
  wires: [
    wire('x', 'z', 'x'),
    wire('W', 'z', 'w'),
    wire('b', 'z', 'b'),
    wire('z', 'L', 'scores'),
    wire('y', 'L', 'target'),
  ],
  loss: { node: 'L', seed: 1 },
};

const run = {
  document,
  dataset: { name: 'blobs', files: [] },
  settings: {
    ...defaultTraining,
    batchSize: 8,
    epochs: 1,
    engine: 'js',
    data: { set: 'blobs', examples: 12 },
  },
};

/** What an editor may say, each of it to one of two runs. */
const sayings: readonly object[] = [
  { type: 'start', ...run },
  { type: 'start', ...run, single: true },
  { type: 'start', ...run, checkpoint: new Uint8Array(40) },
  { type: 'look', ...run },
  ...['pause', 'step', 'checkpoint', 'resume', 'stop'].map((type) => ({ type })),
  { type: 'setLearningRate', learningRate: 0.1 },
  ...[
    { kind: 'facts' },
    { kind: 'spreads' },
    { kind: 'answers', part: 'train', atMost: 5 },
    { kind: 'weights' },
    { kind: 'region' },
    { kind: 'examples', choice: { from: 'data', part: 'train', indices: [0] }, maps: true },
    { kind: 'moment', choice: { from: 'own', values: new Float32Array(2), target: 1 } },
  ].map((ask) => ({ type: 'inspect', askId: 1, ask })),
];

const saying = fc
  .record({ said: fc.constantFrom(...sayings), runId: fc.constantFrom('a', 'b') })
  .map(({ said, runId }) => ({ ...structuredClone(said), runId }));

const mutated = fc.tuple(saying, changes).map(([said, all]): unknown => {
  for (const change of all) mutate(said, change);
  return said;
});

/** What somebody says to a trainer, much of it wrong. */
export const conversation = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: mutated },
    { weight: 2, arbitrary: saying },
    { weight: 1, arbitrary: message },
  ),
  { minLength: 1, maxLength: 6 },
);

/**
 * Says it all to a trainer, which speaks its protocol, whatever it hears, and afterwards trains a small graph as if
 * nothing had been. Throws where it does not.
 */
export async function converse(messages: readonly unknown[], port: MessagePort): Promise<void> {
  const trained = untilTrained(port);
  for (const one of messages) post(port, one);
  post(port, { type: 'start', ...run, runId: 'last' });
  await trained;
}

/** What cannot be copied, a port does not take. */
function post(port: MessagePort, data: unknown): void {
  try {
    port.postMessage(data);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

function untilTrained(port: MessagePort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<TrainingReport>) => {
      const checked = reportSchema.safeParse(data);
      if (!checked.success) return reject(checked.error);
      const report = checked.data;
      if (report.type !== 'phase' || report.runId !== 'last') return;
      if (report.phase === 'failed') reject(new Error(report.message));
      if (report.phase === 'finished') resolve();
    };
  });
}
