import { createStore, type StoreApi } from 'zustand';
import {
  type Edit,
  type EditorState,
  type FrameId,
  type GraphDocument,
  GraphError,
  indexOf,
  isDirty,
  markSaved,
  type NodeId,
  openEditor,
  pathTo,
  type Replicas,
  redo,
  replicas,
  transact,
  undo,
  type WireId,
  wholeGroups,
} from '#graph';
import type { Registry } from '#ops';
import type { Trace } from '#trace';
import { defaultDisplay, type NumberDisplay, Numbers } from '../format/numbers.ts';
import type { FileRef } from '../host/index.ts';
import { overlaying } from '../strings/en-overlay.ts';
import { replicating } from '../strings/en-replicas.ts';
import {
  type Film,
  type FilmSection,
  filmAfterEdit,
  filmOf,
  paused,
  sectionEnds,
  stepOf,
} from './film.ts';
import { isUnder, type Overlay, overlaid } from './overlay.ts';
import type { Quiz } from './quiz.ts';
import { retrace } from './retrace.ts';
import { nothingSelected, type Selection, stillThere } from './selection.ts';

export type Workspace = 'build' | 'trace' | 'train';
export type ThemeChoice = 'system' | 'light' | 'dark' | 'contrast';

/** The document's place on disk; without a `ref` it was never saved. */
export interface DocumentFile {
  readonly ref: FileRef | null;
  readonly name: string;
  /** What there is to see in it, for a worked example. */
  readonly about?: string;
  /** How its numbers are best shown, for a worked example. */
  readonly display?: NumberDisplay;
}

/** A sentence at a place on the screen, in CSS pixels. */
export interface Bubble {
  readonly message: string;
  readonly x: number;
  readonly y: number;
}

export interface EditorData {
  readonly editor: EditorState;
  /**
   * Always of `editor`'s revision: there is no moment at which it is stale. Its document is the one that is
   * shown: the editor's, with the overlay on it, and fanned out into replicas.
   */
  readonly trace: Trace;
  /** While there are any, they are shown in place of the document, which knows nothing of them. */
  readonly replicas: Replicas | null;
  /** While there is one, its values are shown in place of the document's. */
  readonly overlay: Overlay | null;
  /** One for each document that was opened: results that come late ask for it. */
  readonly documentKey: number;
  readonly file: DocumentFile;
  readonly workspace: Workspace;
  readonly film: Film;
  /** While there is one, the gradients are hidden until they are answered. */
  readonly quiz: Quiz | null;
  /** The frame that is seen from inside; all of the graph without one. */
  readonly inside: FrameId | null;
  readonly selection: Selection;
  /** The source whose value is being typed on the canvas. */
  readonly editing: NodeId | null;
  /** Why the last gesture was refused. */
  readonly bubble: Bubble | null;
  /** Said to a screen reader. */
  readonly announcement: string;
  readonly theme: ThemeChoice;
  readonly presenting: boolean;
  /** Whether the details stand beside the canvas; else over it, and only while something is selected. */
  readonly detailsBeside: boolean;
  /** How numbers are written now. */
  readonly numbers: Numbers;
  /** What was chosen for all documents; a worked example may open with its own. */
  readonly chosenDisplay: NumberDisplay;
}

export interface EditorActions {
  /** Changes the document; the refusal where an edit is not possible. Nothing else changes it. */
  edit(label: string, edits: readonly Edit[], mergeKey?: string): GraphError | null;
  undo(): void;
  redo(): void;
  /** Puts another document in place of this one. Unsaved changes have been settled before. */
  open(document: GraphDocument, file: DocumentFile, options?: { readonly saved?: boolean }): void;
  saved(document: GraphDocument, file: DocumentFile): void;
  setWorkspace(workspace: Workspace): void;
  select(selection: Partial<Selection>): void;
  selectNode(id: NodeId): void;
  selectWire(id: WireId): void;
  beginEditing(id: NodeId | null): void;
  seek(at: number): void;
  setPlaying(playing: boolean): void;
  setSpeed(speed: number): void;
  /** Which part of the film is played, and whether it starts over at its end. */
  setSection(section: FilmSection): void;
  setLoop(loop: boolean): void;
  /** Plays the film up to where a wire's gradient, or a node's total, is known; jumps back where it is past that. */
  runTo(place: { wire: WireId } | { node: NodeId }, how: 'play' | 'jump'): void;
  showBubble(bubble: Bubble | null): void;
  announce(message: string): void;
  setTheme(theme: ThemeChoice): void;
  setPresenting(presenting: boolean): void;
  setDetailsBeside(detailsBeside: boolean): void;
  /** Shows a frame from inside, or all of the graph again. */
  enter(frame: FrameId | null): void;
  /** Fans the batch out into one copy per example, or back; why not, where that cannot be drawn. */
  setReplicas(shown: boolean): GraphError | null;
  /** Shows other values than the document's, or its own again. */
  setOverlay(overlay: Overlay | null): void;
  /** Chooses how numbers are written, here and in documents to come. */
  setDisplay(display: NumberDisplay): void;
}

export type EditorStore = EditorData & EditorActions & { readonly registry: Registry };
export type EditorApi = StoreApi<EditorStore>;

/** The one store of an editor window, on its first document. */
export function createEditorStore(
  registry: Registry,
  document: GraphDocument,
  file: DocumentFile,
): EditorApi {
  const editor = openEditor(document);
  const display = file.display ?? defaultDisplay;
  const trace = retrace(editor, registry, display);
  return createStore<EditorStore>()((set, get) => {
    /** Everything that follows from a changed document, or from another way to show it, in one update. */
    const show = (
      next: EditorState,
      fanned: Replicas | null,
      overlay: Overlay | null = get().overlay,
    ): void => {
      const { trace: before, film, selection, editing, numbers, inside } = get();
      const document = fanned?.document ?? overlaid(next.document, overlay, registry);
      const within = fanned ? null : frameStillThere(next.document, inside);
      const after = retrace({ ...next, document }, registry, numbers.display, before);
      set({
        editor: next,
        trace: after,
        replicas: fanned,
        overlay,
        film: filmAfterEdit(film, before, after),
        inside: within,
        selection: whole(stillThere(selection, document), document, within),
        editing: editing && document.nodes.some(({ id }) => id === editing) ? editing : null,
        bubble: null,
      });
    };
    const follow = (next: EditorState): void => {
      const { editor: now, replicas: shown } = get();
      if (next === now) return;
      if (!shown) {
        show(next, null);
        return;
      }
      const fanned = fanOut(overlaid(next.document, get().overlay, registry), registry);
      show(next, fanned instanceof GraphError ? null : fanned);
      if (fanned instanceof GraphError) set({ announcement: fanned.message });
    };
    return {
      registry,
      editor,
      trace,
      replicas: null,
      overlay: null,
      documentKey: 1,
      file,
      workspace: 'build',
      film: filmOf(trace, -1, paused),
      quiz: null,
      inside: null,
      selection: nothingSelected,
      editing: null,
      bubble: null,
      announcement: '',
      theme: 'system',
      presenting: false,
      detailsBeside: true,
      numbers: new Numbers(display),
      chosenDisplay: defaultDisplay,

      edit: (label, edits, mergeKey) => {
        const { replicas: shown, overlay, editor: now } = get();
        const why =
          shown && !edits.every((one) => reachesDocument(one, now.document))
            ? replicating.closeFirst
            : overlay && edits.some((one) => isUnder(one, overlay))
              ? overlaying.closeFirst
              : undefined;
        if (why !== undefined) {
          const refused = new GraphError('bad-edit', why);
          get().showBubble({ message: refused.message, ...middle() });
          return refused;
        }
        try {
          follow(
            transact(
              get().editor,
              {
                label,
                edits: joining(edits, get()),
                ...(mergeKey === undefined ? {} : { mergeKey }),
              },
              registry,
            ),
          );
          return null;
        } catch (error) {
          if (error instanceof GraphError) return error;
          throw error;
        }
      },
      undo: () => follow(undo(get().editor)),
      redo: () => follow(redo(get().editor)),
      open: (opened, openedFile, { saved = true } = {}) => {
        const next = openEditor(opened, { saved });
        const { chosenDisplay, numbers } = get();
        const nextDisplay = openedFile.display ?? chosenDisplay;
        const nextTrace = retrace(next, registry, nextDisplay);
        set(({ documentKey, film }) => ({
          numbers: nextDisplay === numbers.display ? numbers : new Numbers(nextDisplay),
          editor: next,
          trace: nextTrace,
          replicas: null,
          overlay: null,
          documentKey: documentKey + 1,
          file: openedFile,
          film: filmOf(nextTrace, -1, { ...film, playing: false, until: undefined }),
          quiz: null,
          inside: null,
          selection: nothingSelected,
          editing: null,
          bubble: null,
        }));
      },
      saved: (document, savedFile) =>
        set(({ editor: now }) => ({ editor: markSaved(now, document), file: savedFile })),
      setWorkspace: (workspace) => {
        // What trains is the graph as it is drawn.
        if (workspace === 'train' && get().replicas) show(get().editor, null);
        set(({ film, quiz }) => ({
          workspace,
          film: { ...film, playing: false, until: undefined },
          quiz: workspace === 'train' ? null : quiz,
        }));
      },
      select: (selection) =>
        set(({ trace: now, inside }) => ({
          selection: whole({ ...nothingSelected, ...selection }, now.document, inside),
        })),
      selectNode: (id) => get().select({ nodes: new Set([id]) }),
      selectWire: (id) => set({ selection: { ...nothingSelected, wires: new Set([id]) } }),
      beginEditing: (editing) => set({ editing }),
      seek: (at) => set(({ trace: now, film }) => ({ film: filmOf(now, at, film) })),
      setPlaying: (playing) =>
        set(({ trace: now, film }) => {
          if (!playing) return { film: { ...film, playing, until: undefined } };
          // At the end of what is played, or outside of it, playing starts over.
          const { start, end } = sectionEnds(now.steps, film.section);
          const at = film.at >= end || film.at < start ? start : film.at;
          return { film: filmOf(now, at, { ...film, playing: end > start, until: undefined }) };
        }),
      setSpeed: (speed) => set(({ film }) => ({ film: { ...film, speed } })),
      setSection: (section) => set(({ film }) => ({ film: { ...film, section } })),
      setLoop: (loop) => set(({ film }) => ({ film: { ...film, loop } })),
      runTo: (place, how) =>
        set(({ trace: now, film }) => {
          const step = stepOf(now, place);
          if (step === undefined) return {};
          const runs = how === 'play' && film.at < step;
          return {
            film: filmOf(now, runs ? film.at : step, {
              ...film,
              playing: runs,
              until: runs ? step : undefined,
            }),
          };
        }),
      showBubble: (bubble) =>
        set(bubble ? { bubble, announcement: bubble.message } : { bubble: null }),
      announce: (announcement) => set({ announcement }),
      setTheme: (theme) => set({ theme }),
      setPresenting: (presenting) => set({ presenting }),
      setDetailsBeside: (detailsBeside) => set({ detailsBeside }),
      enter: (frame) => {
        const { editor: now, replicas: fanned, inside } = get();
        const next = fanned ? null : frameStillThere(now.document, frame);
        if (next !== inside) set({ inside: next, selection: nothingSelected, editing: null });
      },
      setReplicas: (shown) => {
        const { editor: now, trace: before, film, overlay } = get();
        const fanned = shown ? fanOut(overlaid(now.document, overlay, registry), registry) : null;
        if (fanned instanceof GraphError) return fanned;
        const ended = film.at >= before.steps.length - 1;
        show(now, fanned);
        set({ quiz: null });
        // Whoever saw all numbers sees all of them again.
        if (ended) get().seek(get().trace.steps.length - 1);
        return null;
      },
      setOverlay: (overlay) => {
        show(get().editor, null, overlay);
        set({ quiz: null });
      },
      setDisplay: (chosen) => {
        const { editor: now, trace: before, film } = get();
        const after = retrace({ ...now, document: before.document }, registry, chosen, before);
        set({
          numbers: new Numbers(chosen),
          // Rounding like the blackboard is for now: a new document starts with the numbers as they are.
          chosenDisplay: { ...chosen, blackboard: false },
          trace: after,
          film: filmAfterEdit(film, before, after),
        });
      },
    };
  });
}

function frameStillThere({ frames }: GraphDocument, frame: FrameId | null): FrameId | null {
  return frames.some(({ id }) => id === frame) ? frame : null;
}

/** A group is selected as a whole: nobody sees what of it is. */
function whole(selection: Selection, document: GraphDocument, inside: FrameId | null): Selection {
  const nodes = wholeGroups(document, inside, selection.nodes);
  return nodes === selection.nodes ? selection : { ...selection, nodes };
}

/** The edits, and that what they add becomes part of the frame which is seen from inside, and of those around it. */
function joining(
  edits: readonly Edit[],
  { editor, inside, replicas: fanned }: EditorData,
): readonly Edit[] {
  if (inside === null || fanned) return edits;
  const known = indexOf(editor.document).nodes;
  const added = edits.flatMap((one) => {
    if (one.type === 'addNode') return [one.node.id];
    return one.type === 'replaceNodes' && one.nodes.length === 0 ? one.by.map(({ id }) => id) : [];
  });
  const nodes = added.filter((id) => !known.has(id));
  if (nodes.length === 0) return edits;
  return [
    ...edits,
    ...pathTo(editor.document, inside).map(
      ({ id }): Edit => ({ type: 'joinFrame', frame: id, nodes }),
    ),
  ];
}

/** Where a refusal stands that belongs to no place: at the top of the window, in the middle. */
function middle(): Pick<Bubble, 'x' | 'y'> {
  return { x: Math.max(16, window.innerWidth / 2 - 160), y: 104 };
}

/** Whether an edit may be made while replicas are shown: numbers and names of what stands in the document itself, and notes. */
function reachesDocument(edit: Edit, document: GraphDocument): boolean {
  switch (edit.type) {
    case 'setAttrs':
    case 'setLabel':
      return indexOf(document).nodes.has(edit.node);
    case 'addNote':
    case 'setNote':
    case 'removeNotes':
    case 'setTitle':
    case 'setTraining':
      return true;
    default:
      return false;
  }
}

/** The replicas, or why there are none. */
function fanOut(document: GraphDocument, registry: Registry): Replicas | GraphError {
  try {
    return replicas(document, registry);
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

/** Whether the document has changes that its file has not. */
export function hasUnsavedChanges({ editor }: Pick<EditorData, 'editor'>): boolean {
  return isDirty(editor);
}
