import { type GraphDocument, indexOf, type NodeId, type Position } from '../document.ts';
import { topologicalOrder } from '../order.ts';
import type { Replica } from './replicas.ts';

/** From column to column; wires that carry tensors need more room for what stands on them. */
const pitch = { scalar: 210, tensor: 340 };
const bands = { above: 56, below: 36 };
const betweenRows = 16;
/** With what is written below a node. */
const heights = { source: 74, caption: 34 };

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

  /** Such as the ε under a root: it stands with what it is for. */
  const onlyForAbove = (id: NodeId) =>
    (outgoing.get(id) ?? []).every(({ to }) => fromExamples.has(to.node) && !replicas.has(to.node));
  const bandOf = (id: NodeId) => {
    const replica = replicas.get(id);
    if (replica) return `row ${replica.example}`;
    if (!fromExamples.has(id)) return onlyForAbove(id) ? 'above' : 'below';
    return toExamples.has(id) ? 'above' : 'middle';
  };
  /** Nodes of the same band and column lie under one another. */
  const stacks = new Map<string, NodeId[]>();
  for (const id of order) {
    const key = `${bandOf(id)} ${columns.get(id) ?? 0}`;
    stacks.set(key, [...(stacks.get(key) ?? []), id]);
  }
  const heightOf = (id: NodeId) => {
    const inputs = incoming.get(id)?.size ?? 0;
    return inputs === 0 ? heights.source : Math.max(76, (inputs + 1) * 28 - 8) + heights.caption;
  };
  const total = (stack: readonly NodeId[]) => stack.reduce((sum, id) => sum + heightOf(id), 0);
  let row = 0;
  let examples = 1;
  for (const { example } of replicas.values()) examples = Math.max(examples, example + 1);
  for (const [key, stack] of stacks) if (key.startsWith('row')) row = Math.max(row, total(stack));
  row += betweenRows;
  const all = examples * row;

  const lefts = leftsOf(document, columns, replicas, isTensor);
  const positions = new Map<NodeId, Position>();
  for (const stack of stacks.values()) {
    const [first] = stack;
    if (first === undefined) continue;
    const height = total(stack);
    const replica = replicas.get(first);
    const band = bandOf(first);
    let y = all / 2 - height / 2;
    if (replica) y = replica.example * row + (row - height) / 2;
    else if (band === 'above') y = -bands.above - height;
    else if (band === 'below') y = all + bands.below;
    for (const id of stack) {
      positions.set(id, { x: lefts[columns.get(id) ?? 0] ?? 0, y: Math.round(y) });
      y += heightOf(id);
    }
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

/** Columns of replicas that many wires leave: what stands on those needs room. */
function crowdedColumns(
  document: GraphDocument,
  columns: ReadonlyMap<NodeId, number>,
  replicas: ReadonlyMap<NodeId, Replica>,
): ReadonlySet<number> {
  const { outgoing } = indexOf(document);
  const crowded = new Set<number>();
  for (const id of replicas.keys()) {
    if ((outgoing.get(id)?.length ?? 0) > 2) crowded.add(columns.get(id) ?? 0);
  }
  return crowded;
}

/** The left side of each column. */
function leftsOf(
  document: GraphDocument,
  columns: ReadonlyMap<NodeId, number>,
  replicas: ReadonlyMap<NodeId, Replica>,
  isTensor: (id: NodeId) => boolean,
): number[] {
  const wide = new Set<number>();
  for (const { id } of document.nodes) if (isTensor(id)) wide.add(columns.get(id) ?? 0);
  const crowded = crowdedColumns(document, columns, replicas);
  const last = Math.max(0, ...columns.values());
  const lefts = [0];
  for (let column = 0; column < last; column++) {
    lefts.push(
      (lefts[column] ?? 0) +
        (wide.has(column) ? pitch.tensor : pitch.scalar) +
        (crowded.has(column) ? 90 : 0),
    );
  }
  return lefts;
}
