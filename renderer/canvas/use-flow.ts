import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import {
  type GraphDocument,
  indexOf,
  type NodeId,
  nodeId,
  type Position,
  type WireId,
  wireId,
} from '#graph';
import { insertNode, moveNodes, type Selection, useEditor, useServices } from '../store/index.ts';
import {
  type FlowEdge,
  FlowEdgeCache,
  type FlowNode,
  FlowNodeCache,
  type Size,
} from './flow-nodes.ts';
import { takeWire, wireGestures } from './gesture-state.ts';
import { atHand } from './overview.ts';
import { useGlide } from './use-glide.ts';
import { useSnapping } from './use-snapping.ts';

const nothingMoves: ReadonlyMap<NodeId, Position> = new Map();

/**
 * The document as React Flow's nodes and edges. Positions under a drag and measured sizes live here;
 * everything else is the store's. A drag becomes one transaction when it ends.
 */
export function useFlow(overview: boolean) {
  const { store } = useServices();
  const document = useEditor(({ trace }) => trace.document);
  const selection = useEditor((state) => state.selection);
  const registry = useEditor((state) => state.registry);
  const [moving, setMoving] = useState(nothingMoves);
  const dragging = useRef(nothingMoves);
  const [sizes, setSizes] = useState<ReadonlyMap<NodeId, Size>>(new Map());
  const [nodeCache] = useState(() => new FlowNodeCache());
  const [edgeCache] = useState(() => new FlowEdgeCache());
  const { snapped, end: endSnapping } = useSnapping(sizes);
  const left = useGlide(setMoving);

  const live = useLive(overview, selection);
  const nodes = useMemo(
    () => nodeCache.of(document, registry, selection, moving, sizes, live?.nodes),
    [nodeCache, document, registry, selection, moving, sizes, live],
  );
  const edges = useMemo(
    () => edgeCache.of(document, selection, live?.wires),
    [edgeCache, document, selection, live],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const dragged = new Map<NodeId, Position>();
      const dropped = new Map<NodeId, Position>();
      const measured = new Map<NodeId, Size>();
      const selects = new Map<NodeId, boolean>();
      for (const change of changes) {
        if (change.type === 'select') selects.set(nodeId(change.id), change.selected);
        else if (change.type === 'dimensions' && change.dimensions) {
          measured.set(nodeId(change.id), change.dimensions);
        } else if (change.type === 'position' && change.position) {
          (change.dragging ? dragged : dropped).set(nodeId(change.id), change.position);
        }
      }
      if (measured.size > 0) setSizes((known) => new Map([...known, ...measured]));
      if (selects.size > 0) {
        const { selection: now, select } = store.getState();
        select({ ...now, nodes: toggled(now.nodes, selects) });
      }
      if (dragged.size > 0) {
        dragging.current = new Map([...dragging.current, ...snapped(dragged)]);
        setMoving(dragging.current);
      }
      if (dropped.size > 0) {
        const dragged = dragging.current.size > 0;
        // By keys: presses in a row are one step of undo.
        const key = dragged ? undefined : `nudge ${[...dropped.keys()].join()}`;
        dragging.current = nothingMoves;
        setMoving(nothingMoves);
        const ends = dragged ? snapped(dropped) : dropped;
        endSnapping();
        left.current = ends;
        const positions = changed(store.getState().trace.document, ends);
        const { taking } = wireGestures.getState();
        takeWire(null);
        const [only] = positions.keys();
        if (taking && only && key === undefined) {
          // Where it cannot be inserted after all, it is moved at least.
          const refused = insertNode(store, only, taking, [{ type: 'moveNodes', positions }]);
          if (!refused) return;
        }
        moveNodes(store, positions, key);
      }
    },
    [store, snapped, endSnapping, left],
  );

  const onEdgesChange = useCallback(
    (changes: EdgeChange<FlowEdge>[]) => {
      const selects = new Map<WireId, boolean>();
      for (const change of changes) {
        if (change.type === 'select') selects.set(wireId(change.id), change.selected);
      }
      if (selects.size === 0) return;
      const { selection: now, select } = store.getState();
      select({ ...now, wires: toggled(now.wires, selects) });
    },
    [store],
  );

  /** Shows nodes elsewhere until they are dropped; the document learns of it from whoever drags them. */
  const drop = useCallback(
    (positions: ReadonlyMap<NodeId, Position> = nothingMoves) => {
      left.current = positions;
      setMoving(nothingMoves);
    },
    [left],
  );

  return { nodes, edges, onNodesChange, onEdgesChange, drag: setMoving, drop };
}

/** More of what is selected is drawn as part of the picture. */
const liveUpTo = 50;

/** What is in the page in the overview: what is selected, and what lies under the pointer. */
function useLive(overview: boolean, { nodes, wires }: Selection): Selection | undefined {
  const { node, wire } = atHand();
  return useMemo(() => {
    if (!overview) return undefined;
    const few = nodes.size + wires.size <= liveUpTo;
    return {
      nodes: new Set([...(few ? nodes : []), ...(node ? [node] : [])]),
      wires: new Set([...(few ? wires : []), ...(wire ? [wire] : [])]),
    };
  }, [overview, nodes, wires, node, wire]);
}

/** The positions that differ from the document's. */
function changed(
  document: GraphDocument,
  positions: ReadonlyMap<NodeId, Position>,
): ReadonlyMap<NodeId, Position> {
  const { nodes } = indexOf(document);
  return new Map(
    [...positions].filter(([id, { x, y }]) => {
      const before = nodes.get(id)?.position;
      return before && (before.x !== x || before.y !== y);
    }),
  );
}

function toggled<Id>(set: ReadonlySet<Id>, selects: ReadonlyMap<Id, boolean>): ReadonlySet<Id> {
  const next = new Set(set);
  for (const [id, selected] of selects) {
    if (selected) next.add(id);
    else next.delete(id);
  }
  return next;
}
