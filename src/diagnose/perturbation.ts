import { forward, type NodeId, type PlannedNode, type WireId } from '#graph';
import { type ArrayValue, Float64Ops, type NdArray, ValueOps } from '#tensor';

/** Where a value is wiggled: on one wire only, or at a node's output, on all of its wires. */
export type Place =
  | { readonly kind: 'wire'; readonly wire: WireId; readonly from: NodeId; readonly to: NodeId }
  | { readonly kind: 'node'; readonly node: NodeId };

/** The objective, seed included, as a function of one entry's change at a place. */
export type Objective = (change: number) => number;

/** A graph with its values, ready to be evaluated again with one entry changed. */
export class Perturbation {
  readonly #o = new ValueOps(new Float64Ops());
  readonly #plan: readonly PlannedNode[];
  readonly #values: ReadonlyMap<NodeId, ArrayValue>;
  readonly #loss: NodeId;
  readonly #seed: number;

  constructor(
    plan: readonly PlannedNode[],
    values: ReadonlyMap<NodeId, ArrayValue>,
    loss: NodeId,
    seed: number,
  ) {
    this.#plan = plan;
    this.#values = values;
    this.#loss = loss;
    this.#seed = seed;
  }

  /**
   * The objective as entry number `entry` of the value at `place` changes. Only what lies behind the
   * place is computed again.
   */
  objective(place: Place, entry: number): Objective {
    const first = place.kind === 'wire' ? place.to : place.node;
    const source = place.kind === 'wire' ? place.from : place.node;
    const behind = this.#behind(first, place.kind === 'node');
    const original = this.#values.get(source);
    if (!original) throw new Error('There is no value at this place.');
    const known: PlannedNode[] = [];
    const needed = new Set(behind.flatMap(({ inputs }) => inputs.map(({ from }) => from)));
    // Where the loss does not lie behind the place, it stays what it is.
    needed.add(this.#loss);
    const inside = new Set(behind.map(({ node }) => node.id));
    for (const planned of this.#plan) {
      if (needed.has(planned.node.id) && !inside.has(planned.node.id)) known.push(planned);
    }
    return (change) => {
      const changed = withChange(original, entry, change);
      const given = new Map(known.map(({ node }) => [node.id, this.#values.get(node.id)]));
      if (place.kind === 'node') given.set(place.node, changed);
      const values = this.#forwardFrom(given, behind, place, changed);
      return this.#seed * meanOf(values.get(this.#loss));
    };
  }

  #forwardFrom(
    given: ReadonlyMap<NodeId, ArrayValue | undefined>,
    behind: readonly PlannedNode[],
    place: Place,
    changed: ArrayValue,
  ): ReadonlyMap<NodeId, ArrayValue> {
    const values = new Map<NodeId, ArrayValue>();
    for (const [id, value] of given) if (value) values.set(id, value);
    const override = (wire: WireId, value: ArrayValue) =>
      place.kind === 'wire' && wire === place.wire ? changed : value;
    return forward(behind, this.#o, () => undefined, { override, given: values }).values;
  }

  /** The nodes whose value depends on the place, in order. */
  #behind(first: NodeId, exclusive: boolean): PlannedNode[] {
    const reached = new Set([first]);
    return this.#plan.filter(({ node, inputs }) => {
      if (node.id === first) return !exclusive;
      if (!inputs.some(({ from }) => reached.has(from))) return false;
      reached.add(node.id);
      return true;
    });
  }
}

function withChange(value: ArrayValue, entry: number, change: number): ArrayValue {
  const data = value.data.data.slice();
  data[entry] = (data[entry] ?? 0) + change;
  return { ...value, data: { shape: value.data.shape, data } satisfies NdArray };
}

function meanOf(value: ArrayValue | undefined): number {
  if (!value) return Number.NaN;
  const { data } = value.data;
  return data.reduce((total, example) => total + example, 0) / data.length;
}
