import { useReactFlow } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { type FrameId, indexOf, type NodeId, type WireId } from '#graph';
import { revealNode, useServices } from '../store/index.ts';
import { drawnAs, shownView } from './view.ts';

const nearby = { maxZoom: 1, minZoom: 0.6, duration: 200 };
/** Other nodes have to be drawn and measured first. */
const patience = 80;

/** Selects a node or a wire, and brings it into the middle of the view, out of the group that holds it. */
export interface Show {
  showNode(id: NodeId): void;
  showWire(id: WireId): void;
}

export function useShow(): Show {
  const { store } = useServices();
  const { fitView } = useReactFlow();
  const fit = useCallback(
    (before: FrameId | null, ids: readonly NodeId[]) => {
      const state = store.getState();
      const nodes = ids.map((id) => ({ id: drawnAs(state, id) }));
      const look = () => void fitView({ nodes, ...nearby });
      if (state.inside === before) look();
      else setTimeout(look, patience);
    },
    [store, fitView],
  );
  const showNode = useCallback(
    (id: NodeId) => {
      const { inside, selectNode } = store.getState();
      revealNode(store, id);
      selectNode(id);
      fit(inside, [id]);
    },
    [store, fit],
  );
  const showWire = useCallback(
    (id: WireId) => {
      const { trace, inside, selectWire } = store.getState();
      const wire = indexOf(trace.document).wires.get(id);
      if (!wire) return;
      const view = shownView(store.getState());
      if (view && !view.wires.some((shown) => shown.wire.id === id)) {
        revealNode(store, wire.from.node);
      }
      selectWire(id);
      fit(inside, [wire.from.node, wire.to.node]);
    },
    [store, fit],
  );
  return useMemo(() => ({ showNode, showWire }), [showNode, showWire]);
}
