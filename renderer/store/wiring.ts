import {
  along,
  applyEdit,
  type Edit,
  type Endpoint,
  GraphError,
  indexOf,
  insertOnWire,
  type NodeId,
  reconnect,
  removeReconnecting,
  toggleBypass,
  type WireId,
} from '#graph';
import { outputName, wireName } from '../format/names.ts';
import { strings } from '../strings/en.ts';
import { wiring } from '../strings/en-wiring.ts';
import { nothingSelected } from './selection.ts';
import type { EditorApi, EditorStore } from './store.ts';

/** What people do to wires, as transactions. */

/** Takes a wire away, as the scissors of other editors do. */
export function cutWire(store: EditorApi, id: WireId): void {
  const { editor, edit, announce } = store.getState();
  const wire = indexOf(editor.document).wires.get(id);
  if (edit(wiring.cut, [{ type: 'removeWires', wires: [id] }])) return;
  if (wire) announce(wiring.wasCut(wireName(editor.document, wire)));
}

/** Leads a wire between other ports; the refusal where it does not fit there. */
export function reconnectWire(
  store: EditorApi,
  id: WireId,
  ends: { readonly from: Endpoint; readonly to: Endpoint },
): GraphError | null {
  const { editor, registry, edit } = store.getState();
  const edits = reconnect(editor.document, registry, id, ends);
  return edits instanceof GraphError ? edits : edit(wiring.reconnect, edits);
}

/** Gives a wire a name of its own; without one it has that of what it carries. */
export function nameWire(store: EditorApi, wire: WireId, name: string): GraphError | null {
  const { editor, edit } = store.getState();
  const known = indexOf(editor.document).wires.get(wire);
  if (!known || name.trim() === (known.name ?? '')) return null;
  return edit(strings.edits.rename, [{ type: 'nameWire', wire, name: name.trim() }]);
}

/** Whether a node could be put on a wire, and the edits that do it. */
export function insertionOf(
  store: EditorApi,
  node: NodeId,
  wire: WireId,
): readonly Edit[] | GraphError {
  const { editor, registry } = store.getState();
  return insertOnWire(editor.document, registry, node, wire);
}

/** Puts a node on a wire, together with what brought it there, as one step. */
export function insertNode(
  store: EditorApi,
  id: NodeId,
  on: WireId,
  before: readonly Edit[] = [],
): GraphError | null {
  const { editor, edit, announce } = store.getState();
  const { nodes, wires } = indexOf(editor.document);
  const [node, wire] = [nodes.get(id), wires.get(on)];
  const edits = insertionOf(store, id, on);
  if (edits instanceof GraphError) return edits;
  const name = node ? outputName(node) : id;
  const refused = edit(wiring.insert(name), [...before, ...edits]);
  if (!refused && wire) announce(wiring.wasInserted(name, wireName(editor.document, wire)));
  return refused;
}

/** The command: the selected node is put on the selected wire. Why not, as one sentence. */
export function insertSelected(store: EditorApi): string | undefined {
  const { selection } = store.getState();
  const [node, ...nodes] = selection.nodes;
  const [wire, ...wires] = selection.wires;
  if (!node || !wire || nodes.length + wires.length > 0) return wiring.selectBoth;
  return insertNode(store, node, wire)?.message;
}

/** The command: the selected nodes go, and what they passed on is led past them. Why not all of it, as one sentence. */
export function removeSelectedReconnecting(store: EditorApi): string | undefined {
  const { editor, selection, registry, edit, select } = store.getState();
  if (selection.nodes.size === 0) return wiring.selectNodes;
  const { edits, refusals } = removeReconnecting(editor.document, registry, selection.nodes);
  const refused = edit(wiring.remove(selection.nodes.size), edits);
  if (refused) return refused.message;
  select(nothingSelected);
  const [first] = refusals;
  return first && wiring.notLed(first.message, refusals.length);
}

/** Whether all selected nodes are bypassed. */
export function areBypassed({ selection, editor }: EditorStore): boolean {
  const { nodes } = indexOf(editor.document);
  return [...selection.nodes].every((id) => nodes.get(id)?.bypassed !== undefined);
}

/** The command: bypasses the selected nodes, or, where all are, puts them back. Why not, as one sentence. */
export function toggleBypassed(store: EditorApi): string | undefined {
  const { editor, selection, registry, edit, announce } = store.getState();
  const back = areBypassed(store.getState());
  if (selection.nodes.size === 0) return wiring.selectNodes;
  let document = editor.document;
  const edits: Edit[] = [];
  const names: string[] = [];
  let refused: GraphError | undefined;
  for (const id of selection.nodes) {
    const node = indexOf(document).nodes.get(id);
    if (!node || (node.bypassed !== undefined) !== back) continue;
    const toggled = toggleBypass(document, registry, id);
    if (toggled instanceof GraphError) {
      refused ??= toggled;
      continue;
    }
    document = toggled.reduce((before, each) => applyEdit(before, each, registry), document);
    edits.push(...toggled);
    names.push(outputName(node));
  }
  if (edits.length === 0) return refused?.message;
  const failed = edit(back ? wiring.putBack(names.length) : wiring.bypass(names.length), edits);
  if (!failed) announce(back ? wiring.wasPutBack(names) : wiring.wasBypassed(names));
  return (failed ?? refused)?.message;
}

/** The command: selects all that the selection depends on, or that depends on it. Why not, as one sentence. */
export function selectAlong(
  store: EditorApi,
  direction: 'upstream' | 'downstream',
): string | undefined {
  const { trace, selection, select } = store.getState();
  const { wires } = indexOf(trace.document);
  const from = new Set(selection.nodes);
  for (const id of selection.wires) {
    const wire = wires.get(id);
    if (wire) from.add(direction === 'upstream' ? wire.from.node : wire.to.node);
  }
  if (from.size === 0) return wiring.selectSome;
  const nodes = along(trace.document, from, direction);
  const between = trace.document.wires.filter(
    (wire) => nodes.has(wire.from.node) && nodes.has(wire.to.node),
  );
  select({ nodes, wires: new Set([...selection.wires, ...between.map(({ id }) => id)]) });
  return undefined;
}
