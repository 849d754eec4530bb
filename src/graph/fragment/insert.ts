import type { Registry } from '#ops';
import { refusal, withWire } from '../connect.ts';
import {
  type Bypassed,
  type Endpoint,
  type Frame,
  type FrameComposite,
  frameId,
  type GraphDocument,
  indexOf,
  type NodeId,
  nodeId,
  type Position,
  type Wire,
  wireId,
} from '../document.ts';
import { applyEdit, type Edit } from '../edits.ts';
import { longestId } from '../ids.ts';
import type { Fragment } from './fragment.ts';
import { moved } from './place.ts';
import { uniqueNames } from './unique-names.ts';

export interface InsertOptions {
  /** By how much it is moved from where it was. */
  readonly shift: Position;
  /** Whether wires from outside are led to it again, from the nodes of the same id and operation. */
  readonly keepIncoming?: boolean;
}

export interface Insertion {
  readonly edits: readonly Edit[];
  /** The inserted nodes, in the fragment's order. */
  readonly nodes: readonly NodeId[];
  /** Wires from outside that found no source, or did not fit any more. */
  readonly lost: number;
}

/**
 * The edits that put a fragment into a document, as one step: with ids and names that are still free, the document's
 * own loss kept where it has one. Throws `GraphError` `unknown-operation` or `bad-attribute` where the fragment is of
 * another catalogue.
 */
export function insertFragment(
  document: GraphDocument,
  registry: Registry,
  { graph, incoming }: Fragment,
  { shift, keepIncoming = false }: InsertOptions,
): Insertion {
  const freeId = uniqueNames(
    document.nodes.map(({ id }) => id),
    longestId,
  );
  const freeLabel = uniqueNames(document.nodes.map(({ label }) => label));
  const freeWire = uniqueNames(['', ...document.wires.map(({ id }) => id)]);
  const freeFrame = uniqueNames(
    document.frames.map(({ id }) => id),
    longestId,
  );
  const ids = new Map(graph.nodes.map(({ id }) => [id, nodeId(freeId(id))]));
  const at = ({ node, port }: Endpoint): Endpoint => ({ node: ids.get(node) ?? node, port });
  const renamed = (label: string) => (label === '' ? '' : freeLabel(label));

  const by = graph.nodes.map((node) => ({
    ...node,
    id: ids.get(node.id) ?? node.id,
    label: renamed(node.label),
    position: moved(node.position, shift),
    ...(node.bypassed ? { bypassed: movedBypassed(node.bypassed) } : {}),
  }));
  const within = graph.wires.map(
    (wire): Wire => ({
      ...wire,
      id: wireId(freeWire('wire')),
      from: at(wire.from),
      to: at(wire.to),
    }),
  );
  const inserted: Edit = { type: 'replaceNodes', nodes: [], by, wires: within };
  const grown = applyEdit(document, inserted, registry);
  const entering = keepIncoming
    ? incoming.flatMap(({ wire, op }) =>
        indexOf(document).nodes.get(wire.from.node)?.op === op
          ? [{ ...wire, id: wireId(freeWire('wire')), to: at(wire.to) }]
          : [],
      )
    : [];
  const kept = fitting(grown, registry, entering);
  const frames = graph.frames.map((frame): Edit => {
    const copy: Frame = {
      ...frame,
      id: frameId(freeFrame(frame.id)),
      nodes: frame.nodes.map((id) => ids.get(id) ?? id),
      composite: frame.composite && movedComposite(frame.composite),
    };
    return { type: 'addFrame', frame: copy };
  });

  /** What it takes in again when it is put back: from other nodes of the fragment alone. */
  function movedBypassed(bypassed: Bypassed): Bypassed {
    const kept = bypassed.wires.filter(({ from }) => ids.has(from.node));
    return { ...bypassed, wires: kept.map((wire) => ({ ...wire, from: at(wire.from) })) };
  }

  /** Its parts under their new names; undefined where some of them are not there. */
  function movedComposite(composite: FrameComposite): FrameComposite | undefined {
    const { node, inputs, output, room } = composite;
    const ends = [output, ...Object.values(inputs).flatMap((list) => list.map((end) => end.node))];
    if (!ends.every((id) => ids.has(id))) return undefined;
    return {
      node: {
        ...node,
        id: nodeId(freeId(node.id)),
        label: renamed(node.label),
        position: moved(node.position, shift),
      },
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([port, list]) => [port, list.map(at)]),
      ),
      output: ids.get(output) ?? output,
      // Nothing made way for the copy, so nothing comes back when it is collapsed.
      room: { corner: moved(room.corner, shift), cuts: [] },
    };
  }

  const loss = document.loss ? undefined : graph.loss;
  return {
    edits: [
      { ...inserted, wires: [...within, ...kept] },
      ...frames,
      ...(loss
        ? [{ type: 'setLoss', loss: { ...loss, node: ids.get(loss.node) ?? loss.node } } as const]
        : []),
    ],
    nodes: by.map(({ id }) => id),
    lost: keepIncoming ? incoming.length - kept.length : 0,
  };
}

/** Those wires that can be drawn one after the other. */
function fitting(
  document: GraphDocument,
  registry: Registry,
  wires: readonly Wire[],
): readonly Wire[] {
  const kept: Wire[] = [];
  let grown = document;
  for (const wire of wires) {
    if (refusal(grown, registry, wire.from, wire.to)) continue;
    grown = withWire(grown, wire);
    kept.push(wire);
  }
  return kept;
}
