import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Edit,
  freshNoteId,
  type GraphDocument,
  type Note,
  noteId,
  openEditor,
  readDocument,
  readParsed,
  redo,
  transact,
  undo,
  writeDocument,
} from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';

const first = readParsed(product.file, catalogue).document;
const note = (id: string, more: Partial<Note> = {}): Note => ({
  id: noteId(id),
  text: '# The chain rule\n$\\frac{\\partial L}{\\partial x}$',
  position: { x: -40, y: 12.5 },
  width: 260,
  ...more,
});
const noted = (entry: unknown) =>
  readParsed({ ...product.file, notes: Array.isArray(entry) ? entry : [entry] }, catalogue);

function edited(document: GraphDocument, ...edits: Edit[]): GraphDocument {
  const label = 'Change notes';
  const before = openEditor(document);
  const state = transact(before, { label, edits }, catalogue);
  expect(undo(state).document).toBe(document);
  expect(redo(undo(state)).document).toBe(state.document);
  return state.document;
}

describe('notes', () => {
  it('are added, changed and removed by edits, and nothing else changes', () => {
    const added = edited(first, { type: 'addNote', note: note('note') });
    expect(added.notes).toEqual([note('note')]);
    expect(freshNoteId(added)).toBe('note2');
    const changes = { text: 'Short.', height: 90, color: 'green' };
    const changed = edited(added, { type: 'setNote', note: noteId('note'), changes });
    expect(changed.notes).toEqual([note('note', changes)]);
    const plain = { height: undefined, color: undefined, position: { x: 0, y: 0 } };
    const moved = edited(changed, { type: 'setNote', note: noteId('note'), changes: plain });
    expect(moved.notes).toEqual([note('note', { text: 'Short.', position: { x: 0, y: 0 } })]);
    expect(edited(moved, { type: 'removeNotes', notes: [noteId('note')] })).toEqual(first);
    expect(moved.nodes).toBe(first.nodes);
    expect(moved.wires).toBe(first.wires);
  });

  it('are refused with an id that is taken, or where there is none', () => {
    const added = edited(first, { type: 'addNote', note: note('a') });
    expect(() => edited(added, { type: 'addNote', note: note('a') })).toThrow('a note “a” already');
    expect(() => edited(added, { type: 'setNote', note: noteId('b'), changes: {} })).toThrow(
      'no note “b”',
    );
  });

  it('are the same after writing and reading, with what a later version says of them', () => {
    const entry = { ...note('a', { height: 80, color: 'purple' }), pinned: { to: 'add' } };
    const { document, repairs } = noted([entry, note('b', { text: '' })]);
    expect(repairs).toEqual([]);
    expect(document.notes[0]?.rest).toEqual({ pinned: { to: 'add' } });
    const text = writeDocument(document, catalogue);
    expect(JSON.parse(text).notes).toEqual([entry, note('b', { text: '' })]);
    expect(readDocument(text, catalogue).document).toEqual(document);
    expect(writeDocument(readDocument(text, catalogue).document, catalogue)).toBe(text);
  });

  it.each([
    ['another form', { text: 'as it once was' }],
    ['no text', { ...note('a'), text: 7 }],
    ['no width', { ...note('a'), width: -3 }],
    ['a place that is none', { ...note('a'), position: { x: 'left', y: 0 } }],
  ])('with %s are kept as they are', (_, entry) => {
    const { document, repairs } = noted(entry);
    expect(repairs).toEqual([]);
    expect(document.notes).toEqual([]);
    expect(JSON.parse(writeDocument(document, catalogue)).notes).toEqual([entry]);
  });

  it('with an id for the second time are kept, though not shown', () => {
    const { document } = noted([note('a'), note('a', { text: 'again' })]);
    expect(document.notes).toEqual([note('a')]);
    expect(document.otherNotes).toEqual([note('a', { text: 'again' })]);
  });

  it('that are no object are left out and reported', () => {
    expect(noted([17, note('a')]).repairs.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Entry 1 of “notes” was left out/),
    ]);
    expect(readParsed({ ...product.file, notes: 'none' }, catalogue).repairs).toHaveLength(1);
  });

  it('never make a document unreadable, and nothing of them is lost', () => {
    const place = fc.integer({ min: -1e6, max: 1e6 });
    const likely = fc.record(
      {
        id: fc.oneof(fc.string(), fc.integer()),
        text: fc.oneof(fc.string(), fc.constant(null)),
        position: fc.oneof(fc.record({ x: place, y: place }), fc.jsonValue()),
        width: fc.oneof(fc.integer(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(likely), (entries) => {
        const { document, repairs } = noted(entries);
        expect(repairs).toEqual([]);
        const kept: unknown[] = JSON.parse(writeDocument(document, catalogue)).notes;
        const inOrder = (list: readonly unknown[]) =>
          list.map((each) => JSON.stringify(each)).sort();
        expect(inOrder(kept)).toEqual(inOrder(JSON.parse(JSON.stringify(entries))));
      }),
    );
  });
});
