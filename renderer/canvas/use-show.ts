import { useReactFlow } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import { indexOf, type NodeId, type WireId } from '#graph';
import { useServices } from '../store/index.ts';

const nearby = { maxZoom: 1, minZoom: 0.6, duration: 200 };

/** Selects a node or a wire, and brings it into the middle of the view. */
export interface Show {
  showNode(id: NodeId): void;
  showWire(id: WireId): void;
}

export function useShow(): Show {
  const { store } = useServices();
  const { fitView } = useReactFlow();
  const showNode = useCallback(
    (id: NodeId) => {
      store.getState().selectNode(id);
      void fitView({ nodes: [{ id }], ...nearby });
    },
    [store, fitView],
  );
  const showWire = useCallback(
    (id: WireId) => {
      const { trace, selectWire } = store.getState();
      const wire = indexOf(trace.document).wires.get(id);
      if (!wire) return;
      selectWire(id);
      void fitView({ nodes: [{ id: wire.from.node }, { id: wire.to.node }], ...nearby });
    },
    [store, fitView],
  );
  return useMemo(() => ({ showNode, showWire }), [showNode, showWire]);
}
