import type { GraphDocument, NodeId, Position, WireId } from '#graph';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What the page asks of the worker that lays graphs out. */
export interface LayoutOrder {
  readonly document: GraphDocument;
  readonly sizes: ReadonlyMap<NodeId, Size>;
  /** What stands on the wires. */
  readonly labels: ReadonlyMap<WireId, Size>;
  /** Only these nodes are moved; all of them without. */
  readonly only: ReadonlySet<NodeId> | null;
}

export interface LayoutReply {
  readonly positions: ReadonlyMap<NodeId, Position>;
}
