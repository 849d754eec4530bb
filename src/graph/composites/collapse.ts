import { type InnerEnd, type InnerGraph, outputPort, type Registry } from '#ops';
import type { Form } from '#tensor';
import {
  type Endpoint,
  type Frame,
  type FrameComposite,
  type FrameId,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type NodeId,
  nodeName,
  type Position,
  type Wire,
} from '../document.ts';
import { type Edit, parseAttrs } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { encodeAttrs } from '../file/attrs.ts';
import { inferForms } from '../forms.ts';
import type { Transaction } from '../history.ts';
import { freshNodeId } from '../ids.ts';
import { partsOf, refusalOf } from './parts.ts';
import { afterCuts, takenBack } from './room.ts';

/** Whether a frame holds an expanded composite that can be put back. */
export function canCollapse(document: GraphDocument, registry: Registry, id: FrameId): boolean {
  return collapseRefusal(document, registry, id) === null;
}

/** Why a frame cannot be collapsed, as one sentence; null where it can. */
export function collapseRefusal(
  document: GraphDocument,
  registry: Registry,
  id: FrameId,
): GraphError | null {
  return refusalOf(() => unchanged(document, registry, id));
}

/**
 * Puts an expanded composite back in the place of its parts, as one undoable step: its attributes, its
 * label, its id where that is still free, and its wires. Throws `GraphError` `cannot-collapse` where
 * the parts were changed so that they compute something else, or are used from outside.
 */
export function collapseFrame(
  document: GraphDocument,
  registry: Registry,
  id: FrameId,
): Transaction {
  const { frame, composite } = unchanged(document, registry, id);
  const { nodes, outgoing, incoming } = indexOf(document);
  const parts = new Set(frame.nodes);
  const corner = cornerOf(frame.nodes.flatMap((part) => nodes.get(part)?.position ?? []));
  const { position } = composite.node;
  const node: GraphNode = {
    ...composite.node,
    id: nodes.has(composite.node.id) ? freshNodeId(document, composite.node.id) : composite.node.id,
    position: {
      x: position.x + corner.x - composite.room.corner.x,
      y: position.y + corner.y - composite.room.corner.y,
    },
  };
  const entering = Object.entries(composite.inputs).flatMap(([port, [first]]): Wire[] => {
    const wire = first && incoming.get(first.node)?.get(first.port);
    return wire ? [{ ...wire, to: { node: node.id, port } }] : [];
  });
  const leaving = (outgoing.get(composite.output) ?? []).map((wire) => ({
    ...wire,
    from: { node: node.id, port: outputPort },
  }));
  const cuts = takenBack(document, composite.room, corner, parts);
  const moved = afterCuts(document, cuts, parts);
  const edits: Edit[] = [
    { type: 'removeFrames', frames: [id] },
    {
      type: 'replaceNodes',
      nodes: frame.nodes,
      by: [node],
      wires: [...entering, ...leaving],
    },
  ];
  if (moved.size > 0) edits.push({ type: 'moveNodes', positions: moved });
  if (document.loss?.node === composite.output) {
    edits.push({ type: 'setLoss', loss: { ...document.loss, node: node.id } });
  }
  return { label: `Collapse ${nodeName(node, registry)}`, edits };
}

interface Collapsible {
  readonly frame: Frame;
  readonly composite: FrameComposite;
}

/** The frame, if its parts are still what its composite consists of. Throws `GraphError` otherwise. */
function unchanged(document: GraphDocument, registry: Registry, id: FrameId): Collapsible {
  const frame = document.frames.find((candidate) => candidate.id === id);
  const composite = frame?.composite;
  if (!frame || !composite) {
    const message = 'Only a frame that an operation was expanded into can be collapsed.';
    throw new GraphError('cannot-collapse', message);
  }
  const title = registry.get(composite.node.op)?.title ?? composite.node.op;
  const refuse = (reason: string, node?: NodeId): never => {
    const message = `“${frame.title}” cannot be collapsed: ${reason}, so it is no longer ${title}.`;
    throw new GraphError('cannot-collapse', message, { node: node ?? composite.output });
  };
  const expanded = partExpandedFurther(document, frame);
  if (expanded) {
    const message = `“${frame.title}” cannot be collapsed while “${expanded.title}” inside is expanded; collapse that first.`;
    throw new GraphError('cannot-collapse', message, { node: composite.output });
  }
  const arriving = arrivingForms(document, registry, frame, composite, refuse);
  const inner = partsOf(composite.node, arriving, registry, 'cannot-collapse');
  checkParts(document, registry, frame, inner, refuse);
  checkWires(document, frame, composite, inner, refuse);
  const loss = document.loss?.node;
  if (loss !== undefined && loss !== composite.output && frame.nodes.includes(loss)) {
    refuse('the loss is taken from inside it', loss);
  }
  return { frame, composite };
}

type Refuse = (reason: string, node?: NodeId) => never;

/** The frame of a part that was itself expanded. */
function partExpandedFurther(document: GraphDocument, { id, nodes }: Frame): Frame | undefined {
  const own = new Set(nodes);
  return document.frames.find(
    (other) =>
      other.id !== id &&
      other.composite !== undefined &&
      other.nodes.length < nodes.length &&
      other.nodes.every((node) => own.has(node)),
  );
}

/** What arrives at the composite's ports: at every place a port leads to, it must be the same. */
function arrivingForms(
  document: GraphDocument,
  registry: Registry,
  frame: Frame,
  { inputs }: FrameComposite,
  refuse: Refuse,
): ReadonlyMap<string, Form | undefined> {
  const { incoming } = indexOf(document);
  const forms = inferForms(document, registry);
  const arriving = new Map<string, Form | undefined>();
  for (const [port, ends] of Object.entries(inputs)) {
    const sources = new Set(
      ends.map(({ node, port: own }) => incoming.get(node)?.get(own)?.from.node),
    );
    const [source] = sources;
    if (sources.size > 1) refuse(`its input ${port} now comes from different nodes`);
    if (source !== undefined && frame.nodes.includes(source)) {
      refuse(`its input ${port} now comes from inside`, source);
    }
    const result = source === undefined ? undefined : forms.get(source);
    arriving.set(port, result && 'form' in result ? result.form : undefined);
  }
  return arriving;
}

/** Every part must be there, with the operation and the attributes it has in the expansion. */
function checkParts(
  document: GraphDocument,
  registry: Registry,
  frame: Frame,
  inner: InnerGraph,
  refuse: Refuse,
): void {
  const { nodes } = indexOf(document);
  if (frame.nodes.length < inner.nodes.length) refuse('a node inside was removed');
  if (frame.nodes.length > inner.nodes.length) refuse('a node inside was added');
  frame.nodes.forEach((id, at) => {
    const node = nodes.get(id);
    const part = inner.nodes[at];
    if (!node || !part || node.op !== part.op) {
      refuse('a node inside was replaced', id);
      return;
    }
    const attrs = parseAttrs(node, part.attrs, registry);
    const [wanted, own] = [{ ...node, attrs }, node].map((each) => encodeAttrs(each, registry));
    if (JSON.stringify(wanted) === JSON.stringify(own)) return;
    refuse(`“${nodeName(node, registry)}” inside has other attributes`, id);
  });
}

/** The wires inside must be those of the expansion, and only its inputs and output may cross the frame. */
function checkWires(
  document: GraphDocument,
  frame: Frame,
  composite: FrameComposite,
  inner: InnerGraph,
  refuse: Refuse,
): void {
  const ids = new Map(inner.nodes.map((part, at) => [part.id, frame.nodes[at]]));
  const place = (end: InnerEnd) => JSON.stringify([ids.get(end.node), end.port]);
  const placeNow = (end: Endpoint) => JSON.stringify([end.node, end.port]);
  const within = new Map(inner.wires.map(({ from, to }) => [place(to), ids.get(from)]));
  const entries = new Set<string>();
  let same = ids.get(inner.output) === composite.output;
  for (const [port, ends] of inner.inputs) {
    const wanted = ends.map(place);
    same &&= String(wanted) === String(composite.inputs[port]?.map(placeNow));
    for (const end of wanted) entries.add(end);
  }
  if (!same) refuse('it is put together differently');
  const parts = new Set(frame.nodes);
  let found = 0;
  for (const { from, to } of document.wires) {
    const [starts, ends] = [parts.has(from.node), parts.has(to.node)];
    if (starts && ends) {
      found++;
      if (within.get(placeNow(to)) !== from.node) refuse('a wire inside leads elsewhere', to.node);
    } else if (starts && from.node !== composite.output) {
      refuse('a value inside it is used outside', from.node);
    } else if (ends && !entries.has(placeNow(to))) {
      refuse('a wire from outside leads into it', to.node);
    }
  }
  if (found < within.size) refuse('a wire inside was removed');
}

function cornerOf(points: readonly Position[]): Position {
  return {
    x: Math.min(...points.map(({ x }) => x)),
    y: Math.min(...points.map(({ y }) => y)),
  };
}
