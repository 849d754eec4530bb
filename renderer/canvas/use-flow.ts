import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback, useMemo, useRef, useState } from 'react';
import {
  type FrameId,
  type GraphDocument,
  indexOf,
  type NodeId,
  noDetours,
  nodeId,
  type Position,
  type Sizes,
  type WireId,
  wireId,
} from '#graph';
import {
  type EditorStore,
  insertNode,
  moveInto,
  moveNodes,
  type Selection,
  useEditor,
  useServices,
} from '../store/index.ts';
import { detoursIn } from './detours.ts';
import {
  type FlowEdge,
  FlowEdgeCache,
  type FlowNode,
  FlowNodeCache,
  type Size,
} from './flow-nodes.ts';
import { frameUnder } from './frame-under.ts';
import { takeWire, wireGestures } from './gesture-state.ts';
import { extraNodes, groupPlace } from './group-nodes.ts';
import { atHand } from './overview.ts';
import { frameDrawn, isOutside, nodesDrawn } from './shown-ids.ts';
import { useGlide } from './use-glide.ts';
import { useSnapping } from './use-snapping.ts';
import { shownView } from './view.ts';

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
  /** Of nodes that were as large as they were thought to be none was measured. */
  const known: Sizes = useMemo(
    () => ({ get: (id) => sizes.get(id) ?? nodeCache.guessed(id) }),
    [sizes, nodeCache],
  );
  const { snapped, end: endSnapping } = useSnapping(known);
  const left = useGlide(setMoving);

  const live = useLive(overview, selection);
  const view = useEditor(shownView);
  const own = useMemo(
    () => nodeCache.of(document, registry, selection, moving, sizes, live?.nodes, view?.nodes),
    [nodeCache, document, registry, selection, moving, sizes, live, view],
  );
  const nodes = useMemo(
    () => (view ? [...own, ...extraNodes(view, document, selection, moving, known)] : own),
    [own, view, document, selection, moving, known],
  );
  /** For gestures, which must not become others with every frame of a drag. */
  const drawn = useRef(nodes);
  drawn.current = nodes;
  const fanned = useEditor(({ replicas }) => replicas !== null);
  const detours = useMemo(
    () => (fanned ? noDetours : detoursIn(document, registry, nodes, moving)),
    [fanned, document, registry, nodes, moving],
  );
  const edges = useMemo(
    () => edgeCache.of(document, selection, live?.wires, view, detours),
    [edgeCache, document, selection, live, view, detours],
  );

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const state = store.getState();
      const { dragged, dropped, carried, measured, selects } = read(changes, state, known);
      // A group is no box to bring in line: its middle is where its nodes are.
      const snappedEnds = (ends: ReadonlyMap<NodeId, Position>) => (carried ? ends : snapped(ends));
      if (measured.size > 0) setSizes((before) => new Map([...before, ...measured]));
      if (selects.size > 0) {
        const { selection: now, select } = store.getState();
        select({ ...now, nodes: toggled(now.nodes, selects) });
      }
      if (dragged.size > 0) {
        dragging.current = new Map([...dragging.current, ...snappedEnds(dragged)]);
        setMoving(dragging.current);
      }
      if (dropped.size > 0) {
        const dragged = dragging.current.size > 0;
        // By keys: presses in a row are one step of undo.
        const key = dragged ? undefined : `nudge ${[...dropped.keys()].join()}`;
        dragging.current = nothingMoves;
        setMoving(nothingMoves);
        const ends = dragged ? snappedEnds(dropped) : dropped;
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
        const frame = dragged ? frameUnder(store.getState(), drawn.current, ends) : null;
        if (frame === null || moveInto(store, positions, frame)) moveNodes(store, positions, key);
      }
    },
    [store, snapped, endSnapping, left, known],
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

  return { nodes, edges, sizes, onNodesChange, onEdgesChange, drag: setMoving, drop };
}

interface Changes {
  readonly dragged: ReadonlyMap<NodeId, Position>;
  readonly dropped: ReadonlyMap<NodeId, Position>;
  /** Whether some of those are carried along by a group. */
  readonly carried: boolean;
  readonly measured: ReadonlyMap<NodeId, Size>;
  readonly selects: ReadonlyMap<NodeId, boolean>;
}

/** What React Flow reports, as it concerns the document's nodes. */
function read(changes: readonly NodeChange<FlowNode>[], state: EditorStore, sizes: Sizes): Changes {
  const dragged = new Map<NodeId, Position>();
  const dropped = new Map<NodeId, Position>();
  const measured = new Map<NodeId, Size>();
  const selects = new Map<NodeId, boolean>();
  let carried = false;
  for (const change of changes) {
    if (change.type === 'select') {
      for (const id of nodesDrawn(state.trace.document, change.id)) {
        selects.set(id, change.selected);
      }
    } else if (change.type === 'dimensions' && change.dimensions) {
      // Of all else the size is known.
      if (frameDrawn(change.id) === null && !isOutside(change.id)) {
        measured.set(nodeId(change.id), change.dimensions);
      }
    } else if (change.type === 'position' && change.position) {
      const frame = frameDrawn(change.id);
      const ends = change.dragging ? dragged : dropped;
      if (frame === null) ends.set(nodeId(change.id), change.position);
      else {
        carried = true;
        for (const [id, position] of carriedTo(state, frame, change.position, sizes)) {
          ends.set(id, position);
        }
      }
    }
  }
  return { dragged, dropped, carried, measured, selects };
}

/** Where what a group holds comes to lie when the group is moved there. */
function carriedTo(
  state: EditorStore,
  frame: FrameId,
  { x, y }: Position,
  sizes: Sizes,
): ReadonlyMap<NodeId, Position> {
  const { document } = state.trace;
  const group = shownView(state)?.groups.find((each) => each.frame.id === frame);
  if (!group) return nothingMoves;
  const before = groupPlace(group, document, nothingMoves, sizes);
  const { nodes } = indexOf(document);
  return new Map(
    group.frame.nodes.flatMap((id): [NodeId, Position][] => {
      const at = nodes.get(id)?.position;
      if (!at) return [];
      return [[id, { x: Math.round(at.x + x - before.x), y: Math.round(at.y + y - before.y) }]];
    }),
  );
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
