import {
  type Endpoint,
  freshWireId,
  GraphError,
  indexOf,
  type NodeId,
  type Position,
  type Replica,
  viewOf,
} from '#graph';
import { formatShape, type NdArray, sameShape } from '#tensor';
import { heldValue, isBatched } from '../format/held.ts';
import { strings } from '../strings/en.ts';
import { overlaying } from '../strings/en-overlay.ts';
import { replicating } from '../strings/en-replicas.ts';
import { editsOf } from './overlay.ts';
import { nothingSelected, subjectOf } from './selection.ts';
import type { EditorApi } from './store.ts';

/** What people do to the document, as transactions with their name in the menu. */

/** Draws a wire; one that entered the same port is replaced. */
export function connect(store: EditorApi, from: Endpoint, to: Endpoint): GraphError | null {
  const { editor, edit } = store.getState();
  const wire = { id: freshWireId(editor.document), from, to };
  return edit(strings.edits.connect, [{ type: 'addWire', wire }]);
}

/** Removes what is selected, as a step of that name; the refusal where it has to stay. */
export function removeSelected(store: EditorApi, label?: string): GraphError | null {
  const { selection, edit, select } = store.getState();
  const nodes = [...selection.nodes];
  const wires = [...selection.wires];
  if (nodes.length + wires.length === 0) return null;
  const refused = edit(label ?? strings.edits.remove(nodes.length, wires.length), [
    ...(wires.length > 0 ? [{ type: 'removeWires', wires } as const] : []),
    ...(nodes.length > 0 ? [{ type: 'removeNodes', nodes } as const] : []),
  ]);
  select(nothingSelected);
  return refused;
}

export function moveNodes(
  store: EditorApi,
  positions: ReadonlyMap<NodeId, Position>,
  mergeKey?: string,
  label = strings.edits.move,
): void {
  if (positions.size === 0) return;
  store.getState().edit(label, [{ type: 'moveNodes', positions }], mergeKey);
}

/** Gives a source its value; the shape follows from what was typed. */
export function setValue(
  store: EditorApi,
  node: NodeId,
  array: NdArray | undefined,
  mergeKey?: string,
): GraphError | null {
  const { editor, edit, replicas } = store.getState();
  const replica = replicas?.nodes.get(node);
  if (replica) return setExample(store, replica, array, mergeKey);
  const found = indexOf(editor.document).nodes.get(node);
  if (!found) return null;
  const shape = isBatched(found) ? array?.shape.slice(1) : array?.shape;
  const attrs = array ? { shape, value: array } : { value: undefined };
  const label = strings.edits.setValue(found.label || found.id);
  return edit(label, [{ type: 'setAttrs', node, attrs }], mergeKey);
}

/** Gives one example of a batched source its value, typed into a replica. */
function setExample(
  store: EditorApi,
  { node, example }: Replica,
  array: NdArray | undefined,
  mergeKey?: string,
): GraphError | null {
  const { editor, edit } = store.getState();
  const found = indexOf(editor.document).nodes.get(node);
  const held = found && heldValue(found);
  if (!held) return null;
  const own = held.shape.slice(1);
  if (!array || !sameShape(array.shape, own)) {
    const name = found.label || found.id;
    return new GraphError('bad-edit', replicating.sameShape(name, formatShape(own)), { node });
  }
  const data = held.data.slice();
  data.set(array.data, example * array.data.length);
  const attrs = { value: { shape: held.shape, data } };
  return edit(
    strings.edits.setValue(found.label || found.id),
    [{ type: 'setAttrs', node, attrs }],
    mergeKey,
  );
}

/** Makes a node the loss, or, where it is, takes that back. */
export function toggleLoss(store: EditorApi, node: NodeId): void {
  const { editor, edit } = store.getState();
  const found = indexOf(editor.document).nodes.get(node);
  if (!found) return;
  const is = editor.document.loss?.node === node;
  const loss = is ? undefined : { node, seed: 1 };
  const label = is ? strings.edits.noLoss : strings.edits.markLoss(found.label || found.id);
  edit(label, [{ type: 'setLoss', loss }]);
}

/** Runs the film to the selected wire or node; at once for those who asked for stillness. */
export function runToSelected(store: EditorApi): void {
  const { selection, runTo, quiz, workspace, setWorkspace } = store.getState();
  const subject = subjectOf(selection);
  // The film would tell the answers.
  if (quiz || workspace === 'train') return;
  if (workspace !== 'trace') setWorkspace('trace');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const how = still ? 'jump' : 'play';
  if (subject.kind === 'wire') runTo({ wire: subject.id }, how);
  else if (subject.kind === 'node') runTo({ node: subject.id }, how);
}

/** Fans the batch out into replicas, or back; says why where that cannot be drawn. */
export function toggleReplicas(store: EditorApi): void {
  const { replicas, setReplicas, showBubble, announce } = store.getState();
  const refused = setReplicas(!replicas);
  if (refused) {
    showBubble({ message: refused.message, x: 24, y: 72 });
    return;
  }
  const examples = store.getState().replicas?.examples;
  announce(examples === undefined ? replicating.closed : replicating.shown(examples));
}

/** Takes what the overlay shows over into the document; why not, where that cannot be. */
export function keepOverlay(store: EditorApi): void {
  const { overlay, editor, registry, setOverlay, edit } = store.getState();
  if (!overlay) return;
  const ended = atEnd(store);
  setOverlay(null);
  edit(overlaying.kept(overlay.title), editsOf(editor.document, overlay, registry));
  if (ended) toEnd(store);
}

/** Shows the document's own values again. */
export function leaveOverlay(store: EditorApi): void {
  const ended = atEnd(store);
  store.getState().setOverlay(null);
  if (ended) toEnd(store);
  store.getState().announce(overlaying.left);
}

/** Whether all numbers are seen. */
function atEnd(store: EditorApi): boolean {
  const { film, trace } = store.getState();
  return film.at >= trace.steps.length - 1;
}

function toEnd(store: EditorApi): void {
  const { seek, trace } = store.getState();
  seek(trace.steps.length - 1);
}

export function selectAll(store: EditorApi): void {
  const { trace, inside, replicas, registry, select } = store.getState();
  const { nodes, groupOf, wires } = viewOf(trace.document, registry, replicas ? null : inside);
  select({
    nodes: new Set([...nodes.map(({ id }) => id), ...groupOf.keys()]),
    wires: new Set(wires.map(({ wire }) => wire.id)),
  });
}
