import {
  type FrameId,
  frameId,
  type GraphDocument,
  indexOf,
  type NodeId,
  type NoteId,
  nodeId,
  noteId,
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

export function freshFrameId(document: GraphDocument, stem: string): FrameId {
  return frameId(fresh(stem, (id) => document.frames.some((frame) => frame.id === id)));
}

export function freshNoteId(document: GraphDocument): NoteId {
  return noteId(fresh('note', (id) => document.notes.some((note) => note.id === id)));
}

/** As long as the file lets an id be. */
export const longestId = 200;

/** `stem`, or else the first of `stem2`, `stem3`, … that is not taken. */
export function fresh(stem: string, taken: (id: string) => boolean): string {
  if (!taken(stem)) return stem;
  for (let count = 2; ; count++) {
    const id = `${stem.slice(0, longestId - String(count).length)}${count}`;
    if (!taken(id)) return id;
  }
}
