import type { Registry } from '#ops';
import { structureOf } from './structure.ts';
import type { Training } from './training.ts';

export type NodeId = string & { readonly __brand: 'NodeId' };
export type WireId = string & { readonly __brand: 'WireId' };
export type FrameId = string & { readonly __brand: 'FrameId' };
export type NoteId = string & { readonly __brand: 'NoteId' };

/** Marks text as a node's id. */
export function nodeId(text: string): NodeId {
  return text as NodeId;
}

/** Marks text as a wire's id. */
export function wireId(text: string): WireId {
  return text as WireId;
}

/** Marks text as a frame's id. */
export function frameId(text: string): FrameId {
  return text as FrameId;
}

/** Marks text as a note's id. */
export function noteId(text: string): NoteId {
  return text as NoteId;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** A port of a node. */
export interface Endpoint {
  readonly node: NodeId;
  readonly port: string;
}

export interface GraphNode {
  readonly id: NodeId;
  /** The operation's id. */
  readonly op: string;
  /** The name a person gave it. */
  readonly label: string;
  /** As the operation's schema gives them: typed, with defaults filled in. */
  readonly attrs: object;
  readonly position: Position;
  /** What it was before it was bypassed; now it is an `identity`. */
  readonly bypassed?: Bypassed | undefined;
}

/** What is needed to put a bypassed node back. */
export interface Bypassed {
  readonly op: string;
  readonly attrs: object;
  /** The input whose value is handed on meanwhile. */
  readonly port: string;
  /** The wires that entered its other inputs. */
  readonly wires: readonly SideWire[];
}

export interface SideWire {
  readonly id: WireId;
  readonly from: Endpoint;
  readonly port: string;
  readonly name?: string;
}

/** From one output port to one input port. An input port has at most one wire. */
export interface Wire {
  readonly id: WireId;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** What the blackboard writes beside it. */
  readonly name?: string | undefined;
}

/** The node whose value is the loss, and the gradient that backpropagation starts from there. */
export interface Loss {
  readonly node: NodeId;
  readonly seed: number;
}

/** Parts of a document that this version keeps but does not yet show. */
export type Opaque = Readonly<Record<string, unknown>>;

/** Nodes that are shown as belonging together. At least one; those that are removed leave it. */
export interface Frame {
  readonly id: FrameId;
  readonly title: string;
  readonly color?: string | undefined;
  /** Drawn as one node, with ports of its own. */
  readonly folded?: boolean | undefined;
  /** Of how many copies, one behind the other, it consists; drawn once with their number. */
  readonly repeats?: number | undefined;
  readonly nodes: readonly NodeId[];
  /** The node whose expansion this frame holds; it can be collapsed into it again. */
  readonly composite?: FrameComposite | undefined;
  /** What the file says of it beyond that. */
  readonly rest?: Opaque | undefined;
}

/** What collapsing needs to put a composite back. The frame lists its parts in the expansion's order. */
export interface FrameComposite {
  /** The composite as it was. */
  readonly node: GraphNode;
  /** Where what arrived at each of its ports goes now. */
  readonly inputs: Readonly<Record<string, readonly Endpoint[]>>;
  /** The part that gives its output. */
  readonly output: NodeId;
  readonly room: Room;
}

/** How the canvas was pushed apart for what a composite consists of. */
export interface Room {
  /** Where the upper left corner of the parts came to lie. */
  readonly corner: Position;
  readonly cuts: readonly Cut[];
}

/** Everything on that side of `at` moved away from it by `by`. */
export interface Cut {
  readonly side: 'right' | 'below' | 'above';
  readonly at: number;
  readonly by: number;
}

/** A card of text on the canvas; nothing is computed from it. */
export interface Note {
  readonly id: NoteId;
  /** Markdown, with formulas between dollar signs. */
  readonly text: string;
  /** Its upper left corner. */
  readonly position: Position;
  readonly width: number;
  /** So high at least; absent, it is as high as its text. */
  readonly height?: number | undefined;
  readonly color?: string | undefined;
  /** What the file says of it beyond that. */
  readonly rest?: Opaque | undefined;
}

/**
 * A document: immutable, changed only by edits. The order of nodes and wires is the order in the
 * file. Invariants: ids are unique; every wire joins existing nodes and ports; no input port has two
 * wires; there is no cycle; the loss and the nodes of frames exist.
 */
export interface GraphDocument {
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly wires: readonly Wire[];
  readonly loss: Loss | undefined;
  readonly frames: readonly Frame[];
  /** Entries among the file's frames that this version does not understand. */
  readonly otherFrames: readonly Opaque[];
  readonly notes: readonly Note[];
  /** Entries among the file's notes that this version does not understand. */
  readonly otherNotes: readonly Opaque[];
  readonly training: Partial<Training> | undefined;
  readonly view: Opaque | undefined;
}

export function emptyDocument(title: string): GraphDocument {
  return {
    title,
    nodes: [],
    wires: [],
    loss: undefined,
    frames: [],
    otherFrames: [],
    notes: [],
    otherNotes: [],
    training: undefined,
    view: undefined,
  };
}

/** Look-ups into a document, made once per document. */
export interface DocumentIndex {
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  readonly wires: ReadonlyMap<WireId, Wire>;
  /** Wires that enter a node, by input port. */
  readonly incoming: ReadonlyMap<NodeId, ReadonlyMap<string, Wire>>;
  /** Wires that leave a node, in document order. */
  readonly outgoing: ReadonlyMap<NodeId, readonly Wire[]>;
}

const indexes = new WeakMap<GraphDocument, DocumentIndex>();

export function indexOf(document: GraphDocument): DocumentIndex {
  const known = indexes.get(document);
  if (known) return known;
  const { wires, incoming, outgoing } = structureOf(document);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const made = { nodes, wires, incoming, outgoing };
  indexes.set(document, made);
  return made;
}

/** What a person calls a node: its label, or else its operation and id. */
export function nodeName(node: GraphNode, registry?: Registry): string {
  return node.label || registry?.get(node.op)?.title || node.id;
}
