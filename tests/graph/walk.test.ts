import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type EditorState,
  type GraphDocument,
  GraphError,
  nodeId,
  openEditor,
  readDocument,
  readParsed,
  redo,
  transact,
  undo,
  writeDocument,
} from '#graph';
import { lessons } from '#lessons';
import { catalogue, findPort } from '#ops';
import { graphSeeds, randomGraph } from '../support/random-graphs.ts';
import { badMoves, type Dice, moves } from '../support/walk.ts';

const walks = 20;
const stepsOfWalk = 100;

const text = (document: GraphDocument) => writeDocument(document, catalogue);

/** What must hold of every document, thought out anew: none of `src/graph` is asked. */
function brokenInvariants({ nodes, wires, frames, loss }: GraphDocument): string[] {
  const broken: string[] = [];
  const hold = (what: string, holds: boolean) => {
    if (!holds) broken.push(what);
  };
  const ids = new Map(nodes.map((node) => [node.id, node]));
  hold('node ids are unique', ids.size === nodes.length);
  hold('wire ids are unique', new Set(wires.map(({ id }) => id)).size === wires.length);
  hold('frame ids are unique', new Set(frames.map(({ id }) => id)).size === frames.length);
  const ports = new Set(wires.map(({ to }) => `${to.node} ${to.port}`));
  hold('no input has two wires', ports.size === wires.length);
  const next = new Map<string, string[]>();
  for (const { id, from, to } of wires) {
    const target = ids.get(to.node);
    const operation = catalogue.get(target?.op ?? '');
    hold(`${id} starts at an output`, ids.has(from.node) && from.port === 'out');
    hold(
      `${id} ends at an input`,
      Boolean(target && operation && findPort(operation, target.attrs, to.port)),
    );
    next.set(from.node, [...(next.get(from.node) ?? []), to.node]);
  }
  const state = new Map<string, 'open' | 'done'>();
  const visit = (id: string): boolean => {
    if (state.has(id)) return state.get(id) === 'done';
    state.set(id, 'open');
    const fine = (next.get(id) ?? []).every(visit);
    state.set(id, 'done');
    return fine;
  };
  hold('there is no cycle', nodes.map(({ id }) => visit(id)).every(Boolean));
  for (const frame of frames) {
    hold(`${frame.id} holds something`, frame.nodes.length > 0);
    hold(
      `the nodes of ${frame.id} exist`,
      frame.nodes.every((id) => ids.has(id)),
    );
    hold(
      `the nodes of ${frame.id} are in it once`,
      new Set(frame.nodes).size === frame.nodes.length,
    );
  }
  hold('the loss exists', !loss || ids.has(loss.node));
  return broken;
}

/** The names that nodes have in common. */
function sharedNames({ nodes }: GraphDocument): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { label } of nodes) {
    if (label !== '' && seen.has(label)) shared.add(label);
    seen.add(label);
  }
  return shared;
}

/** The editor, and the text that every state on the way back and on the way forth must have. */
class Walk {
  editor: EditorState;
  readonly past: string[] = [];
  readonly future: string[] = [];

  constructor(document: GraphDocument) {
    this.editor = openEditor(document);
  }

  step(kind: string, dice: Dice): void {
    const before = text(this.editor.document);
    if (kind === 'undo') {
      this.editor = undo(this.editor);
      const expected = this.past.pop();
      if (expected !== undefined) this.future.push(before);
      expect(text(this.editor.document)).toBe(expected ?? before);
    } else if (kind === 'redo') {
      this.editor = redo(this.editor);
      const expected = this.future.pop();
      if (expected !== undefined) this.past.push(before);
      expect(text(this.editor.document)).toBe(expected ?? before);
    } else this.#edit(kind, dice, before);
    expect(brokenInvariants(this.editor.document)).toEqual([]);
    const read = readDocument(text(this.editor.document), catalogue);
    expect(read.repairs).toEqual([]);
    expect(read.document).toEqual(this.editor.document);
  }

  #edit(kind: string, dice: Dice, before: string): void {
    const { editor } = this;
    const bad = badMoves[kind];
    const edits = (bad ?? moves[kind])?.(editor.document, dice) ?? [];
    if (edits instanceof GraphError) return;
    // Now and then several moves become one step, as a drag does.
    const merging = kind === 'moveNodes' && dice[2] % 2 === 0;
    const transaction = { label: kind, edits, ...(merging ? { mergeKey: 'drag' } : {}) };
    try {
      this.editor = transact(editor, transaction, catalogue);
      expect(bad && kind).toBeUndefined();
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      // Only a wire that would close a cycle, and attributes that do not fit, are not known beforehand.
      if (!bad) expect(['addWire', 'setSampleAttrs', 'setValue', 'setExpression']).toContain(kind);
      expect(this.editor).toBe(editor);
      expect(text(editor.document)).toBe(before);
      return;
    }
    if (this.editor === editor) return;
    if (kind === 'paste') {
      const shared = sharedNames(editor.document);
      const after = sharedNames(this.editor.document);
      expect([...after].filter((name) => !shared.has(name))).toEqual([]);
    }
    if (this.editor.past.length > this.past.length) this.past.push(before);
    else expect(merging).toBe(true);
    this.future.length = 0;
  }
}

const kinds = [
  ...Object.keys(moves).flatMap((kind) => [kind, kind, kind]),
  ...Object.keys(badMoves),
  ...Array.from({ length: 14 }, () => 'undo'),
  ...Array.from({ length: 10 }, () => 'redo'),
];
const dice = fc.tuple(fc.nat(), fc.nat(), fc.nat());
const steps = fc.array(fc.record({ kind: fc.constantFrom(...kinds), dice }), {
  minLength: stepsOfWalk,
  maxLength: stepsOfWalk,
});

/** Where a walk starts: a random graph, a worked example, or one whose ids are as long as they may be. */
const starts = fc.oneof(
  graphSeeds.map(randomGraph),
  fc.constantFrom(...lessons.map(({ file }) => readParsed(file, catalogue).document)),
  graphSeeds.map((seed) => withLongIds(randomGraph(seed))),
);

function withLongIds(document: GraphDocument): GraphDocument {
  const long = (id: string) => nodeId(id.padEnd(200, '-'));
  return {
    ...document,
    nodes: document.nodes.map((node) => ({ ...node, id: long(node.id) })),
    wires: document.wires.map((wire) => ({
      ...wire,
      from: { ...wire.from, node: long(wire.from.node) },
      to: { ...wire.to, node: long(wire.to.node) },
    })),
    loss: document.loss && { ...document.loss, node: long(document.loss.node) },
  };
}

it('2,000 random edits, undos and redos keep every invariant, and lead back and forth to the same bytes', () => {
  fc.assert(
    fc.property(starts, steps, (document, list) => {
      const walk = new Walk(document);
      for (const { kind, dice: thrown } of list) walk.step(kind, thrown);
      while (walk.editor.future.length > 0) walk.step('redo', [0, 0, 0]);
      const end = text(walk.editor.document);
      while (walk.editor.past.length > 0) walk.step('undo', [0, 0, 0]);
      expect(walk.editor.document).toBe(document);
      while (walk.editor.future.length > 0) walk.step('redo', [0, 0, 0]);
      expect(text(walk.editor.document)).toBe(end);
    }),
    // Shrinking a walk takes minutes; its seed and its steps tell enough.
    { numRuns: walks, endOnFailure: true },
  );
});
