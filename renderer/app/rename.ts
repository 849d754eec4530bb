import { beginNaming } from '../canvas/index.ts';
import { type EditorApi, subjectOf } from '../store/index.ts';

/** Names the selected wire where it is drawn, the selected node in its details. */
export function renameSelected(store: EditorApi): void {
  const { selection, workspace } = store.getState();
  const subject = subjectOf(selection);
  if (workspace === 'train') return;
  if (subject.kind === 'wire') beginNaming(subject.id);
  if (subject.kind === 'node') {
    // The details may have to be drawn first.
    setTimeout(() => {
      const field = document.querySelector<HTMLInputElement>('.inspector .text-field');
      field?.focus();
      field?.select();
    });
  }
}
