import { type InnerGraph, type Operation, outputPort, type Registry } from '#ops';
import type { Form } from '#tensor';
import {
  type Endpoint,
  type Frame,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  nodeId,
  nodeName,
  type Position,
  type Wire,
  wireId,
} from '../document.ts';
import { applyEdit, type Edit } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { inferForms } from '../forms.ts';
import type { Transaction } from '../history.ts';
import { fresh, freshFrameId, longestId } from '../ids.ts';
import { defaultSize, type LayoutOptions, layout } from '../layout.ts';
import { partsOf, refusalOf } from './parts.ts';
import { afterCuts, makeRoom } from './room.ts';

/** Whether a node is a composite that can be expanded as it stands. */
export function canExpand(document: GraphDocument, registry: Registry, id: NodeId): boolean {
  return expandRefusal(document, registry, id) === null;
}

/** Why a node cannot be expanded, as one sentence; null where it can. */
export function expandRefusal(
  document: GraphDocument,
  registry: Registry,
  id: NodeId,
): GraphError | null {
  return refusalOf(() => innerGraph(document, registry, id));
}

/**
 * Replaces a composite by what it consists of, as one undoable step: the same values and gradients. Its
 * wires lead on into the parts (a wire that goes to several keeps its id on the first), the loss
 * follows, the canvas makes room, and a frame remembers what was there. `size` is that of nodes on the
 * canvas. Throws `GraphError` `cannot-expand`.
 */
export function expandNode(
  document: GraphDocument,
  registry: Registry,
  id: NodeId,
  { size = defaultSize }: Pick<LayoutOptions, 'size'> = {},
): Transaction {
  const { node, operation, inner } = innerGraph(document, registry, id);
  const placed = new Placement(document, node, inner);
  const replaced: Edit = {
    type: 'replaceNodes',
    nodes: [id],
    by: placed.parts(() => node.position),
    wires: placed.wires(),
  };
  const ids = inner.nodes.map((part) => placed.id(part.id));
  const output = placed.id(inner.output);
  const positions = layout(applyEdit(document, replaced, registry), {
    only: new Set(ids),
    origin: { x: 0, y: 0 },
  });
  const room = makeRoom(document, node, extentOf(positions), size);
  const frame: Frame = {
    id: freshFrameId(document, id),
    title: node.label ? `${node.label} = ${operation.title}` : operation.title,
    nodes: ids,
    composite: { node, inputs: placed.inputs(), output, room },
  };
  const moved = afterCuts(document, room.cuts, new Set([id]));
  const { corner } = room;
  const at = (part: NodeId): Position => {
    const { x, y } = positions.get(part) ?? { x: 0, y: 0 };
    return { x: corner.x + x, y: corner.y + y };
  };
  const edits: Edit[] = [
    { ...replaced, by: placed.parts(at) },
    { type: 'addFrame', frame },
  ];
  if (moved.size > 0) edits.push({ type: 'moveNodes', positions: moved });
  if (document.loss?.node === id) {
    edits.push({ type: 'setLoss', loss: { ...document.loss, node: output } });
  }
  return { label: `Expand ${nodeName(node, registry)}`, edits };
}

interface Composite {
  readonly node: GraphNode;
  readonly operation: Operation;
  readonly inner: InnerGraph;
}

function innerGraph(document: GraphDocument, registry: Registry, id: NodeId): Composite {
  const node = indexOf(document).nodes.get(id);
  const operation = node && registry.get(node.op);
  if (!node || !operation) {
    throw new GraphError('cannot-expand', 'This node cannot be expanded.', { node: id });
  }
  const forms = inferForms(document, registry);
  const own = forms.get(id);
  if (own && 'error' in own && own.error.code === 'shape') {
    throw new GraphError('cannot-expand', own.error.message, { node: id }, own.error);
  }
  const arriving = new Map<string, Form | undefined>();
  for (const [port, { from }] of indexOf(document).incoming.get(id) ?? []) {
    const source = forms.get(from.node);
    arriving.set(port, source && 'form' in source ? source.form : undefined);
  }
  return { node, operation, inner: partsOf(node, arriving, registry, 'cannot-expand') };
}

/** The parts as nodes and wires of the document, under fresh ids. */
class Placement {
  readonly #document: GraphDocument;
  readonly #node: GraphNode;
  readonly #inner: InnerGraph;
  readonly #ids = new Map<string, NodeId>();

  constructor(document: GraphDocument, node: GraphNode, inner: InnerGraph) {
    this.#document = document;
    this.#node = node;
    this.#inner = inner;
    const taken = new Set<string>(indexOf(document).nodes.keys());
    for (const part of inner.nodes) {
      // An id stays within its limit, also that of a part of a part.
      const id = fresh(`${node.id.slice(0, longestId - 50)}_${part.id}`, (other) =>
        taken.has(other),
      );
      taken.add(id);
      this.#ids.set(part.id, nodeId(id));
    }
  }

  id(part: string): NodeId {
    const id = this.#ids.get(part);
    if (id === undefined) throw new Error(`The expansion has no part “${part}”.`);
    return id;
  }

  parts(at: (id: NodeId) => Position): GraphNode[] {
    return this.#inner.nodes.map(({ id, op, label, attrs }) => ({
      id: this.id(id),
      op,
      // What the whole was called is what its output is called.
      label: (id === this.#inner.output && this.#node.label) || label,
      attrs,
      position: at(this.id(id)),
    }));
  }

  inputs(): Record<string, Endpoint[]> {
    const entries = [...this.#inner.inputs].map(([port, ends]) => [
      port,
      ends.map((end) => ({ node: this.id(end.node), port: end.port })),
    ]);
    return Object.fromEntries(entries);
  }

  wires(): Wire[] {
    const { wires, incoming, outgoing } = indexOf(this.#document);
    const taken = new Set<string>(wires.keys());
    const freshId = () => {
      const id = fresh('wire', (other) => taken.has(other));
      taken.add(id);
      return wireId(id);
    };
    const entering = Object.entries(this.inputs()).flatMap(([port, ends]) => {
      const wire = incoming.get(this.#node.id)?.get(port);
      if (!wire) return [];
      return ends.map((to, at) => ({ ...wire, id: at === 0 ? wire.id : freshId(), to }));
    });
    const within = this.#inner.wires.map(({ from, to }) => ({
      id: freshId(),
      from: { node: this.id(from), port: outputPort },
      to: { node: this.id(to.node), port: to.port },
    }));
    const from = { node: this.id(this.#inner.output), port: outputPort };
    const leaving = (outgoing.get(this.#node.id) ?? []).map((wire) => ({ ...wire, from }));
    return [...entering, ...within, ...leaving];
  }
}

function extentOf(corners: ReadonlyMap<NodeId, Position>) {
  const { width, height } = defaultSize();
  const all = [...corners.values()];
  return {
    width: Math.max(...all.map(({ x }) => x)) + width,
    height: Math.max(...all.map(({ y }) => y)) + height,
  };
}
