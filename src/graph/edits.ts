import { findPort, outputPort, type Registry } from '#ops';
import { withWire } from './connect.ts';
import {
  type Frame,
  type FrameId,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type Loss,
  type NodeId,
  type Note,
  type NoteId,
  type Position,
  type Wire,
  type WireId,
} from './document.ts';
import { GraphError } from './errors.ts';
import {
  framesReplacing,
  framesSet,
  framesWithout,
  withFrame,
  withMembers,
  withoutMembers,
} from './frames.ts';
import { type NoteChanges, withNote, withNoteChanged } from './notes.ts';
import { reaches, topologicalOrder } from './order.ts';
import { inPlainWords } from './plain-errors.ts';
import type { Training } from './training.ts';

/** Every way a document changes. */
export type Edit =
  | { readonly type: 'addNode'; readonly node: GraphNode }
  /** With their wires; the loss goes with its node, and a frame with its last node. */
  | { readonly type: 'removeNodes'; readonly nodes: readonly NodeId[] }
  /**
   * Puts nodes in the place of others, in the file and in frames. Wires whose ids are there already are
   * led anew and keep their place; wires of the old nodes that are not among them go.
   */
  | {
      readonly type: 'replaceNodes';
      readonly nodes: readonly NodeId[];
      readonly by: readonly GraphNode[];
      readonly wires: readonly Wire[];
    }
  /** Replaces a wire that entered the same port. */
  | { readonly type: 'addWire'; readonly wire: Wire }
  | { readonly type: 'removeWires'; readonly wires: readonly WireId[] }
  | { readonly type: 'nameWire'; readonly wire: WireId; readonly name: string }
  /** Attributes as the operation's schema reads them; those not named stay, `undefined` removes one. */
  | {
      readonly type: 'setAttrs';
      readonly node: NodeId;
      readonly attrs: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'setLabel'; readonly node: NodeId; readonly label: string }
  | { readonly type: 'moveNodes'; readonly positions: ReadonlyMap<NodeId, Position> }
  | { readonly type: 'setLoss'; readonly loss: Loss | undefined }
  | { readonly type: 'addFrame'; readonly frame: Frame }
  /** The frames only; their nodes stay. */
  | { readonly type: 'removeFrames'; readonly frames: readonly FrameId[] }
  | {
      readonly type: 'setFrame';
      readonly frame: FrameId;
      readonly title?: string;
      /** An empty one for none of its own. */
      readonly color?: string;
      readonly folded?: boolean;
    }
  /** Nodes become part of a frame, and leave it, without another change. */
  | { readonly type: 'joinFrame'; readonly frame: FrameId; readonly nodes: readonly NodeId[] }
  | { readonly type: 'leaveFrame'; readonly frame: FrameId; readonly nodes: readonly NodeId[] }
  | { readonly type: 'addNote'; readonly note: Note }
  | { readonly type: 'setNote'; readonly note: NoteId; readonly changes: NoteChanges }
  | { readonly type: 'removeNotes'; readonly notes: readonly NoteId[] }
  | { readonly type: 'setTitle'; readonly title: string }
  | { readonly type: 'setTraining'; readonly training: Partial<Training> };

/** The document after an edit. Throws `GraphError` where the edit would break an invariant. */
export function applyEdit(document: GraphDocument, edit: Edit, registry: Registry): GraphDocument {
  switch (edit.type) {
    case 'addNode': {
      if (indexOf(document).nodes.has(edit.node.id)) {
        throw new GraphError('bad-edit', `There is a node “${edit.node.id}” already.`);
      }
      return { ...document, nodes: [...document.nodes, checkedNode(edit.node, registry)] };
    }
    case 'removeNodes': {
      const gone = new Set(edit.nodes);
      return {
        ...document,
        nodes: document.nodes.filter(({ id }) => !gone.has(id)),
        wires: document.wires.filter(({ from, to }) => !gone.has(from.node) && !gone.has(to.node)),
        loss: document.loss && gone.has(document.loss.node) ? undefined : document.loss,
        frames: framesWithout(document.frames, gone),
      };
    }
    case 'replaceNodes':
      return replaceNodes(document, edit, registry);
    case 'addWire':
      return withWire(document, checkedWire(document, edit.wire, registry));
    case 'removeWires': {
      const gone = new Set(edit.wires);
      return { ...document, wires: document.wires.filter(({ id }) => !gone.has(id)) };
    }
    case 'nameWire':
      return {
        ...document,
        wires: document.wires.map((wire) =>
          wire.id === edit.wire ? { ...wire, name: edit.name || undefined } : wire,
        ),
      };
    case 'setAttrs': {
      const changed = updateNode(document, edit.node, (node) => ({
        ...node,
        attrs: parseAttrs(node, { ...node.attrs, ...edit.attrs }, registry),
      }));
      return withoutLooseWires(changed, edit.node, registry);
    }
    case 'setLabel':
      return updateNode(document, edit.node, (node) => ({ ...node, label: edit.label }));
    case 'moveNodes':
      for (const [id, position] of edit.positions) checkPosition(id, position);
      return {
        ...document,
        nodes: document.nodes.map((node) => {
          const position = edit.positions.get(node.id);
          return position ? { ...node, position } : node;
        }),
      };
    case 'setLoss':
      if (edit.loss) {
        existing(document, edit.loss.node);
        checkNumber(edit.loss.seed, 'The seed of the loss', edit.loss.node);
      }
      return { ...document, loss: edit.loss };
    case 'addFrame':
      return withFrame(document, edit.frame);
    case 'removeFrames':
      return {
        ...document,
        frames: document.frames.filter(({ id }) => !edit.frames.includes(id)),
      };
    case 'setFrame':
      return { ...document, frames: framesSet(document.frames, edit) };
    case 'joinFrame':
      return withMembers(document, edit.frame, edit.nodes);
    case 'leaveFrame':
      return withoutMembers(document, edit.frame, edit.nodes);
    case 'addNote':
      return withNote(document, edit.note);
    case 'setNote':
      return withNoteChanged(document, edit.note, edit.changes);
    case 'removeNotes':
      return { ...document, notes: document.notes.filter(({ id }) => !edit.notes.includes(id)) };
    case 'setTitle':
      return { ...document, title: edit.title };
    case 'setTraining':
      return { ...document, training: { ...document.training, ...edit.training } };
  }
}

/**
 * Reads attributes by the operation's schema. Throws `GraphError` `bad-attribute`, naming node and
 * attribute.
 */
export function parseAttrs(
  node: Pick<GraphNode, 'id' | 'op' | 'label'>,
  raw: unknown,
  registry: Registry,
): object {
  const operation = registry.get(node.op);
  const name = node.label || node.id;
  if (!operation) {
    const message = `The node “${name}” has the operation “${node.op}”, which this program does not know.`;
    throw new GraphError('unknown-operation', message, { node: node.id });
  }
  const parsed = operation.attrs.safeParse(raw, inPlainWords);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? `, ${issue.path.join('.')}` : '';
  const message = `The node “${name}” (${operation.title})${where}: ${issue?.message ?? 'bad attribute.'}`;
  throw new GraphError('bad-attribute', message, { node: node.id });
}

/** See `Edit`. All of it is checked at the end: it is large, and its steps may pass through nonsense. */
function replaceNodes(
  document: GraphDocument,
  { nodes, by, wires }: Edit & { readonly type: 'replaceNodes' },
  registry: Registry,
): GraphDocument {
  const gone = new Set(nodes);
  const added = by.map((node) => checkedNode(node, registry));
  const first = document.nodes.findIndex(({ id }) => gone.has(id));
  const kept = document.nodes.filter(({ id }) => !gone.has(id));
  const led = new Map(wires.map((wire) => [wire.id, wire]));
  const known = new Set(document.wires.map(({ id }) => id));
  const result: GraphDocument = {
    ...document,
    nodes: kept.toSpliced(first < 0 ? kept.length : first, 0, ...added),
    wires: [
      ...document.wires.flatMap((wire) => {
        const anew = led.get(wire.id);
        if (anew) return [anew];
        return gone.has(wire.from.node) || gone.has(wire.to.node) ? [] : [wire];
      }),
      ...wires.filter(({ id }) => !known.has(id)),
    ],
    loss: document.loss && gone.has(document.loss.node) ? undefined : document.loss,
    frames: framesReplacing(
      document.frames,
      gone,
      by.map(({ id }) => id),
    ),
  };
  checkWhole(result, wires, registry);
  return result;
}

/** Throws `GraphError` where ids are taken twice, or one of these wires may not be. */
function checkWhole(document: GraphDocument, wires: readonly Wire[], registry: Registry): void {
  if (indexOf(document).nodes.size < document.nodes.length) {
    throw new GraphError('bad-edit', 'Two nodes would have the same id.');
  }
  if (indexOf(document).wires.size < document.wires.length) {
    throw new GraphError('bad-edit', 'Two wires would have the same id.');
  }
  const entered = new Set(document.wires.map(({ to }) => JSON.stringify([to.node, to.port])));
  if (entered.size < document.wires.length) {
    throw new GraphError('bad-edit', 'Two wires would enter the same input.');
  }
  for (const wire of wires) checkEnds(document, wire, registry);
  if (topologicalOrder(document).length < document.nodes.length) {
    throw new GraphError('cycle', 'The graph would have a cycle.');
  }
}

function checkedNode(node: GraphNode, registry: Registry): GraphNode {
  checkPosition(node.id, node.position);
  return { ...node, attrs: parseAttrs(node, node.attrs, registry) };
}

function checkPosition(node: NodeId, { x, y }: Position): void {
  checkNumber(x + y, `The position of “${node}”`, node);
}

/** JSON knows no others: what has one would be missing from the file. */
function checkNumber(value: number, what: string, node: NodeId): void {
  if (Number.isFinite(value)) return;
  throw new GraphError('bad-edit', `${what} must be a finite number.`, { node });
}

function updateNode(
  document: GraphDocument,
  id: NodeId,
  update: (node: GraphNode) => GraphNode,
): GraphDocument {
  existing(document, id);
  return {
    ...document,
    nodes: document.nodes.map((node) => (node.id === id ? update(node) : node)),
  };
}

/** Attributes can take ports away (a formula's variables); their wires go with them. */
function withoutLooseWires(document: GraphDocument, id: NodeId, registry: Registry): GraphDocument {
  const node = existing(document, id);
  const operation = registry.get(node.op);
  const loose = (wire: Wire) =>
    wire.to.node === id && !(operation && findPort(operation, node.attrs, wire.to.port));
  if (!document.wires.some(loose)) return document;
  return { ...document, wires: document.wires.filter((wire) => !loose(wire)) };
}

function existing(document: GraphDocument, id: NodeId): GraphNode {
  const node = indexOf(document).nodes.get(id);
  if (!node) throw new GraphError('bad-edit', `There is no node “${id}”.`);
  return node;
}

/** Checks what must hold of every new wire: both ends exist, the id is new, and there is no cycle. */
function checkedWire(document: GraphDocument, wire: Wire, registry: Registry): Wire {
  if (indexOf(document).wires.has(wire.id)) {
    throw new GraphError('bad-edit', `There is a wire “${wire.id}” already.`, { wire: wire.id });
  }
  checkEnds(document, wire, registry);
  if (reaches(document, wire.to.node, wire.from.node)) {
    const message = `The wire “${wire.id}” would close a cycle.`;
    throw new GraphError('cycle', message, { wire: wire.id });
  }
  return wire;
}

/** Throws `GraphError` where a wire does not join an output port to an input port that exist. */
export function checkEnds(document: GraphDocument, wire: Wire, registry: Registry): void {
  const { nodes } = indexOf(document);
  const place = { wire: wire.id };
  for (const { node } of [wire.from, wire.to]) {
    if (!nodes.has(node)) {
      const message = `The wire “${wire.id}” ends at “${node}”, and there is no such node.`;
      throw new GraphError('bad-edit', message, place);
    }
  }
  const target = nodes.get(wire.to.node);
  const operation = target && registry.get(target.op);
  if (
    wire.from.port !== outputPort ||
    !operation ||
    !findPort(operation, target.attrs, wire.to.port)
  ) {
    const message = `The wire “${wire.id}” joins ${wire.from.node}.${wire.from.port} to ${wire.to.node}.${wire.to.port}, and there is no such port.`;
    throw new GraphError('bad-edit', message, place);
  }
}
