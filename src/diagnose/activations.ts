import type { ArrayValue } from '#tensor';
import { count, type Diagnosis, every, type Patient } from './diagnosis.ts';

/** A slope below this passes next to nothing back. */
const flat = 0.01;

/** Sigmoid and tanh far out on their plateaus. */
export function saturated(patient: Patient): Diagnosis[] {
  return patient.nodes.flatMap((node) => {
    const output = patient.value(node.id);
    if (!output || (node.op !== 'sigmoid' && node.op !== 'tanh')) return [];
    const slope = (y: number) => (node.op === 'sigmoid' ? y * (1 - y) : 1 - y * y);
    const entries = output.data.data.length;
    const stuck = count(output, (y) => slope(y) < flat);
    if (stuck * 2 < entries) return [];
    const which = entries === 1 ? 'is' : `is for ${stuck} of ${entries} numbers`;
    return [
      {
        code: 'saturated',
        severity: 'warning',
        node: node.id,
        why: `“${patient.name(node)}” ${which} saturated: its slope is below ${flat}, so hardly any gradient passes.`,
        advice: 'Start from smaller weights, normalize its input, or use ReLU.',
      } as const,
    ];
  });
}

/** ReLUs that no example of the batch switches on. */
export function deadRelu(patient: Patient): Diagnosis[] {
  return patient.nodes.flatMap((node) => {
    const output = patient.value(node.id);
    if (!output || node.op !== 'relu') return [];
    const { dead, units } = deadUnits(output);
    if (dead === 0 || (!output.batched && dead < units)) return [];
    const many = units === 1 ? 'is off' : `has ${dead} of ${units} units off`;
    const whom = output.batched ? ' for every example of the batch' : '';
    return [
      {
        code: 'dead-relu',
        severity: 'warning',
        node: node.id,
        why: `“${patient.name(node)}” ${many}${whom}: no gradient passes there, so nothing before it learns from them.`,
        advice:
          'Use a smaller learning rate, a slightly positive bias to start from, or a leaky ReLU.',
      } as const,
    ];
  });
}

/** Units are the entries of one example; a dead one is 0 in all of them. */
function deadUnits({ batched, data }: ArrayValue): {
  readonly dead: number;
  readonly units: number;
} {
  const examples = batched ? (data.shape[0] ?? 1) : 1;
  const units = data.data.length / examples;
  let dead = 0;
  for (let unit = 0; unit < units; unit++) {
    let off = true;
    for (let example = 0; off && example < examples; example++) {
      off = (data.data[example * units + unit] ?? 0) <= 0;
    }
    if (off) dead++;
  }
  return { dead, units };
}

/** A weight matrix whose rows' gradients have one sign each, because all its inputs are ≥ 0. */
export function oneSigned(patient: Patient): Diagnosis[] {
  return patient.nodes.flatMap((node) => {
    if (node.op !== 'affine') return [];
    const weights = patient.input(node, 'w');
    const x = patient.input(node, 'x');
    const value = x && patient.value(x.id);
    const gradient = weights?.op === 'parameter' ? patient.gradient(weights.id) : undefined;
    const [rows = 0, columns = 0] = gradient?.shape ?? [];
    if (!weights || !gradient || !value || columns < 2 || !every(value, (entry) => entry >= 0))
      return [];
    const { data } = gradient.data;
    if (data.every((entry) => entry === 0)) return [];
    const oneSign = Array.from({ length: rows }, (_, row) => {
      const entries = data.subarray(row * columns, (row + 1) * columns);
      return entries.every((entry) => entry >= 0) || entries.every((entry) => entry <= 0);
    }).every(Boolean);
    if (!oneSign) return [];
    return [
      {
        code: 'one-signed',
        severity: 'hint',
        node: weights.id,
        why: `All inputs of “${patient.name(node)}” are ≥ 0, so the gradients of each row of “${patient.name(weights)}” share one sign: steps can only zig-zag.`,
        advice:
          'Center the inputs (subtract their mean), or use an activation with both signs before it.',
      } as const,
    ];
  });
}
