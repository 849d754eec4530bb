/**
 * What the page asks of the place it runs in. One interface, two hosts: the desktop app (over the preload's bridge)
 * and a plain web page. The page never sees a path: a file or folder is an opaque reference that the host resolves.
 */

import type {
  CommandId,
  CommandNames,
  ConflictAnswer,
  DatasetFolder,
  DatasetRef,
  FileRef,
  Keymap,
  OpenedFile,
  OpenRequest,
  Outcome,
  RecoveryCopy,
  RecoveryId,
  RecoveryOffer,
  SavedVersion,
  SaveRequest,
  SaveResult,
  Theme,
  TrainerExit,
  UnsavedAnswer,
  VersionId,
} from '#bridge';

export type {
  Command,
  CommandId,
  CommandNames,
  ConflictAnswer,
  DatasetFolder,
  DatasetRef,
  Failure,
  FailureCode,
  FileRef,
  Keymap,
  OpenedFile,
  OpenRequest,
  Outcome,
  RecoveryCopy,
  RecoveryId,
  RecoveryOffer,
  SavedVersion,
  SaveRequest,
  SaveResult,
  Theme,
  TrainerExit,
  UnsavedAnswer,
  VersionId,
} from '#bridge';

/** Ends a subscription; calling it twice does no harm. */
export type Unsubscribe = () => void;

export interface HostFiles {
  /** Asks the person for a file and reads it; null when they cancelled, or another window shows it already. At most 100 MB. */
  open(): Promise<Outcome<OpenedFile | null>>;
  /** Reads a file by its reference, for instance that of an `OpenRequest`. */
  read(ref: FileRef): Promise<Outcome<OpenedFile>>;
  /** Writes the text as a whole or not at all. */
  save(request: SaveRequest): Promise<Outcome<SaveResult>>;
  /** Asks the person for an ONNX model; null when they cancelled. At most 100 MB. */
  import(): Promise<Outcome<{ readonly name: string; readonly bytes: Uint8Array } | null>>;
  /** Asks the person where a copy in another format goes and writes it; false when they cancelled. The ending of the name says the format. */
  saveBytes(bytes: Uint8Array<ArrayBuffer>, suggestedName: string): Promise<Outcome<boolean>>;
  /**
   * Tells a change by another program since the file was last read or written here, the same one by the same words;
   * null where there is none.
   */
  change(ref: FileRef): Promise<Outcome<string | null>>;
  /** The last saved versions of a file, newest first. */
  versions(ref: FileRef): Promise<Outcome<readonly SavedVersion[]>>;
  version(ref: FileRef, id: VersionId): Promise<Outcome<{ readonly text: string }>>;
  /**
   * What the person dropped on the window: the file to open here, or null where another window shows it. Further ones
   * get windows of their own where there are any. Call it within the event.
   */
  drop(transfer: DataTransfer): Promise<Outcome<OpenRequest | null>>;
  /**
   * The person wants another document opened. Settle unsaved changes first, then `read` it. Requests from before the
   * subscription (the file given at start) are delivered right after it.
   */
  onOpenRequest(listener: (request: OpenRequest) => void): Unsubscribe;
}

export interface HostRecovery {
  /** Replaces this window's copy. Call it some moments after an edit, not at every one. */
  keep(
    text: string,
    about: { readonly name: string | null; readonly ref: FileRef | null },
  ): Promise<Outcome<null>>;
  /** The copies that earlier sessions, or this window before a crash, left behind; each is offered in one window. */
  offers(): Promise<Outcome<readonly RecoveryOffer[]>>;
  /** The document in a copy, for a look at it. */
  read(id: RecoveryId): Promise<Outcome<{ readonly text: string }>>;
  /** Makes a copy this window's own, and gives what is in it. */
  take(id: RecoveryId): Promise<Outcome<RecoveryCopy>>;
  /** Has another window take a copy. */
  takeElsewhere(id: RecoveryId): Promise<Outcome<null>>;
  /** Throws away a copy that the person does not want. */
  refuse(id: RecoveryId): Promise<Outcome<null>>;
  /** This window was opened to take that copy. */
  onRestoreRequest(listener: (id: RecoveryId) => void): Unsubscribe;
  /** Throws the copy away: the document was saved, or its changes were discarded. */
  discard(): Promise<Outcome<null>>;
}

export interface HostWindow {
  /** Title and mark of unsaved changes. While `dirty`, closing asks the page first. */
  setDocument(state: {
    readonly name: string;
    readonly ref: FileRef | null;
    readonly dirty: boolean;
  }): void;
  /** Makes native parts (title bar, dialogs, `prefers-color-scheme`) follow, where the host has any. */
  setTheme(theme: Theme): void;
  /** Makes the whole interface larger or smaller, 1 being its usual size; a browser does that itself. */
  setScale(scale: number): void;
  /** "Save changes to NAME?" as a native box. */
  confirmUnsaved(name: string): Promise<UnsavedAnswer>;
  /** "NAME changed on disk" as a native box, after a `conflict`. */
  confirmConflict(name: string): Promise<ConflictAnswer>;
  /** "Go back to NAME as it was saved?" */
  confirmRevert(name: string): Promise<boolean>;
  /** "NAME was changed by another program": whether to load it again. */
  confirmReload(name: string, dirty: boolean): Promise<boolean>;
  /**
   * The window is about to close with unsaved changes. Answer true to let it close, false to keep it. Only one
   * listener answers: a later one replaces the earlier.
   */
  onCloseRequest(listener: () => Promise<boolean>): Unsubscribe;
}

/** What the page does with the clipboard, it does in the `cut`, `copy` and `paste` events that follow the keys. */
export interface HostClipboard {
  /** Lets such an event follow without a key, for a menu; false where the place does not allow it. */
  trigger(edit: 'cut' | 'copy' | 'paste'): Promise<boolean>;
}

export interface HostCommands {
  /**
   * A menu item was chosen or its key pressed. `edit.*` commands arrive only while the focus is outside of text
   * fields: inside, the host lets the field do its own undo, copy, … Labels and usual keys are in COMMANDS of `index.ts`.
   */
  onCommand(listener: (id: CommandId) => void): Unsubscribe;
  /** What a menu of the page does: its listeners hear of the command. */
  run(id: CommandId): void;
  /**
   * Which commands make no sense now, which carry a check mark, and which have another name for now; all others are
   * enabled, unmarked and called as usual.
   */
  setState(state: {
    readonly disabled: readonly CommandId[];
    readonly checked: readonly CommandId[];
    readonly named: CommandNames;
  }): void;
  /** The keys that the person chose, for the menu. */
  setKeymap(keymap: Keymap): void;
}

/** A running trainer: a process (desktop) or a worker (web) of its own. */
export interface Trainer {
  /** Speaks the protocol of src/train. Not started: whoever listens calls `start()` or sets `onmessage`. */
  readonly port: MessagePort;
  /** Called at most once, also for an exit from before the subscription; never after `stop`. */
  onExit(listener: (exit: TrainerExit) => void): Unsubscribe;
  /** Bytes of memory that it uses; null where that is not known. */
  memory(): Promise<number | null>;
  /** Ends it at once, whatever it is doing. */
  stop(): Promise<Outcome<null>>;
}

/** What is kept of training runs, beside the documents, on this machine. */
export interface HostRuns {
  /** The records of all runs, as they were kept. */
  list(): Promise<Outcome<readonly string[]>>;
  /** Replaces the record of a run as a whole. */
  keep(id: string, record: string): Promise<Outcome<null>>;
  /** Replaces the checkpoint of a run as a whole, or leaves the one before. */
  keepCheckpoint(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<Outcome<null>>;
  /** Null where there is none. */
  checkpoint(id: string): Promise<Outcome<Uint8Array | null>>;
  /** Forgets the run and its checkpoint. */
  remove(id: string): Promise<Outcome<null>>;
  /** Asks the person where; false when they cancelled. */
  exportCheckpoint(
    bytes: Uint8Array<ArrayBuffer>,
    suggestedName: string,
  ): Promise<Outcome<boolean>>;
  /** Asks the person for a file; null when they cancelled. */
  importCheckpoint(): Promise<
    Outcome<{ readonly name: string; readonly bytes: Uint8Array } | null>
  >;
}

export interface HostDatasets {
  /** Data found without asking. */
  known(): Promise<Outcome<readonly DatasetFolder[]>>;
  /** Asks the person for a folder or a file; null when they cancelled. */
  choose(what: 'folder' | 'file'): Promise<Outcome<DatasetFolder | null>>;
  /** Where the trainer can `fetch` a file of a folder; the bytes need not pass through the page. */
  url(ref: DatasetRef, name: string): string;
}

export interface Host {
  readonly kind: 'desktop' | 'web';
  /** For the names of keys in hints. */
  readonly platform: 'mac' | 'windows' | 'linux';
  readonly files: HostFiles;
  readonly recovery: HostRecovery;
  readonly window: HostWindow;
  readonly commands: HostCommands;
  readonly clipboard: HostClipboard;
  readonly datasets: HostDatasets;
  readonly runs: HostRuns;
  /** Starts a trainer; one that this window still has is stopped first. */
  startTrainer(): Promise<Outcome<Trainer>>;
  /** Opens a page in the person's browser; https only. */
  openExternal(url: string): Promise<Outcome<null>>;
}
