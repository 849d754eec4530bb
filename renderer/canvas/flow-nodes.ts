import type { Edge, Node } from '@xyflow/react';
import type { GraphDocument, GraphNode, NodeId, Position, Wire, WireId } from '#graph';
import type { Registry } from '#ops';
import { outputName, wireName } from '../format/names.ts';
import type { Selection } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { handlesOf, sizeBefore } from './geometry.ts';
import { overviewFrom } from './overview.ts';

export type FlowNode = Node<Record<string, never>, 'operation' | 'source'>;
export type FlowEdge = Edge<Record<string, never>, 'wire'>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

const noData: Record<string, never> = {};

/**
 * What React Flow is given for a node; the same object as long as nothing of it changed. In a large graph the nodes
 * have their sizes and ports from the start, so that none has to be drawn only to be measured.
 */
export class FlowNodeCache {
  readonly #made = new Map<NodeId, { node: GraphNode; flow: FlowNode; guess: Size | undefined }>();
  #wires: GraphDocument['wires'] | undefined;

  of(
    document: GraphDocument,
    registry: Registry,
    selection: Selection,
    moving: ReadonlyMap<NodeId, Position>,
    sizes: ReadonlyMap<NodeId, Size>,
    /** In the overview: the nodes that are in the page nevertheless. */
    live: ReadonlySet<NodeId> | undefined,
  ): FlowNode[] {
    const large = document.nodes.length > overviewFrom;
    const rewired = large && document.wires !== this.#wires;
    this.#wires = document.wires;
    return document.nodes.map((node) => {
      const position = moving.get(node.id) ?? node.position;
      const selected = selection.nodes.has(node.id);
      const hidden = live !== undefined && !live.has(node.id);
      const known = this.#made.get(node.id);
      const operation = registry.get(node.op);
      const same = known?.node === node && !rewired;
      const guess = large
        ? (same && known.guess) || sizeBefore(document, node, operation)
        : undefined;
      const measured = sizes.get(node.id) ?? guess;
      if (
        same &&
        known.flow.position === position &&
        known.flow.selected === selected &&
        known.flow.measured === measured &&
        known.flow.hidden === hidden &&
        (known.guess !== undefined) === large
      ) {
        return known.flow;
      }
      const flow: FlowNode = {
        id: node.id,
        type: operation?.group === 'sources' ? 'source' : 'operation',
        data: noData,
        position: { x: position.x, y: position.y },
        // Instead of React Flow's transforms, of which each would be a piece of its own to the compositor.
        style: { transform: 'none', left: position.x, top: position.y },
        selected,
        hidden,
        ...(measured ? { measured } : {}),
        ...(large && measured ? { handles: handlesOf(document, node, operation, measured) } : {}),
        ariaLabel: strings.canvas.node(operation?.title ?? node.op, outputName(node)),
      };
      // Kept by identity, so that the comparison above holds next time.
      flow.position = position;
      this.#made.set(node.id, { node, flow, guess });
      return flow;
    });
  }
}

/** Of more wires only the selected ones can be taken by an end: each end is two more things to draw. */
const reconnectableUpTo = 200;

export class FlowEdgeCache {
  readonly #made = new Map<string, { wire: Wire; flow: FlowEdge }>();

  of(
    document: GraphDocument,
    selection: Selection,
    /** In the overview: the wires that are in the page nevertheless. */
    live: ReadonlySet<WireId> | undefined,
  ): FlowEdge[] {
    const few = document.wires.length <= reconnectableUpTo;
    const shown = live ? document.wires.filter(({ id }) => live.has(id)) : document.wires;
    return shown.map((wire) => {
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
