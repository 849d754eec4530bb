import { type GraphDocument, indexOf, type NodeId, type Position } from '../document.ts';
import { topologicalOrder } from '../order.ts';
import type { Replica } from './replicas.ts';

/** From column to column; wires that carry tensors need more room for what stands on them. */
const pitch = { scalar: 200, tensor: 270 };
/** From one node down to the next in a column. */
const lane = 104;
const betweenRows = 18;

/**
 * A row for each example, the columns in the order of computation; what the examples share lies above the
 * rows where it is computed from them, and below where it is not. What comes after all of them stands in
 * their middle.
 */
export function placeReplicas(
  document: GraphDocument,
  replicas: ReadonlyMap<NodeId, Replica>,
  isTensor: (id: NodeId) => boolean,
): ReadonlyMap<NodeId, Position> {
  const { incoming, outgoing } = indexOf(document);
  const order = topologicalOrder(document).map(({ id }) => id);
  const columns = columnsOf(document, order);
  const fromExamples = new Set<NodeId>();
  const toExamples = new Set<NodeId>();
  for (const id of order) {
    const before = [...(incoming.get(id)?.values() ?? [])].map(({ from }) => from.node);
    if (replicas.has(id) || before.some((other) => fromExamples.has(other))) fromExamples.add(id);
  }
  for (const id of order.toReversed()) {
    const after = (outgoing.get(id) ?? []).map(({ to }) => to.node);
    if (replicas.has(id) || after.some((other) => toExamples.has(other))) toExamples.add(id);
  }

  const stacks = new Map<string, NodeId[]>();
  const stackOf = (key: string) => {
    const stack = stacks.get(key) ?? [];
    stacks.set(key, stack);
    return stack;
  };
  let lanes = 1;
  let examples = 1;
  const places = new Map<NodeId, { readonly key: string; readonly at: number }>();
  for (const id of order) {
    const column = columns.get(id) ?? 0;
    const replica = replicas.get(id);
    const band = replica
      ? `row ${replica.example}`
      : !fromExamples.has(id)
        ? 'below'
        : toExamples.has(id)
          ? 'above'
          : 'middle';
    const key = `${band} ${column}`;
    const stack = stackOf(key);
    places.set(id, { key, at: stack.length });
    stack.push(id);
    if (!replica) continue;
    lanes = Math.max(lanes, stack.length);
    examples = Math.max(examples, replica.example + 1);
  }

  const row = lanes * lane + (lanes > 1 ? betweenRows : 0);
  const height = examples * row;
  const lefts = leftsOf(document, columns, isTensor);
  const positions = new Map<NodeId, Position>();
  for (const [id, { key, at }] of places) {
    const { length } = stacks.get(key) ?? [];
    const x = lefts[columns.get(id) ?? 0] ?? 0;
    const centred = (at - (length - 1) / 2) * lane;
    const replica = replicas.get(id);
    const middle = height / 2 - lane / 2;
    let y = middle + centred;
    if (replica) y = replica.example * row + (row - lane) / 2 + centred;
    else if (key.startsWith('above')) y = -(lane + 40) - at * lane;
    else if (key.startsWith('below')) y = height + 30 + at * lane;
    positions.set(id, { x, y: Math.round(y) });
  }
  return positions;
}

/** The longest way to each node; a source stands just before the first node that needs it. */
function columnsOf(document: GraphDocument, order: readonly NodeId[]): Map<NodeId, number> {
  const { incoming, outgoing } = indexOf(document);
  const columns = new Map<NodeId, number>();
  for (const id of order) {
    const before = [...(incoming.get(id)?.values() ?? [])];
    columns.set(id, Math.max(0, ...before.map(({ from }) => (columns.get(from.node) ?? 0) + 1)));
  }
  for (const id of order.toReversed()) {
    if ((incoming.get(id)?.size ?? 0) > 0) continue;
    const after = (outgoing.get(id) ?? []).map(({ to }) => columns.get(to.node) ?? 1);
    if (after.length > 0) columns.set(id, Math.max(0, Math.min(...after) - 1));
  }
  return columns;
}

/** The left side of each column. */
function leftsOf(
  document: GraphDocument,
  columns: ReadonlyMap<NodeId, number>,
  isTensor: (id: NodeId) => boolean,
): number[] {
  const wide = new Set<number>();
  for (const { id } of document.nodes) if (isTensor(id)) wide.add(columns.get(id) ?? 0);
  const last = Math.max(0, ...columns.values());
  const lefts = [0];
  for (let column = 0; column < last; column++) {
    lefts.push((lefts[column] ?? 0) + (wide.has(column) ? pitch.tensor : pitch.scalar));
  }
  return lefts;
}
