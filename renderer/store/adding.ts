import {
  applyEdit,
  type Edit,
  type Endpoint,
  emptyDocument,
  freshNodeId,
  freshWireId,
  type GraphDocument,
  GraphError,
  type GraphNode,
  indexOf,
  insertOnWire,
  type NodeId,
  nodeId,
  type Position,
  refusal,
  type WireId,
} from '#graph';
import { inputPorts, type Operation, outputPort } from '#ops';
import type { NdArray } from '#tensor';
import { strings } from '../strings/en.ts';
import { wiring } from '../strings/en-wiring.ts';
import { freshLabel } from './names.ts';
import { subjectOf } from './selection.ts';
import type { EditorApi, EditorStore } from './store.ts';

/** New nodes, alone, on a wire, or at the end of one. */

/** Adds a node of this operation and selects it; on a wire where one is given and it fits there. */
export function addNode(
  store: EditorApi,
  op: string,
  position: Position,
  on: WireId | null = null,
): NodeId | null {
  const { editor, registry } = store.getState();
  const operation = registry.get(op);
  if (!operation) return null;
  const added = { type: 'addNode', node: freshNode(editor.document, operation, position) } as const;
  const inserting = on && insertingNew(store, added, on);
  const label = inserting ? wiring.insert(operation.title) : strings.edits.add(operation.title);
  return applyAdding(store, label, [added, ...(inserting || [])], added.node);
}

/** Adds a constant of this value and selects it. */
export function addConstant(
  store: EditorApi,
  value: NdArray,
  position: Position,
  beside: Beside | null = null,
): NodeId | null {
  const { editor, registry } = store.getState();
  const operation = registry.get('constant');
  if (!operation) return null;
  const attrs = { shape: value.shape, value };
  const node = { ...freshNode(editor.document, operation, position), attrs };
  const wire = beside?.startsAt === 'target' && wireOf(editor.document, node.id, beside);
  const edits: Edit[] = [{ type: 'addNode', node }, ...(wire ? [wire] : [])];
  return applyAdding(store, strings.edits.add(operation.title), edits, node);
}

/** A port that a new node is wired to: the output it takes from, or the input it feeds. */
export interface Beside {
  readonly port: Endpoint;
  /** Which end of the wire that port is. */
  readonly startsAt: 'source' | 'target';
}

/** Adds a node and the wire to the port beside it, as one step; without the wire where none fits. */
export function addBeside(
  store: EditorApi,
  op: string,
  position: Position,
  beside: Beside,
): NodeId | null {
  const { editor, registry } = store.getState();
  const operation = registry.get(op);
  if (!operation) return null;
  const node = freshNode(editor.document, operation, position);
  const port = portBeside(store.getState(), operation, beside);
  const wire = port && wireOf(editor.document, node.id, beside, port);
  const edits: Edit[] = [{ type: 'addNode', node }, ...(wire ? [wire] : [])];
  return applyAdding(store, strings.edits.add(operation.title), edits, node);
}

/** Whether a new node of this operation can be wired to that port. */
export function fitsBeside(state: EditorStore, operation: Operation, beside: Beside): boolean {
  return portBeside(state, operation, beside) !== null;
}

/** The output of the one selected node, which a new node may take from. */
export function selectedOutput({ selection, editor }: EditorStore): Beside | null {
  const subject = subjectOf(selection);
  if (subject.kind !== 'node' || !indexOf(editor.document).nodes.has(subject.id)) return null;
  return { port: { node: subject.id, port: outputPort }, startsAt: 'source' };
}

/** Whether a new node of this operation could be put on a wire. */
export function couldInsert(store: EditorApi, operation: Operation, on: WireId): boolean {
  const node = freshNode(store.getState().editor.document, operation, { x: 0, y: 0 });
  return insertingNew(store, { type: 'addNode', node }, on) !== null;
}

function applyAdding(
  store: EditorApi,
  label: string,
  edits: readonly Edit[],
  { id }: GraphNode,
): NodeId | null {
  const { edit, select } = store.getState();
  if (edit(label, edits)) return null;
  select({ nodes: new Set([id]), wires: new Set() });
  return id;
}

function freshNode(
  document: GraphDocument,
  { id: op, group }: Operation,
  position: Position,
): GraphNode {
  const label = freshLabel(document, op);
  const id = freshNodeId(document, group === 'sources' ? label : op);
  return { id, op, label, attrs: {}, position };
}

/** The edits that lead a wire through a node which is only about to be added; null where it does not fit there. */
function insertingNew(
  store: EditorApi,
  added: Extract<Edit, { type: 'addNode' }>,
  on: WireId,
): readonly Edit[] | null {
  const { editor, registry } = store.getState();
  const edits = insertOnWire(
    applyEdit(editor.document, added, registry),
    registry,
    added.node.id,
    on,
  );
  return edits instanceof GraphError ? null : edits;
}

function wireOf(
  document: GraphDocument,
  node: NodeId,
  { port: known, startsAt }: Beside,
  port: string = outputPort,
): Edit {
  const own = { node, port };
  const ends = startsAt === 'source' ? { from: known, to: own } : { from: own, to: known };
  return { type: 'addWire', wire: { id: freshWireId(document), ...ends } };
}

/** The first port of a new node that takes what comes. */
function portBeside(
  { trace, registry }: EditorStore,
  operation: Operation,
  { port, startsAt }: Beside,
): string | null {
  if (startsAt === 'target') return outputPort;
  // Nothing but a source in the form of that output: enough to ask what takes it..
  const { shape = [], batched = false } = trace.nodes.get(port.node)?.value ?? {};
  const origin = { x: 0, y: 0 };
  const attrs = { shape, batched };
  const source = { id: nodeId('source'), op: 'input', label: '', attrs, position: origin };
  const alone = applyEdit(emptyDocument(''), { type: 'addNode', node: source }, registry);
  const fresh = freshNode(alone, operation, origin);
  const tried = applyEdit(alone, { type: 'addNode', node: fresh }, registry);
  const from = { node: source.id, port: outputPort };
  const known = trace.nodes.get(port.node)?.value !== undefined;
  const fits = ({ name }: { readonly name: string }) =>
    !known || refusal(tried, registry, from, { node: fresh.id, port: name }) === null;
  // As it is once it is added, its attributes filled in.
  const { attrs: filled = {} } = indexOf(tried).nodes.get(fresh.id) ?? {};
  return inputPorts(operation, filled, []).find(fits)?.name ?? null;
}
