import {
  emptyDocument,
  type GraphDocument,
  GraphError,
  type ReadResult,
  readParsed,
  writeDocument,
} from '#graph';
import type { Lesson } from '#lessons';
import {
  type FileRef,
  type Host,
  type OpenedFile,
  plainName,
  type RecoveryId,
  type VersionId,
} from '../host/index.ts';
import { type DocumentFile, type EditorApi, hasUnsavedChanges } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { fileDialogs } from './file-dialogs.ts';
import { messageStore } from './messages.ts';
import { readAside, readText } from './reader.ts';

/** New, open, save: the document's way from and to files. A document that is open is never lost on the way. */
export class DocumentFiles {
  readonly #store: EditorApi;
  readonly #host: Host;
  /** Documents are opened one after the other, each once the last one's questions are answered. */
  #opening: Promise<unknown> = Promise.resolve();
  /** The change by another program that the person chose not to load. */
  #declined: string | null = null;
  #noticing = false;

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

  open(): Promise<void> {
    return this.#inTurn(async () => {
      const opened = await this.#host.files.open();
      if (!opened.ok) return this.#tellNotOpened('', opened.message);
      if (opened.value) await this.#show(opened.value);
    });
  }

  /** A model of another program becomes a document that is not saved yet. */
  import(): Promise<void> {
    return this.#inTurn(async () => {
      const chosen = await this.#host.files.import();
      if (!chosen.ok) return this.#tellNotOpened('', chosen.message);
      if (!chosen.value) return;
      const { name, bytes } = chosen.value;
      const read = await this.#told(name, () => readAside(bytes));
      if (!read || !(await this.settleChanges())) return;
      const own = name.replace(/\.onnx$/i, '');
      this.#replace(
        { ...read.document, title: read.document.title || own },
        { ref: null, name: own },
        false,
      );
    });
  }

  openRef(ref: FileRef, name: string): Promise<void> {
    return this.#inTurn(() => this.#load(ref, name, () => this.settleChanges()));
  }

  /** Opens what was dropped on the window. */
  async drop(transfer: DataTransfer): Promise<void> {
    const dropped = await this.#host.files.drop(transfer);
    if (!dropped.ok) return this.#tellNotOpened('', dropped.message);
    if (dropped.value) await this.openRef(dropped.value.ref, dropped.value.name);
  }

  /** False where the person cancelled or it failed. */
  async save({ as = false } = {}): Promise<boolean> {
    const { editor, file } = this.#store.getState();
    return this.#write(editor.document, as ? null : file.ref, false);
  }

  /** Goes back to the file as it was saved, if the person means it. */
  revert(): Promise<void> {
    const { file } = this.#store.getState();
    const { ref, name } = file;
    if (ref === null) return Promise.resolve();
    return this.#inTurn(() => this.#load(ref, name, () => this.#host.window.confirmRevert(name)));
  }

  /** Shows the saved versions that were kept aside. */
  async showVersions(): Promise<void> {
    const { ref, name } = this.#store.getState().file;
    if (ref === null) return;
    const versions = await this.#host.files.versions(ref);
    if (versions.ok) fileDialogs.setState({ versions: { ref, name, list: versions.value } });
    else this.#tellNotOpened(name, versions.message);
  }

  /** Puts an earlier version in the document's place, as an unsaved change. */
  restoreVersion(ref: FileRef, id: VersionId): Promise<void> {
    return this.#inTurn(async () => {
      const { name } = this.#store.getState().file;
      const version = await this.#host.files.version(ref, id);
      if (!version.ok) return this.#tellNotOpened(name, version.message);
      const read = await this.#read(version.value.text, name);
      if (!read || !(await this.settleChanges())) return;
      this.#replace(read.document, { ref, name }, false);
    });
  }

  /** Asks whether to load the file again where another program has changed it. Call it when the window is looked at. */
  async noticeChange(): Promise<void> {
    const { ref, name } = this.#store.getState().file;
    if (ref === null || this.#noticing) return;
    this.#noticing = true;
    try {
      const change = await this.#host.files.change(ref);
      if (!change.ok || change.value === null || change.value === this.#declined) return;
      const state = this.#store.getState();
      if (state.file.ref !== ref) return;
      const reload = await this.#host.window.confirmReload(name, hasUnsavedChanges(state));
      if (reload) await this.#inTurn(() => this.#load(ref, name, async () => true));
      else this.#declined = change.value;
    } finally {
      this.#noticing = false;
    }
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

  /** What earlier sessions left behind. */
  async offerRecovery(): Promise<void> {
    const found = await this.#host.recovery.offers();
    if (found.ok) fileDialogs.setState({ offers: found.value });
    else this.#tellNotOpened('', found.message);
  }

  /** Restores a copy: here, where nothing of the person's own is open yet, else in a window of its own. */
  restoreCopy(id: RecoveryId): Promise<void> {
    return this.#inTurn(async () => {
      const state = this.#store.getState();
      if (hasUnsavedChanges(state) || state.file.ref !== null) {
        await this.#host.recovery.takeElsewhere(id);
        return;
      }
      const taken = await this.#host.recovery.take(id);
      if (!taken.ok) return this.#tellNotOpened('', taken.message);
      const { text, name, ref } = taken.value;
      const shownName = name ?? strings.untitled;
      const read = await this.#read(text, shownName);
      if (read) this.#replace(read.document, { ref, name: shownName }, false);
    });
  }

  async #load(ref: FileRef, name: string, mayReplace: () => Promise<boolean>): Promise<void> {
    const opened = await this.#host.files.read(ref);
    if (!opened.ok) return this.#tellNotOpened(name, opened.message);
    await this.#show(opened.value, mayReplace);
  }

  async #show(
    { ref, name, text }: OpenedFile,
    mayReplace = () => this.settleChanges(),
  ): Promise<void> {
    const read = await this.#read(text, name);
    // Only now, when there is something to show, are unsaved changes asked about.
    if (!read || !(await mayReplace())) return;
    const { document, repairs } = read;
    this.#replace(document, { ref, name }, repairs.length === 0);
    if (repairs.length === 0) return;
    messageStore.getState().show({
      title: strings.files.repaired(name),
      detail: strings.files.repairedDetail(repairs.length),
      list: shortened(repairs.map(({ message }) => message)),
    });
  }

  /** Nothing where it is no document; the person has been told then. */
  #read(text: string, name: string): Promise<ReadResult | undefined> {
    return this.#told(name, () => readText(text, this.#store.getState().registry));
  }

  async #told(name: string, read: () => Promise<ReadResult>): Promise<ReadResult | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      this.#tellNotOpened(name, error.message);
      return undefined;
    }
  }

  /** A document that was repaired, or restored, differs from its file, and so counts as changed. */
  #replace(document: GraphDocument, file: DocumentFile, saved = true): void {
    this.#declined = null;
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
    // What was edited while it was being saved is not in the file.
    if (!hasUnsavedChanges(this.#store.getState())) void this.#host.recovery.discard();
    return true;
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const mine = this.#opening.then(task);
    this.#opening = mine.catch(() => undefined);
    return mine;
  }

  #tellNotOpened(name: string, why: string): void {
    messageStore.getState().show({
      title: name ? strings.files.couldNotOpen(name) : why,
      detail: name ? why : strings.files.nothingLost,
      ...(name ? { list: [strings.files.nothingLost] } : {}),
    });
  }
}

/** A file of which nearly everything is damaged would make a list of thousands. */
const mostListed = 100;

function shortened(list: readonly string[]): readonly string[] {
  if (list.length <= mostListed) return list;
  return [...list.slice(0, mostListed), strings.files.andMore(list.length - mostListed)];
}

function suggestedName(name: string): string {
  const { extension } = strings.files;
  if (name.endsWith(extension)) return name;
  const plain = plainName(name)
    .slice(0, 100)
    .replaceAll(/[:*?"<>|]+/g, ' ')
    .trim();
  return `${plain || strings.untitled}${extension}`;
}
