import { inputPorts, outputPort, type Registry } from '#ops';
import {
  type Endpoint,
  type Frame,
  type FrameId,
  frameId,
  type GraphDocument,
  indexOf,
  type NodeId,
  type Wire,
  wireId,
} from '../document.ts';
import { applyEdit, type Edit } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { fragmentOf } from '../fragment/fragment.ts';
import { insertFragment } from '../fragment/insert.ts';
import { boundsOf } from '../fragment/place.ts';
import { fresh } from '../ids.ts';
import { ledAnew } from '../wiring/reconnect.ts';

/** More copies would be a graph that nobody draws. */
export const mostRepeats = 100;

const gap = 90;

/** What goes through a group: where it enters, what enters beside it, and where it leaves. */
interface Passage {
  /** The inputs that take what the copy before gives. */
  readonly main: readonly Endpoint[];

  /** Wires that all copies share. */
  readonly side: readonly Wire[];
  readonly out: NodeId;
  readonly leaving: readonly Wire[];
}

/**
 * Repeats a group: `count` copies one behind the other, each with parameters of its own, in a folded frame that says
 * how many they are. What the group takes from outside goes into the first, what it gives comes from the last; wires
 * from parameters and constants outside lead to all. The refusal where it is not clear what is handed on.
 */
export function repeatFrame(
  document: GraphDocument,
  registry: Registry,
  id: FrameId,
  count: number,
): readonly Edit[] | GraphError {
  const frame = document.frames.find((each) => each.id === id);
  if (!frame) return new GraphError('bad-edit', `There is no group “${id}”.`);
  if (!Number.isInteger(count) || count < 2 || count > mostRepeats) {
    return new GraphError('bad-edit', `A group is repeated 2 to ${mostRepeats} times.`);
  }
  const passage = passageOf(document, registry, frame);
  if (passage instanceof GraphError) return passage;
  const edits: Edit[] = [];
  let grown = document;
  const apply = (more: readonly Edit[]) => {
    edits.push(...more);
    grown = more.reduce((before, edit) => applyEdit(before, edit, registry), grown);
  };
  const chosen = new Set(frame.nodes);
  const fragment = fragmentOf(document, chosen);
  // The loss stays one; it moves to the last copy.
  const graph = { ...fragment.graph, loss: undefined };
  const { width } = boundsOf(graph.nodes);
  const all: NodeId[] = [...frame.nodes];
  let last = passage.out;
  apply([{ type: 'setFrame', frame: id, title: numbered(frame.title, 1) }]);
  for (let copy = 1; copy < count; copy++) {
    const shift = { x: copy * (width + gap), y: 0 };
    const inserted = insertFragment(grown, registry, { graph, incoming: [] }, { shift });
    const known = new Set(grown.frames.map((each) => each.id));
    apply(inserted.edits);
    const ids = new Map(graph.nodes.map((node, at) => [node.id, inserted.nodes[at] ?? node.id]));
    const at = ({ node, port }: Endpoint): Endpoint => ({ node: ids.get(node) ?? node, port });
    apply([
      ...titled(grown, known, ids, frame, copy + 1),
      ledAnew(
        wires(grown, [
          ...passage.main.map((to) => ({ from: { node: last, port: outputPort }, to: at(to) })),
          ...passage.side.map(({ from, to }) => ({ from, to: at(to) })),
        ]),
      ),
    ]);
    all.push(...inserted.nodes);
    last = ids.get(passage.out) ?? passage.out;
  }
  const from = { node: last, port: outputPort };
  const { loss } = document;
  const taken = new Set(grown.frames.map((each) => each.id));
  const around: Frame = {
    id: frameId(fresh(id, (each) => taken.has(frameId(each)))),
    title: frame.title,
    folded: true,
    repeats: count,
    nodes: all,
    ...(frame.color === undefined ? {} : { color: frame.color }),
  };
  apply([
    ledAnew(passage.leaving.map((wire) => ({ ...wire, from }))),
    ...(loss?.node === passage.out
      ? [{ type: 'setLoss', loss: { ...loss, node: last } } as const]
      : []),
    { type: 'addFrame', frame: around },
  ]);
  return edits;
}

function passageOf(
  document: GraphDocument,
  registry: Registry,
  { nodes: members, title }: Frame,
): Passage | GraphError {
  const { nodes, incoming } = indexOf(document);
  const inside = new Set(members);
  const enters = document.wires.filter(
    ({ from, to }) => !inside.has(from.node) && inside.has(to.node),
  );
  const leaving = document.wires.filter(
    ({ from, to }) => inside.has(from.node) && !inside.has(to.node),
  );
  const isSide = ({ from }: Wire) => sideSources.has(nodes.get(from.node)?.op ?? '');
  const signal = enters.some((wire) => !isSide(wire))
    ? enters.filter((wire) => !isSide(wire))
    : enters;
  const sources = new Set(signal.map(({ from }) => from.node));
  if (sources.size > 1) {
    return new GraphError(
      'bad-edit',
      `“${title}” takes several inputs: it is not clear which of them goes from copy to copy.`,
    );
  }
  const gives = new Set(leaving.map(({ from }) => from.node));
  const sinks = members.filter((id) => !document.wires.some(({ from }) => from.node === id));
  const outs = gives.size > 0 ? [...gives] : sinks;
  const [out] = outs;
  if (out === undefined || outs.length > 1) {
    return new GraphError(
      'bad-edit',
      `“${title}” gives several results: it is not clear which of them goes from copy to copy.`,
    );
  }
  const free = members.flatMap((id): Endpoint[] => {
    const node = nodes.get(id);
    const operation = node && registry.get(node.op);
    if (!operation) return [];
    const entered = incoming.get(id);
    return inputPorts(operation, node.attrs, entered?.keys() ?? []).flatMap(({ name, optional }) =>
      optional || entered?.has(name) ? [] : [{ node: id, port: name }],
    );
  });
  const main = signal.length > 0 ? signal.map(({ to }) => to) : free;
  if (main.length === 0 || (signal.length === 0 && free.length > 1)) {
    return new GraphError(
      'bad-edit',
      `“${title}” has no single input that a copy before it could feed.`,
    );
  }
  const side = enters.filter((wire) => !signal.includes(wire));
  return { main, side, out, leaving };
}

/** What shapes the signal is not the signal. */
const sideSources = new Set(['parameter', 'constant']);

function numbered(title: string, at: number): string {
  return `${title} ${at}`.trim();
}

/** The copy's own frame says which copy it is. */
function titled(
  document: GraphDocument,
  known: ReadonlySet<FrameId>,
  ids: ReadonlyMap<NodeId, NodeId>,
  frame: Frame,
  at: number,
): readonly Edit[] {
  const copied = new Set(frame.nodes.map((id) => ids.get(id)));
  const own = document.frames.find(
    ({ id, nodes }) =>
      !known.has(id) && nodes.length === copied.size && nodes.every((node) => copied.has(node)),
  );
  return own ? [{ type: 'setFrame', frame: own.id, title: numbered(frame.title, at) }] : [];
}

/** Wires with ids that are still free. */
function wires(document: GraphDocument, ends: readonly Omit<Wire, 'id'>[]): readonly Wire[] {
  const taken = new Set<string>(indexOf(document).wires.keys());
  return ends.map(({ from, to }) => {
    const id = fresh('wire', (each) => taken.has(each));
    taken.add(id);
    return { id: wireId(id), from, to };
  });
}
