import { topologicalOrder } from '#graph';
import { count, type Diagnosis, every, type Patient } from './diagnosis.ts';

/** The largest number of float32, which the fast engines compute in. */
const largestFloat32 = 3.4028234663852886e38;

/** Values that are no numbers any more, reported at the first node that made one. */
export function notFinite(patient: Patient): Diagnosis[] {
  const order = topologicalOrder(patient.trace.document);
  for (const node of order) {
    const value = patient.value(node.id);
    if (!value || every(value, Number.isFinite)) continue;
    const kind = count(value, Number.isNaN) > 0 ? 'NaN' : 'an infinity';
    const why = `“${patient.name(node)}” is the first node that gives ${kind}; everything behind it is spoilt.`;
    const advice =
      node.op === 'log' || node.op === 'sqrt' || node.op === 'div' || node.op === 'reciprocal'
        ? 'Keep its input away from 0 and below: add a small ε, or take a loss that does the step stably.'
        : 'Look at its inputs: make them smaller, or use an operation that does the step stably.';
    return [{ code: 'not-finite', severity: 'error', node: node.id, why, advice }];
  }
  for (const node of order.toReversed()) {
    const gradient = patient.gradient(node.id);
    if (!gradient || every(gradient, Number.isFinite)) continue;
    const why = `All values are finite, but the gradient at “${patient.name(node)}” is the first on the way back that is not.`;
    const advice =
      'The local gradient of the node behind it has a pole here: move the value away from it.';
    return [{ code: 'not-finite', severity: 'error', node: node.id, why, advice }];
  }
  return [];
}

/** Numbers that float64 holds and float32, in training, would not. */
export function float32Overflow(patient: Patient): Diagnosis[] {
  const tooLarge = (entry: number) => Number.isFinite(entry) && Math.abs(entry) > largestFloat32;
  for (const node of topologicalOrder(patient.trace.document)) {
    const value = patient.value(node.id);
    const gradient = patient.gradient(node.id);
    const large =
      (value && count(value, tooLarge) > 0) || (gradient && count(gradient, tooLarge) > 0);
    if (!large) continue;
    return [
      {
        code: 'float32-overflow',
        severity: 'warning',
        node: node.id,
        why: `“${patient.name(node)}” holds a number above 3.4·10³⁸: exact here, but infinite in the float32 of training.`,
        advice:
          'Scale the inputs down, or use the stable form of the operation (log-sum-exp, softmax cross-entropy).',
      },
    ];
  }
  return [];
}
