import { indexOf, type NodeId, topologicalOrder, type WireId } from '#graph';
import type { Show } from '../canvas/index.ts';
import { outputName, wireName } from '../format/names.ts';
import { find } from '../search/fuzzy.ts';
import type { EditorApi, EditorStore } from '../store/index.ts';
import { commanding } from '../strings/en-commands.ts';
import { finding } from '../strings/en-finder.ts';

/** A node or a wire that can be looked for. */
export type Part = PartNames &
  ({ readonly kind: 'node'; readonly id: NodeId } | { readonly kind: 'wire'; readonly id: WireId });

interface PartNames {
  readonly name: string;
  readonly symbol: string;
  readonly detail: string;
  /** What else finds it. */
  readonly also: readonly string[];
}

/** The nodes and wires that the text finds: all nodes without one, as they are computed. */
export function findParts(state: EditorStore, text: string): readonly Part[] {
  const nodes = nodeParts(state);
  return text.trim() === ''
    ? nodes
    : find(text, [...nodes, ...wireParts(state)], ({ name, also }) => [name, ...also]);
}

function nodeParts({ trace, registry }: EditorStore): readonly Part[] {
  return topologicalOrder(trace.document).map((node): Part => {
    const { id } = node;
    const { title, symbol } = registry.get(node.op) ?? { title: node.op, symbol: '' };
    const name = outputName(node);
    return { kind: 'node', id, name, symbol, detail: title, also: [title, node.op, id] };
  });
}

function wireParts({ trace }: EditorStore): readonly Part[] {
  const { nodes } = indexOf(trace.document);
  return trace.document.wires.flatMap((wire) => {
    const [from, to] = [nodes.get(wire.from.node), nodes.get(wire.to.node)];
    if (!from || !to) return [];
    const detail = finding.wire(outputName(from), outputName(to));
    const name = wireName(trace.document, wire);
    return [{ kind: 'wire', id: wire.id, name, symbol: '→', detail, also: [detail, wire.id] }];
  });
}

/** What was looked for last, and which of the results was shown. */
let latest: { readonly text: string; readonly id: NodeId | WireId } | null = null;

export function showPart(show: Show, part: Part, text: string): void {
  latest = { text, id: part.id };
  if (part.kind === 'node') show.showNode(part.id);
  else show.showWire(part.id);
}

/** Shows the next or previous of what was looked for; why not, as one sentence. */
export function recallPart(store: EditorApi, show: Show, step: 1 | -1): string | undefined {
  if (!latest) return commanding.nothingFound;
  const { text, id } = latest;
  const parts = findParts(store.getState(), text);
  const found = parts.findIndex((part) => part.id === id);
  const at = found < 0 ? 0 : (found + step + parts.length) % parts.length;
  const part = parts[at];
  if (!part) return finding.noPart(text);
  showPart(show, part, text);
  store.getState().announce(finding.shown(part.name, at + 1, parts.length));
  return undefined;
}
