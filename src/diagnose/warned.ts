import { indexOf, type NodeId } from '#graph';
import type { Registry } from '#ops';
import type { ArrayValue } from '#tensor';
import type { Diagnosis, Patient } from './diagnosis.ts';

/** What the operations themselves have to say about their numbers, where no other diagnosis said more. */
export function warned(
  patient: Patient,
  registry: Registry,
  covered: ReadonlySet<NodeId>,
): Diagnosis[] {
  const { incoming } = indexOf(patient.trace.document);
  return patient.nodes.flatMap((node) => {
    const operation = registry.get(node.op);
    if (covered.has(node.id) || !operation?.warn || !patient.value(node.id)) return [];
    const inputs: Record<string, ArrayValue> = {};
    for (const [port, { from }] of incoming.get(node.id) ?? []) {
      const value = patient.value(from.node);
      if (value) inputs[port] = value;
    }
    const sentence = operation.warn(inputs, node.attrs);
    if (sentence === null) return [];
    return [
      {
        code: 'warned',
        severity: 'warning',
        node: node.id,
        why: `“${patient.name(node)}”: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`,
        advice: '',
      } as const,
    ];
  });
}
