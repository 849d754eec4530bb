import type { Edge, Node } from '@xyflow/react';
import type { GraphDocument, GraphNode, NodeId, Position, Wire } from '#graph';
import type { Registry } from '#ops';
import { outputName, wireName } from '../format/names.ts';
import type { Selection } from '../store/index.ts';
import { strings } from '../strings/en.ts';

export type FlowNode = Node<Record<string, never>, 'operation' | 'source'>;
export type FlowEdge = Edge<Record<string, never>, 'wire'>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

const noData: Record<string, never> = {};

/** What React Flow is given for a node; the same object as long as nothing of it changed. */
export class FlowNodeCache {
  readonly #made = new Map<NodeId, { node: GraphNode; flow: FlowNode }>();

  of(
    document: GraphDocument,
    registry: Registry,
    selection: Selection,
    moving: ReadonlyMap<NodeId, Position>,
    sizes: ReadonlyMap<NodeId, Size>,
  ): FlowNode[] {
    return document.nodes.map((node) => {
      const position = moving.get(node.id) ?? node.position;
      const selected = selection.nodes.has(node.id);
      const measured = sizes.get(node.id);
      const known = this.#made.get(node.id);
      if (
        known?.node === node &&
        known.flow.position === position &&
        known.flow.selected === selected &&
        known.flow.measured === measured
      ) {
        return known.flow;
      }
      const operation = registry.get(node.op);
      const flow: FlowNode = {
        id: node.id,
        type: operation?.group === 'sources' ? 'source' : 'operation',
        data: noData,
        position: { x: position.x, y: position.y },
        // Instead of React Flow's transforms, of which each would be a piece of its own to the compositor.
        style: { transform: 'none', left: position.x, top: position.y },
        selected,
        ...(measured ? { measured } : {}),
        ariaLabel: strings.canvas.node(operation?.title ?? node.op, outputName(node)),
      };
      // Kept by identity, so that the comparison above holds next time.
      flow.position = position;
      this.#made.set(node.id, { node, flow });
      return flow;
    });
  }
}

/** Of more wires only the selected ones can be taken by an end: each end is two more things to draw. */
const reconnectableUpTo = 200;

export class FlowEdgeCache {
  readonly #made = new Map<string, { wire: Wire; flow: FlowEdge }>();

  of(document: GraphDocument, selection: Selection): FlowEdge[] {
    const few = document.wires.length <= reconnectableUpTo;
    return document.wires.map((wire) => {
      const selected = selection.wires.has(wire.id);
      const known = this.#made.get(wire.id);
      const reconnectable = few || selected;
      if (
        known?.wire === wire &&
        known.flow.selected === selected &&
        known.flow.reconnectable === reconnectable
      ) {
        return known.flow;
      }
      const flow: FlowEdge = {
        id: wire.id,
        type: 'wire',
        source: wire.from.node,
        sourceHandle: wire.from.port,
        target: wire.to.node,
        targetHandle: wire.to.port,
        selected,
        reconnectable,
        ariaLabel: strings.canvas.wire(wireName(document, wire), wire.to.node),
      };
      this.#made.set(wire.id, { wire, flow });
      return flow;
    });
  }
}
