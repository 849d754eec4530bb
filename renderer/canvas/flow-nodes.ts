import type { Edge, Node } from '@xyflow/react';
import type {
  GraphDocument,
  GraphNode,
  GraphView,
  NodeId,
  Position,
  ShownEnd,
  Wire,
  WireId,
} from '#graph';
import { outputPort, type Registry } from '#ops';
import { outputName, wireName } from '../format/names.ts';
import type { Selection } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import type { Detour } from './curve.ts';
import { handlesOf, sizeBefore } from './geometry.ts';
import { overviewFrom } from './overview.ts';
import { groupNodeId, outsideNodeId } from './shown-ids.ts';

export type FlowNode = Node<Record<string, never>, 'operation' | 'source' | 'folded' | 'outside'>;
/** Between which nodes of the document, wherever they are drawn. */
export type FlowEdge = Edge<
  { readonly from: NodeId; readonly to: NodeId; readonly detour: Detour | undefined },
  'wire'
>;

export interface Size {
  readonly width: number;
  readonly height: number;
}

const noData: Record<string, never> = {};

interface MadeNode {
  readonly node: GraphNode;
  /** On which it depends how many ports a variadic operation has. */
  readonly wires: GraphDocument['wires'];
  readonly flow: FlowNode;
  readonly guess: Size;
}

/**
 * What React Flow is given for a node; the same object as long as nothing of it changed. Nodes have their sizes and
 * ports from the start, so that none has to be drawn only to be measured; in a large graph the ports are never measured.
 */
export class FlowNodeCache {
  readonly #made = new Map<NodeId, MadeNode>();

  /** How large a node was thought to be before it was drawn. */
  guessed(id: NodeId): Size | undefined {
    return this.#made.get(id)?.guess;
  }

  of(
    document: GraphDocument,
    registry: Registry,
    selection: Selection,
    moving: ReadonlyMap<NodeId, Position>,
    sizes: ReadonlyMap<NodeId, Size>,
    /** In the overview: the nodes that are in the page nevertheless. */
    live: ReadonlySet<NodeId> | undefined,
    /** Those that are drawn. */
    shown: readonly GraphNode[] = document.nodes,
  ): FlowNode[] {
    const large = document.nodes.length > overviewFrom;
    return shown.map((node) => {
      const position = moving.get(node.id) ?? node.position;
      const selected = selection.nodes.has(node.id);
      const hidden = live !== undefined && !live.has(node.id);
      const known = this.#made.get(node.id);
      const operation = registry.get(node.op);
      const same = known?.node === node && (!operation?.variadic || known.wires === document.wires);
      // A drawn source that changes is measured, if that makes it larger or smaller: until then it is as it was.
      const stays = operation?.group === 'sources' && known?.flow.hidden === false && !hidden;
      const guess = known && (same || stays) ? known.guess : sizeBefore(document, node, operation);
      const size = sizes.get(node.id);
      const measured = size ?? guess;
      const drawn = size !== undefined && !large;
      if (
        same &&
        known.flow.position === position &&
        known.flow.selected === selected &&
        known.flow.measured === measured &&
        known.flow.hidden === hidden &&
        (known.flow.handles === undefined) === drawn
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
        measured,
        ...(drawn ? {} : { handles: handlesOf(document, node, operation, measured) }),
        ariaLabel: strings.canvas.node(operation?.title ?? node.op, outputName(node)),
      };
      // Kept by identity, so that the comparison above holds next time.
      flow.position = position;
      this.#made.set(node.id, { node, wires: document.wires, flow, guess });
      return flow;
    });
  }
}

/** Of more wires only the selected ones can be taken by an end: each end is two more things to draw. */
const reconnectableUpTo = 200;

export class FlowEdgeCache {
  readonly #made = new Map<string, { wire: Wire; ends: string; flow: FlowEdge }>();

  of(
    document: GraphDocument,
    selection: Selection,
    /** In the overview: the wires that are in the page nevertheless. */
    live: ReadonlySet<WireId> | undefined,
    /** What is drawn, where that is not simply all of it. */
    view: GraphView | undefined,
    detours: ReadonlyMap<WireId, Detour>,
  ): FlowEdge[] {
    const few = document.wires.length <= reconnectableUpTo;
    const all: readonly { readonly wire: Wire; readonly drawn?: Drawn }[] = view
      ? view.wires.map(({ wire, from, to }) => ({ wire, drawn: drawnBetween(from, to) }))
      : document.wires.map((wire) => ({ wire }));
    const shown = live ? all.filter(({ wire }) => live.has(wire.id)) : all;
    return shown.map(({ wire, drawn }) => {
      const ends = drawn ? Object.values(drawn).join('\u001e') : '';
      const detour = detours.get(wire.id);
      const selected = selection.wires.has(wire.id);
      const known = this.#made.get(wire.id);
      const reconnectable = (few || selected) && !drawn?.outside;
      if (
        known?.wire === wire &&
        known.ends === ends &&
        sameDetour(known.flow.data?.detour, detour) &&
        known.flow.selected === selected &&
        known.flow.reconnectable === reconnectable
      ) {
        return known.flow;
      }
      const flow: FlowEdge = {
        id: wire.id,
        type: 'wire',
        data: { from: wire.from.node, to: wire.to.node, detour },
        source: drawn?.source ?? wire.from.node,
        sourceHandle: drawn?.sourceHandle ?? wire.from.port,
        target: drawn?.target ?? wire.to.node,
        targetHandle: drawn?.targetHandle ?? wire.to.port,
        selected,
        reconnectable,
        ariaLabel: strings.canvas.wire(wireName(document, wire), wire.to.node),
      };
      this.#made.set(wire.id, { wire, ends, flow });
      return flow;
    });
  }
}

function sameDetour(a: Detour | undefined, b: Detour | undefined): boolean {
  return a === b || (a?.x1 === b?.x1 && a?.x2 === b?.x2 && a?.y === b?.y);
}

/** Between which drawn nodes and ports a wire goes. */
interface Drawn {
  readonly source: string;
  readonly sourceHandle: string;
  readonly target: string;
  readonly targetHandle: string;
  /** Whether it leads beyond what is drawn. */
  readonly outside: boolean;
}

function drawnBetween(from: ShownEnd, to: ShownEnd): Drawn {
  const [source, sourceHandle] = drawnAt(from, 'before');
  const [target, targetHandle] = drawnAt(to, 'behind');
  const outside = from.kind === 'outside' || to.kind === 'outside';
  return { source, sourceHandle, target, targetHandle, outside };
}

function drawnAt(end: ShownEnd, side: 'before' | 'behind'): readonly [string, string] {
  if (end.kind === 'node') return [end.node, end.port];
  if (end.kind === 'group') return [groupNodeId(end.frame), end.port];
  return [outsideNodeId(side, end.node), outputPort];
}
