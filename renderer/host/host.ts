/**
 * What the page asks of the place it runs in. One interface, two hosts: the desktop app (over the preload's bridge)
 * and a plain web page. The page never sees a path: a file or folder is an opaque reference that the host resolves.
 */

/** Stands for a file that the person chose; opaque, valid in this session only. */
export type FileRef = string & { readonly __brand: 'FileRef' };

/** Stands for a folder of data that the person chose, or that was found; opaque, valid in this session only. */
export type DatasetRef = string & { readonly __brand: 'DatasetRef' };

/** Why a call failed, for code to branch on; the person reads `Failure.message`. */
export type FailureCode =
  | 'not-found'
  | 'no-permission'
  | 'no-space'
  | 'too-large'
  | 'not-text'
  | 'not-a-file'
  | 'bad-request'
  | 'trainer'
  | 'unsupported'
  | 'io';

/** A call that failed: `message` is one clear sentence that names the file and what happened. */
export interface Failure {
  readonly ok: false;
  readonly code: FailureCode;
  readonly message: string;
}

/** Every call of the host resolves to one of the two; none rejects. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | Failure;

/** Ends a subscription; calling it twice does no harm. */
export type Unsubscribe = () => void;

export interface OpenedFile {
  readonly ref: FileRef;
  /** The file's name without its folder, as shown in titles: "net.gradwire". */
  readonly name: string;
  readonly text: string;
}

export interface SaveRequest {
  /** The file to write; null asks the person where ("Save As"). */
  readonly ref: FileRef | null;
  readonly text: string;
  /** Proposed in the dialog, "net.gradwire". */
  readonly suggestedName: string;
  /** Write even though the file changed on disk since it was last read or written here. */
  readonly overwrite?: boolean;
}

export type SaveResult =
  | { readonly status: 'saved'; readonly ref: FileRef; readonly name: string }
  /** Somebody else changed the file; nothing was written. Ask, then save again with `overwrite`. */
  | { readonly status: 'conflict'; readonly ref: FileRef; readonly name: string }
  | { readonly status: 'cancelled' };

/** A file that was double-clicked, given on the command line or picked in Open Recent. Not read yet. */
export interface OpenRequest {
  readonly ref: FileRef;
  readonly name: string;
}

export interface HostFiles {
  /** Asks the person for a file and reads it; null when they cancelled. At most 100 MB. */
  open(): Promise<Outcome<OpenedFile | null>>;
  /** Reads a file by its reference, for instance that of an `OpenRequest`. */
  read(ref: FileRef): Promise<Outcome<OpenedFile>>;
  /** Writes the text as a whole or not at all. */
  save(request: SaveRequest): Promise<Outcome<SaveResult>>;
  /**
   * The person wants another document opened. Settle unsaved changes first, then `read` it. Requests from before the
   * subscription (the file given at start) are delivered right after it.
   */
  onOpenRequest(listener: (request: OpenRequest) => void): Unsubscribe;
}

/** What survives a crash. It never touches the person's own file. */
export interface RecoveryCopy {
  readonly text: string;
  /** Name of the document; null while it was never saved. */
  readonly name: string | null;
  /** The document's own file, if it had one. */
  readonly ref: FileRef | null;
  /** When the copy was made, in milliseconds since 1970. */
  readonly keptAt: number;
}

export interface HostRecovery {
  /** Replaces this window's copy. Call it some moments after an edit, not at every one. */
  keep(
    text: string,
    about: { readonly name: string | null; readonly ref: FileRef | null },
  ): Promise<Outcome<null>>;
  /** The copy that an earlier session left behind, if any. Ask at start, before the first `keep`. */
  load(): Promise<Outcome<RecoveryCopy | null>>;
  /** Throws the copy away: the document was saved, or its changes were discarded. */
  discard(): Promise<Outcome<null>>;
}

export type Theme = 'system' | 'light' | 'dark';

export interface HostWindow {
  /** Title and mark of unsaved changes. While `dirty`, closing asks the page first. */
  setDocument(state: { readonly name: string; readonly dirty: boolean }): void;
  /** Makes native parts (title bar, dialogs, `prefers-color-scheme`) follow, where the host has any. */
  setTheme(theme: Theme): void;
  /** "Save changes to NAME?" as a native box. */
  confirmUnsaved(name: string): Promise<'save' | 'discard' | 'cancel'>;
  /** "NAME changed on disk" as a native box, after a `conflict`. */
  confirmConflict(name: string): Promise<'overwrite' | 'saveAs' | 'cancel'>;
  /**
   * The window is about to close with unsaved changes. Answer true to let it close, false to keep it. Only one
   * listener answers: a later one replaces the earlier.
   */
  onCloseRequest(listener: () => Promise<boolean>): Unsubscribe;
}

/**
 * Commands of the menu and of the keyboard (see COMMANDS in `commands.ts` for labels and keys). `edit.*` commands
 * arrive only while the focus is outside of text fields: inside, the host lets the field do its own undo, copy, …
 */
export type CommandId =
  | 'file.new'
  | 'file.open'
  | 'file.save'
  | 'file.saveAs'
  | 'edit.undo'
  | 'edit.redo'
  | 'edit.cut'
  | 'edit.copy'
  | 'edit.paste'
  | 'edit.delete'
  | 'edit.selectAll'
  | 'view.build'
  | 'view.trace'
  | 'view.train'
  | 'view.present'
  | 'view.zoomIn'
  | 'view.zoomOut'
  | 'view.zoomReset'
  | 'view.zoomFit'
  | 'view.themeSystem'
  | 'view.themeLight'
  | 'view.themeDark'
  | 'run.playPause'
  | 'run.stepForward'
  | 'run.stepBack'
  | 'run.toStart'
  | 'run.toEnd'
  | 'train.start'
  | 'train.stop'
  | 'train.resume'
  | 'train.chooseData'
  | 'help.shortcuts';

export interface HostCommands {
  /** A menu item was chosen or its key pressed. */
  onCommand(listener: (id: CommandId) => void): Unsubscribe;
  /** Which commands make no sense now, and which carry a check mark; all others are enabled and unmarked. */
  setState(state: {
    readonly disabled: readonly CommandId[];
    readonly checked: readonly CommandId[];
  }): void;
}

/** Why a trainer ended without being asked to. */
export interface TrainerExit {
  readonly reason: 'crashed' | 'killed' | 'out-of-memory' | 'unresponsive' | 'failed-to-start';
  /** One clear sentence. */
  readonly message: string;
}

/** A running trainer: a process (desktop) or a worker (web) of its own. */
export interface Trainer {
  /** Speaks the protocol of src/train. Not started: whoever listens calls `start()` or sets `onmessage`. */
  readonly port: MessagePort;
  /** Called at most once, also for an exit from before the subscription; never after `stop`. */
  onExit(listener: (exit: TrainerExit) => void): Unsubscribe;
  /** Ends it at once, whatever it is doing. */
  stop(): Promise<Outcome<null>>;
}

export interface DatasetFolder {
  readonly ref: DatasetRef;
  /** The folder's name, "mnist". */
  readonly name: string;
  /** Its files, without those of subfolders, by name; sizes in bytes. */
  readonly files: readonly { readonly name: string; readonly size: number }[];
}

export interface HostDatasets {
  /** Folders of data found without asking. */
  known(): Promise<Outcome<readonly DatasetFolder[]>>;
  /** Asks the person for a folder; null when they cancelled. */
  chooseFolder(): Promise<Outcome<DatasetFolder | null>>;
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
  readonly datasets: HostDatasets;
  /** Starts a trainer; one that this window still has is stopped first. */
  startTrainer(): Promise<Outcome<Trainer>>;
  /** Opens a page in the person's browser; https only. */
  openExternal(url: string): Promise<Outcome<null>>;
}
