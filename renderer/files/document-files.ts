import {
  emptyDocument,
  type GraphDocument,
  GraphError,
  readDocument,
  readParsed,
  writeDocument,
} from '#graph';
import type { Lesson } from '#lessons';
import type { FileRef, Host, OpenedFile } from '../host/index.ts';
import { type DocumentFile, type EditorApi, hasUnsavedChanges } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { messageStore } from './messages.ts';

/** New, open, save: the document's way from and to files. A document that is open is never lost on the way. */
export class DocumentFiles {
  readonly #store: EditorApi;
  readonly #host: Host;

  constructor(store: EditorApi, host: Host) {
    this.#store = store;
    this.#host = host;
  }

  async newDocument(): Promise<void> {
    if (!(await this.settleChanges())) return;
    this.#replace(emptyDocument(strings.untitled), { ref: null, name: strings.untitled });
  }

  async newFromLesson(lesson: Lesson): Promise<void> {
    if (!(await this.settleChanges())) return;
    const { document } = readParsed(lesson.file, this.#store.getState().registry);
    const { title, text, decimals: digits } = lesson;
    this.#replace(document, {
      ref: null,
      name: title,
      about: text,
      ...(digits === undefined ? {} : { display: { by: 'decimals', digits, blackboard: false } }),
    });
  }

  async open(): Promise<void> {
    const opened = await this.#host.files.open();
    if (!opened.ok) return this.#tellNotOpened('', opened.message);
    if (opened.value) await this.#show(opened.value);
  }

  async openRef(ref: FileRef, name: string): Promise<void> {
    const opened = await this.#host.files.read(ref);
    if (!opened.ok) return this.#tellNotOpened(name, opened.message);
    await this.#show(opened.value);
  }

  /** False where the person cancelled or it failed. */
  async save({ as = false } = {}): Promise<boolean> {
    const { editor, file } = this.#store.getState();
    return this.#write(editor.document, as ? null : file.ref, false);
  }

  /** Asks what to do with unsaved changes; true where the document may be replaced or closed. */
  async settleChanges(): Promise<boolean> {
    const state = this.#store.getState();
    if (!hasUnsavedChanges(state)) return true;
    const answer = await this.#host.window.confirmUnsaved(state.file.name);
    if (answer === 'save') return this.save();
    if (answer === 'discard') void this.#host.recovery.discard();
    return answer === 'discard';
  }

  /** What an earlier session left behind. */
  async offerRecovery(): Promise<void> {
    const found = await this.#host.recovery.load();
    if (!found.ok || !found.value) return;
    const { text, name, ref, keptAt } = found.value;
    const shownName = name ?? strings.untitled;
    messageStore.getState().show({
      title: strings.files.recovered,
      detail: strings.files.recoveredDetail(shownName, new Date(keptAt).toLocaleString()),
      actions: [
        { label: strings.files.discardRecovery, run: () => void this.#host.recovery.discard() },
        { label: strings.files.recover, run: () => this.#restore(text, shownName, ref) },
      ],
    });
  }

  #restore(text: string, name: string, ref: FileRef | null): void {
    const { registry, open } = this.#store.getState();
    try {
      open(readDocument(text, registry).document, { ref, name }, { saved: false });
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      this.#tellNotOpened(name, error.message);
    }
  }

  async #show({ ref, name, text }: OpenedFile): Promise<void> {
    const { registry } = this.#store.getState();
    let read: ReturnType<typeof readDocument>;
    try {
      read = readDocument(text, registry);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return this.#tellNotOpened(name, error.message);
    }
    // Only now, when there is something to show, are unsaved changes asked about.
    if (!(await this.settleChanges())) return;
    const { document, repairs } = read;
    this.#replace(document, { ref, name }, repairs.length === 0);
    if (repairs.length === 0) return;
    messageStore.getState().show({
      title: strings.files.repaired(name),
      detail: strings.files.repairedDetail(repairs.length),
      list: repairs.map(({ message }) => message),
    });
  }

  /** A document that was repaired differs from its file, and so counts as changed. */
  #replace(document: GraphDocument, file: DocumentFile, saved = true): void {
    this.#store.getState().open(document, file, { saved });
    if (saved) void this.#host.recovery.discard();
  }

  async #write(document: GraphDocument, ref: FileRef | null, overwrite: boolean): Promise<boolean> {
    const { registry, file, saved } = this.#store.getState();
    const result = await this.#host.files.save({
      ref,
      text: writeDocument(document, registry),
      suggestedName: suggestedName(file.name),
      overwrite,
    });
    if (!result.ok) {
      messageStore.getState().show({
        title: strings.files.couldNotSave(file.name),
        detail: result.message,
        list: [strings.files.stillOpen],
      });
      return false;
    }
    const { value } = result;
    if (value.status === 'cancelled') return false;
    if (value.status === 'conflict') {
      const answer = await this.#host.window.confirmConflict(value.name);
      if (answer === 'cancel') return false;
      return this.#write(document, answer === 'saveAs' ? null : value.ref, answer === 'overwrite');
    }
    saved(document, { ref: value.ref, name: value.name });
    void this.#host.recovery.discard();
    return true;
  }

  #tellNotOpened(name: string, why: string): void {
    messageStore.getState().show({
      title: name ? strings.files.couldNotOpen(name) : why,
      detail: name ? why : strings.files.nothingLost,
      ...(name ? { list: [strings.files.nothingLost] } : {}),
    });
  }
}

function suggestedName(name: string): string {
  const { extension } = strings.files;
  if (name.endsWith(extension)) return name;
  const plain = name.replaceAll(/[\\/:*?"<>|]/g, ' ').trim() || strings.untitled;
  return `${plain}${extension}`;
}
