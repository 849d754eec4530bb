import { type NodeId, noDetours, type Position } from '#graph';
import type { EditorStore } from '../store/index.ts';
import { FlowEdgeCache, FlowNodeCache, type Size } from './flow-nodes.ts';

const nothingMoves: ReadonlyMap<NodeId, Position> = new Map();
const nothingMeasured: ReadonlyMap<NodeId, Size> = new Map();

/** What React Flow's provider is given, so that nodes and wires are there when the canvas is drawn for the first time. */
export function firstFlow({ trace: { document }, registry, selection }: EditorStore) {
  return {
    initialNodes: new FlowNodeCache().of(
      document,
      registry,
      selection,
      nothingMoves,
      nothingMeasured,
      undefined,
    ),
    initialEdges: new FlowEdgeCache().of(document, selection, undefined, undefined, noDetours),
  };
}
