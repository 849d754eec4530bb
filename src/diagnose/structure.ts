import type { GraphNode } from '#graph';
import type { Diagnosis, Patient } from './diagnosis.ts';

const squashing = new Set(['sigmoid', 'softmax', 'tanh']);
const activations = new Set([
  ...['sigmoid', 'tanh', 'relu', 'leakyRelu', 'prelu', 'elu', 'shiftedRelu', 'softplus', 'gelu'],
  ...['softmax', 'clip', 'step'],
]);

/** A squared error behind a function that saturates: far off, it does not learn. */
export function squaredErrorAfterSquashing(patient: Patient): Diagnosis[] {
  return patient.nodes.flatMap((node) => {
    if (node.op !== 'squaredError' && node.op !== 'meanSquaredError') return [];
    const before = patient.behind(node, 'prediction');
    if (!before || !squashing.has(before.op)) return [];
    return [
      {
        code: 'squared-error-after-squashing',
        severity: 'hint',
        node: node.id,
        why: `“${patient.name(node)}” is a squared error after ${before.op}: where that saturates on the wrong side, the gradient vanishes and nothing is learned.`,
        advice: 'Use the cross-entropy that belongs to it, on the scores before the squashing.',
      } as const,
    ];
  });
}

/** Two affine layers in a row are one. */
export function linearLayers(patient: Patient): Diagnosis[] {
  return patient.nodes.flatMap((node) => {
    const before = node.op === 'affine' ? patient.behind(node, 'x') : undefined;
    if (before?.op !== 'affine') return [];
    return [
      {
        code: 'linear-layers',
        severity: 'hint',
        node: node.id,
        why: `Between “${patient.name(before)}” and “${patient.name(node)}” there is no non-linearity, so together they are one affine layer.`,
        advice: 'Put an activation between them, ReLU for a start.',
      } as const,
    ];
  });
}

/** Scores that go through an activation before the loss that expects them raw. */
export function activatedScores(patient: Patient): Diagnosis[] {
  return patient.nodes.flatMap((node) => {
    const port = scorePort(node);
    const before = port && patient.behind(node, port);
    if (!before || !activations.has(before.op)) return [];
    return [
      {
        code: 'activated-scores',
        severity: 'warning',
        node: node.id,
        why: `The scores of “${patient.name(node)}” come out of ${before.op}, which bends or cuts them; this loss wants them raw.`,
        advice: `Connect what goes into “${patient.name(before)}” instead.`,
      } as const,
    ];
  });
}

function scorePort({ op }: GraphNode): string | undefined {
  if (op === 'softmaxCrossEntropy' || op === 'hinge') return 'scores';
  return op === 'sigmoidCrossEntropy' ? 'score' : undefined;
}
