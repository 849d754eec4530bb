import { indexOf, topologicalOrder } from '#graph';
import { type Diagnosis, every, type Patient, rootMeanSquare } from './diagnosis.ts';

/** Where a gradient that arrives goes no further. */
export function gradientDied(patient: Patient): Diagnosis[] {
  const { document, wires } = patient.trace;
  const found = new Map<string, Diagnosis>();
  for (const { id, to } of document.wires) {
    const { upstream, gradient, reason } = wires.get(id) ?? {};
    if (!upstream || !gradient || reason) continue;
    const arrives = !every(upstream, (entry) => entry === 0);
    if (!arrives || !every(gradient, (entry) => entry === 0)) continue;
    const node = patient.node(to.node);
    // A router that sends everything the other way has done its work.
    if (!node || routers.has(node.op)) continue;
    found.set(node.id, {
      code: 'gradient-died',
      severity: 'warning',
      node: node.id,
      why: `The gradient dies in “${patient.name(node)}”: some arrives, and nothing but zeros passes on towards ${to.port}.`,
      advice: 'Look at its local gradient: it is 0 at these values. Change them, or the operation.',
    });
  }
  return [...found.values()];
}

const routers = new Set(['max', 'min', 'reduceMax', 'select']);

/** Parameters that the loss does not depend on. */
export function noGradient(patient: Patient): Diagnosis[] {
  const { document, wires, loss } = patient.trace;
  if (loss === undefined) return [];
  const reached = new Set<string>();
  for (const { id, from } of document.wires) {
    const { gradient, upstream } = wires.get(id) ?? {};
    if (gradient && upstream) reached.add(from.node);
  }
  const dependsOn = new Set(lossAncestors(patient));
  return patient.nodes.flatMap((node) => {
    if (node.op !== 'parameter' || (dependsOn.has(node.id) && reached.has(node.id))) return [];
    return [
      {
        code: 'no-gradient',
        severity: 'warning',
        node: node.id,
        why: `The parameter “${patient.name(node)}” receives no gradient: the loss does not depend on it.`,
        advice: 'Wire it into what leads to the loss, or remove it.',
      } as const,
    ];
  });
}

function lossAncestors({ trace: { document } }: Patient): Set<string> {
  const { incoming } = indexOf(document);
  const seen = new Set<string>(document.loss ? [document.loss.node] : []);
  for (const node of topologicalOrder(document).toReversed()) {
    if (!seen.has(node.id)) continue;
    for (const { from } of incoming.get(node.id)?.values() ?? []) seen.add(from.node);
  }
  return seen;
}

const layers = new Set(['affine', 'conv2d', 'matmul']);

/** Gradients that shrink or grow a thousandfold from the last layer to the first. */
export function vanishingOrExploding(patient: Patient): Diagnosis[] {
  const depth = topologicalOrder(patient.trace.document).filter(({ op }) => layers.has(op));
  const norms = depth.flatMap((node) => {
    const gradient = patient.gradient(node.id);
    const size = gradient ? rootMeanSquare(gradient) : 0;
    return Number.isFinite(size) && size > 0 ? [{ node, size }] : [];
  });
  const first = norms[0];
  const last = norms.at(-1);
  if (!first || !last || norms.length < 3) return [];
  const ratio = first.size / last.size;
  if (ratio < 1000 && ratio > 0.001) return [];
  const vanishing = ratio <= 0.001;
  const factor = (vanishing ? 1 / ratio : ratio).toExponential(0);
  return [
    {
      code: vanishing ? 'vanishing' : 'exploding',
      severity: 'warning',
      node: first.node.id,
      why: `From “${patient.name(last.node)}” back to “${patient.name(first.node)}” the gradient ${vanishing ? 'shrinks' : 'grows'} by a factor of ${factor}.`,
      advice: vanishing
        ? 'Use He or Xavier initialization, ReLU, batch normalization, or residual connections.'
        : 'Use He or Xavier initialization, batch normalization, or clip the gradient.',
    },
  ];
}
