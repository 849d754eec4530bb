/**
 * What main process, preload and page say to each other. Types and names only: no Electron, no Node, no DOM, so that
 * each of the three can import it. The schemas that main checks requests with are in `schemas.ts`.
 */

import type { CommandId } from './commands.ts';

/** Keys that a person chose instead of the usual ones, in Electron's notation; an empty list for none. */
export type Keymap = Readonly<Partial<Record<CommandId, readonly string[]>>>;

/** What commands are called for now: “Undo Move”. */
export type CommandNames = Readonly<Partial<Record<CommandId, string>>>;

/** Stands for a file that the person chose; opaque, valid in this session only. */
export type FileRef = string & { readonly __brand: 'FileRef' };

/** One saved version of a file among those kept aside. */
export type VersionId = string & { readonly __brand: 'VersionId' };

/** One recovery copy. */
export type RecoveryId = string & { readonly __brand: 'RecoveryId' };

/** Stands for a folder of data that the person chose, or that was found; opaque, valid in this session only. */
export type DatasetRef = string & { readonly __brand: 'DatasetRef' };

/** Why a call failed, for code to branch on; the person reads `Failure.message`. */
export type FailureCode =
  | 'not-found'
  | 'no-permission'
  | 'no-space'
  | 'too-large'
  | 'open-elsewhere'
  | 'empty'
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
  readonly overwrite?: boolean | undefined;
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

/** A version of a file as it was saved once. */
export interface SavedVersion {
  readonly id: VersionId;
  /** In milliseconds since 1970. */
  readonly savedAt: number;
}

/** A copy that an earlier session left behind, or this window before its page crashed. */
export interface RecoveryOffer {
  readonly id: RecoveryId;
  /** Name of the document; null while it was never saved. */
  readonly name: string | null;
  /** When the copy was made, in milliseconds since 1970. */
  readonly keptAt: number;
}

/** What survives a crash. It never touches the person's own file. */
export interface RecoveryCopy extends RecoveryOffer {
  readonly text: string;
  /** The document's own file, if it had one. */
  readonly ref: FileRef | null;
}

export type Theme = 'system' | 'light' | 'dark';

export type UnsavedAnswer = 'save' | 'discard' | 'cancel';
export type ConflictAnswer = 'overwrite' | 'saveAs' | 'cancel';

/** Why a trainer ended without being asked to. */
export interface TrainerExit {
  readonly reason: 'crashed' | 'killed' | 'out-of-memory' | 'unresponsive' | 'failed-to-start';
  /** One clear sentence. */
  readonly message: string;
}

/** Data that the person chose: a folder, or a single file. */
export interface DatasetFolder {
  readonly ref: DatasetRef;
  /** The folder's or the file's name, "mnist". */
  readonly name: string;
  /** Its files, those of sub-folders too, by their paths in it with `/` between; sizes in bytes. */
  readonly files: readonly { readonly name: string; readonly size: number }[];
}

export type TextEdit = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'delete' | 'selectAll';

/** What the page may ask main: payload and reply of each request. */
export interface Requests {
  'files.open': { payload: null; reply: OpenedFile | null };
  'files.read': { payload: { ref: FileRef }; reply: OpenedFile };
  'files.save': { payload: SaveRequest; reply: SaveResult };
  /** Tells a change by another program since the file was last read or written here; the same one by the same words. */
  'files.change': { payload: { ref: FileRef }; reply: string | null };
  'files.versions': { payload: { ref: FileRef }; reply: readonly SavedVersion[] };
  'files.version': { payload: { ref: FileRef; id: VersionId }; reply: { text: string } };
  /** Asks the person for a model of another program; null when they cancelled. */
  'files.import': { payload: null; reply: { name: string; bytes: Uint8Array } | null };
  /** Asks the person where a copy in another format goes, by the ending of its name; false when they cancelled. */
  'files.saveBytes': { payload: { bytes: Uint8Array; suggestedName: string }; reply: boolean };
  /** The page listens to `files.openRequest` and `recovery.restoreRequest` from now on: deliver what waits. */
  'files.ready': { payload: null; reply: null };
  'recovery.keep': {
    payload: { text: string; name: string | null; ref: FileRef | null };
    reply: null;
  };
  /** The copies this window is to offer: each is offered in one window. */
  'recovery.offers': { payload: null; reply: readonly RecoveryOffer[] };
  'recovery.read': { payload: { id: RecoveryId }; reply: { text: string } };
  /** The copy becomes this window's own. */
  'recovery.take': { payload: { id: RecoveryId }; reply: RecoveryCopy };
  /** Opens a window that is asked to take the copy. */
  'recovery.takeElsewhere': { payload: { id: RecoveryId }; reply: null };
  'recovery.refuse': { payload: { id: RecoveryId }; reply: null };
  'recovery.discard': { payload: null; reply: null };
  'window.setDocument': {
    payload: { name: string; ref: FileRef | null; dirty: boolean };
    reply: null;
  };
  'window.setTheme': { payload: { theme: Theme }; reply: null };
  'window.setScale': { payload: { scale: number }; reply: null };
  'window.confirmUnsaved': { payload: { name: string }; reply: UnsavedAnswer };
  'window.confirmConflict': { payload: { name: string }; reply: ConflictAnswer };
  'window.confirmRevert': { payload: { name: string }; reply: boolean };
  'window.confirmReload': { payload: { name: string; dirty: boolean }; reply: boolean };
  /** Sign of life: the page got `window.closeRequest` and works on an answer. */
  'window.closeHeard': { payload: null; reply: null };
  'window.closeAnswer': { payload: { close: boolean }; reply: null };
  'commands.setState': {
    payload: {
      disabled: readonly CommandId[];
      checked: readonly CommandId[];
      named: CommandNames;
    };
    reply: null;
  };
  'commands.setKeymap': { payload: { keymap: Keymap }; reply: null };
  /** Does in the focused text field what the menu item says. */
  'commands.editText': { payload: { edit: TextEdit }; reply: null };
  'trainer.start': { payload: null; reply: { trainer: number } };
  'trainer.stop': { payload: { trainer: number }; reply: null };
  /** Bytes of memory that the trainer's process uses; null where that is not known. */
  'trainer.memory': { payload: { trainer: number }; reply: number | null };
  /** The records of all runs that were kept. */
  'runs.list': { payload: null; reply: readonly string[] };
  'runs.keep': { payload: { id: string; record: string }; reply: null };
  'runs.keepCheckpoint': { payload: { id: string; bytes: Uint8Array }; reply: null };
  'runs.checkpoint': { payload: { id: string }; reply: Uint8Array | null };
  'runs.remove': { payload: { id: string }; reply: null };
  /** Asks the person where; false when they cancelled. */
  'runs.export': { payload: { bytes: Uint8Array; suggestedName: string }; reply: boolean };
  /** Asks the person for a file; null when they cancelled. */
  'runs.import': { payload: null; reply: { name: string; bytes: Uint8Array } | null };
  'datasets.known': { payload: null; reply: readonly DatasetFolder[] };
  'datasets.choose': { payload: { what: 'folder' | 'file' }; reply: DatasetFolder | null };
  'system.openExternal': { payload: { url: string }; reply: null };
}

export type RequestName = keyof Requests;
export type Payload<N extends RequestName> = Requests[N]['payload'];
export type Reply<N extends RequestName> = Requests[N]['reply'];

/** What main tells the page without being asked. */
export interface Events {
  'files.openRequest': OpenRequest;
  'recovery.restoreRequest': { id: RecoveryId };
  'window.closeRequest': null;
  command: CommandId;
  'trainer.exit': { trainer: number; exit: TrainerExit };
}

export type EventName = keyof Events;

/** One IPC channel for each direction; what is said is in the message, and main checks every one in one place. */
export const CHANNELS = {
  request: 'gradwire:request',
  /** From the preload alone: paths of files that the person dropped on the window. */
  drop: 'gradwire:drop',
  event: 'gradwire:event',
  port: 'gradwire:port',
} as const;

/** Posted to a window or worker together with its end of the trainer's MessagePort. */
export interface PortMessage {
  readonly type: 'gradwire:port';
  readonly trainer: number;
}

/** What the preload puts on `window.gradwire`. */
export interface Bridge {
  readonly platform: 'mac' | 'windows' | 'linux';
  request<N extends RequestName>(name: N, payload: Payload<N>): Promise<Outcome<Reply<N>>>;
  /** Files that the person dropped: the first is for this window (null where another shows it), the others get their own. */
  drop(files: readonly File[]): Promise<Outcome<OpenRequest | null>>;
  /** Calls the listener with every event; returns the end of the subscription. */
  onEvent(
    listener: (event: { [N in EventName]: { name: N; payload: Events[N] } }[EventName]) => void,
  ): () => void;
}

/** Where the app's pages live. */
export const ORIGIN = 'app://gradwire';
export const EDITOR_PATH = '/index.html';
export const TRAINER_PATH = '/trainer.html';
export const DATA_PATH = '/data/';

export type { CommandId } from './commands.ts';
export { COMMAND_IDS, COMMANDS, type Command, isKeys, isTyped } from './commands.ts';
export { commandsOf, MENUS, type MenuEntry, type MenuPlan } from './menus.ts';
