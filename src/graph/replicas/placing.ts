import { type GraphDocument, indexOf, type NodeId, type Position } from '../document.ts';
import { topologicalOrder } from '../order.ts';
import type { Replica } from './replicas.ts';

/** From column to column; wires that carry tensors need more room for what stands on them. */
const pitch = { scalar: 250, tensor: 340 };
/** More of it behind a column that many wires leave, and where a pill stands beneath a gate: it is wider. */
const room = { crowd: 210, pill: 94 };
/** Beneath a gate a pill stands a little lower and further right, clear of what enters the gate. */
const pillShift = 24;
const bands = { above: 32, below: 28 };
const betweenRows = 10;
/** Between two rows stand the numbers of the wires that come from, or go to, what the examples share. */
const lowestRow = 190;
/** With what is written below a node. */
const heights = { source: 60, caption: 24 };

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
  const isSource = (id: NodeId) => (incoming.get(id)?.size ?? 0) === 0;
  const heightOf = (id: NodeId) => {
    const inputs = incoming.get(id)?.size ?? 0;
    return isSource(id) ? heights.source : Math.max(76, (inputs + 1) * 28 - 8) + heights.caption;
  };
  /** The port by which a node enters the next one: what enters lower lies lower. */
  const entersAt = (id: NodeId) => {
    const [next] = outgoing.get(id) ?? [];
    if (!next) return 0;
    return [...(incoming.get(next.to.node)?.keys() ?? [])].indexOf(next.to.port);
  };
  for (const stack of stacks.values()) stack.sort((a, b) => entersAt(a) - entersAt(b));
  const total = (stack: readonly NodeId[]) =>
    stack.reduce(
      (sum, id, at) =>
        sum + heightOf(id) + (replicas.has(id) && at > 0 && isSource(id) ? pillShift : 0),
      0,
    );
  let row = 0;
  let examples = 1;
  for (const { example } of replicas.values()) examples = Math.max(examples, example + 1);
  for (const [key, stack] of stacks) if (key.startsWith('row')) row = Math.max(row, total(stack));
  row = Math.max(lowestRow, row + betweenRows);
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
    for (const [at, id] of stack.entries()) {
      const shift = replica && at > 0 && isSource(id) ? pillShift : 0;
      const left = lefts[columns.get(id) ?? 0] ?? 0;
      positions.set(id, { x: left + shift, y: Math.round(y) + shift });
      y += heightOf(id) + shift;
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

/** Columns where each replica has a source beneath a gate. */
function pillColumns(
  document: GraphDocument,
  columns: ReadonlyMap<NodeId, number>,
  replicas: ReadonlyMap<NodeId, Replica>,
): ReadonlySet<number> {
  const { incoming } = indexOf(document);
  const sources = new Set<number>();
  const gates = new Set<number>();
  for (const id of replicas.keys()) {
    const isSource = (incoming.get(id)?.size ?? 0) === 0;
    (isSource ? sources : gates).add(columns.get(id) ?? 0);
  }
  return new Set([...sources].filter((column) => gates.has(column)));
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
  const pills = pillColumns(document, columns, replicas);
  const last = Math.max(0, ...columns.values());
  const lefts = [0];
  for (let column = 0; column < last; column++) {
    lefts.push(
      (lefts[column] ?? 0) +
        (wide.has(column) ? pitch.tensor : pitch.scalar) +
        (crowded.has(column) ? room.crowd : 0) +
        (pills.has(column) ? room.pill : 0),
    );
  }
  return lefts;
}
