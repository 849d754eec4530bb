import { type GraphDocument, writeDocument } from '#graph';
import type { Host } from '../host/index.ts';
import { type EditorApi, hasUnsavedChanges } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { filing } from '../strings/en-files.ts';

/** From an edit to its copy: however many edits follow, the copy is never a second behind. */
const delay = 300;
/** Where writing out a document takes the page long, editing gets the larger share of its time; the disk has its own. */
const share = 4;

/** While there are unsaved changes, a copy of them is where a crash cannot reach it. Returns the end of it. */
export function keepRecovery(store: EditorApi, host: Host): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let cost = 0;
  /** Of the first edit that the copy being written does not hold. */
  let editedAt: number | undefined;
  /** What the copy holds; nothing while there is none. */
  let kept: GraphDocument | undefined;
  let ended = false;
  let told = false;

  const keep = async () => {
    const { editor, registry, file } = store.getState();
    const before = performance.now();
    editedAt = undefined;
    if (hasUnsavedChanges(store.getState())) {
      kept = editor.document;
      const text = writeDocument(editor.document, registry);
      const name = file.name || strings.untitled;
      const keeping = host.recovery.keep(text, { name, ref: file.ref });
      cost = performance.now() - before;
      const outcome = await keeping;
      if (!outcome.ok && !told) {
        told = true;
        store.getState().announce(filing.recovery.notKept(outcome.message));
        store.getState().showBubble({
          message: filing.recovery.notKept(outcome.message),
          x: window.innerWidth / 2,
          y: 64,
        });
      }
    } else if (kept !== undefined) {
      // Undone to what the file holds.
      kept = undefined;
      await host.recovery.discard();
    }
    timer = undefined;
    if (store.getState().editor.document !== editor.document) schedule();
    else editedAt = undefined;
  };
  const schedule = () => {
    if (ended) return;
    const now = performance.now();
    editedAt ??= now;
    if (timer !== undefined) return;
    // What was edited while the last copy was being written has waited already.
    const wait = Math.max(delay - (now - editedAt), share * cost);
    timer = setTimeout(() => void keep(), wait);
  };
  const end = store.subscribe((state, before) => {
    if (state.editor !== before.editor) schedule();
  });
  return () => {
    ended = true;
    clearTimeout(timer);
    end();
  };
}
