import type { GraphDocument, NodeId, Position } from '#graph';

/** What the page asks of the worker that lays graphs out. */
export interface LayoutOrder {
  readonly document: GraphDocument;
  readonly sizes: ReadonlyMap<NodeId, { readonly width: number; readonly height: number }>;
  /** Only these nodes are moved; all of them without. */
  readonly only: ReadonlySet<NodeId> | null;
}

export interface LayoutReply {
  readonly positions: ReadonlyMap<NodeId, Position>;
}
