import {
  type GraphDocument,
  indexOf,
  type NodeId,
  nodeId,
  type WireId,
  wireId,
} from './document.ts';

/** The first id `stem1`, `stem2`, … (or `stem` itself) that no node of the document has. */
export function freshNodeId(document: GraphDocument, stem: string): NodeId {
  const { nodes } = indexOf(document);
  return nodeId(fresh(stem, (id) => nodes.has(nodeId(id))));
}

export function freshWireId(document: GraphDocument): WireId {
  const { wires } = indexOf(document);
  return wireId(fresh('wire', (id) => wires.has(wireId(id))));
}

function fresh(stem: string, taken: (id: string) => boolean): string {
  if (!taken(stem)) return stem;
  for (let count = 2; ; count++) {
    const id = `${stem}${count}`;
    if (!taken(id)) return id;
  }
}
