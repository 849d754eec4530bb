import type { Connection, FinalConnectionState } from '@xyflow/react';
import { useRef } from 'react';
import { type GraphDocument, wireId } from '#graph';
import { cutWire, reconnectWire, useServices } from '../store/index.ts';
import type { FlowEdge } from './flow-nodes.ts';
import { endpointDrawn } from './shown-ids.ts';

/**
 * Leads a wire elsewhere by one of its ends. Let go over nothing, it is cut, as in other node editors: undo brings it
 * back.
 */
export function useReconnect() {
  const { store } = useServices();
  /** The document without the wire, while one of its ends is being dragged. */
  const without = useRef<GraphDocument | null>(null);

  const onReconnectStart = (_: unknown, { id }: FlowEdge) => {
    const { document } = store.getState().editor;
    without.current = { ...document, wires: document.wires.filter((wire) => wire.id !== id) };
  };
  const onReconnect = ({ id }: FlowEdge, ends: Connection) => {
    reconnectWire(store, wireId(id), {
      from: endpointDrawn(ends.source, ends.sourceHandle),
      to: endpointDrawn(ends.target, ends.targetHandle),
    });
  };
  const onReconnectEnd = (
    _: unknown,
    { id }: FlowEdge,
    _end: unknown,
    { toHandle, toNode }: FinalConnectionState,
  ) => {
    without.current = null;
    if (!toHandle && !toNode) cutWire(store, wireId(id));
  };
  return { without, onReconnectStart, onReconnect, onReconnectEnd };
}
