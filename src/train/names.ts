import { type NodeId, nodeId } from '#graph';

/** The names that programs' inputs and outputs go by. */
export const names = {
  loss: 'loss',
  accuracy: 'accuracy',
  coefficient: (name: string, rate: number) => `coefficient ${name} ${rate}`,
  data: (id: NodeId) => `data ${id}`,
  mask: (id: NodeId) => `mask ${id}`,
  parameter: (id: NodeId) => `parameter ${id}`,
  gradient: (id: NodeId) => `gradient ${id}`,
  average: (id: NodeId, attribute: string) => `average ${attribute} ${id}`,
  state: (id: NodeId, part: string) => `state ${part} ${id}`,
} as const;

/** What a tensor that steps change belongs to. */
export type Named =
  | { readonly kind: 'parameter'; readonly node: NodeId }
  | { readonly kind: 'average' | 'state'; readonly node: NodeId; readonly part: string };

/** The other way round; undefined for what does not outlast a step. */
export function named(name: string): Named | undefined {
  const [, kind, rest = ''] = /^(parameter|average|state) (.+)$/s.exec(name) ?? [];
  if (kind === 'parameter') return { kind, node: nodeId(rest) };
  if (kind !== 'average' && kind !== 'state') return undefined;
  const end = rest.indexOf(' ');
  return { kind, part: rest.slice(0, end), node: nodeId(rest.slice(end + 1)) };
}
