import { emptyDocument, type GraphDocument, indexOf, type NodeId, type Wire } from '../document.ts';

/** A part of a graph that can stand by itself: what is copied, and what is inserted elsewhere. */
export interface Fragment {
  /** Its nodes, the wires and whole frames between them, and the loss where it is among them. */
  readonly graph: GraphDocument;
  /** Wires that entered it from outside, in document order. */
  readonly incoming: readonly IncomingWire[];
}

export interface IncomingWire {
  readonly wire: Wire;
  /** The operation of the node it came from: an id alone might mean another node elsewhere. */
  readonly op: string;
}

/** What belongs to these nodes of a document: wires between them, frames that are wholly among them. */
export function fragmentOf(document: GraphDocument, chosen: ReadonlySet<NodeId>): Fragment {
  const { nodes, incoming } = indexOf(document);
  const inside = document.nodes.filter(({ id }) => chosen.has(id));
  const within = document.wires.filter(
    ({ from, to }) => chosen.has(from.node) && chosen.has(to.node),
  );
  const entering = inside.flatMap(({ id }) =>
    [...(incoming.get(id)?.values() ?? [])].flatMap((wire): IncomingWire[] => {
      const source = nodes.get(wire.from.node);
      return source && !chosen.has(source.id) ? [{ wire, op: source.op }] : [];
    }),
  );
  const { loss } = document;
  const graph: GraphDocument = {
    ...emptyDocument(''),
    nodes: inside,
    wires: within,
    loss: loss && chosen.has(loss.node) ? loss : undefined,
    frames: document.frames.filter((frame) => frame.nodes.every((id) => chosen.has(id))),
  };
  return { graph, incoming: entering };
}

/** A whole document as a fragment: nothing enters it. */
export function wholeFragment(document: GraphDocument): Fragment {
  return { graph: document, incoming: [] };
}
