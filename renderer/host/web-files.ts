/** Files in a browser: the File System Access API where there is one, else a file input and a download. */

import type { Failure, FileRef, OpenRequest, Outcome } from '#bridge';
import type { HostFiles, OpenedFile, SaveRequest, SaveResult } from './host.ts';
import { WEB_STRINGS } from './web-strings.ts';
import { keepVersion, type VersionedFile, versionsOf, versionText } from './web-versions.ts';

const MAX_BYTES = 100 * 1024 * 1024;

/** The parts of File System Access that TypeScript's library does not describe yet. */
interface DroppedItem extends DataTransferItem {
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

export interface FilePickers {
  showOpenFilePicker?(options: object): Promise<FileSystemFileHandle[]>;
  showSaveFilePicker?(options: object): Promise<FileSystemFileHandle>;
  readonly launchQueue?: {
    setConsumer(take: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
  };
}

interface Entry {
  readonly name: string;
  /** Null where the browser cannot write files: saving downloads. */
  readonly handle: FileSystemFileHandle | null;
  /** `lastModified` when it was last read or written here. */
  modified: number;
  /** Where there is no handle: what was chosen in the file input, or downloaded last. */
  file: File | null;
}

const TYPES = [
  { description: WEB_STRINGS.documents, accept: { 'application/json': ['.gradwire', '.json'] } },
];

export function createWebFiles(pickers: FilePickers): HostFiles {
  const entries = new Map<FileRef, Entry>();

  const refer = async (entry: Entry): Promise<FileRef> => {
    for (const [ref, known] of entries) {
      if (entry.handle && (await known.handle?.isSameEntry(entry.handle))) return ref;
    }
    const ref = crypto.randomUUID() as string as FileRef;
    entries.set(ref, entry);
    return ref;
  };

  const read = async (ref: FileRef): Promise<Outcome<OpenedFile>> => {
    const entry = entries.get(ref);
    if (entry === undefined) return failure('bad-request', WEB_STRINGS.unknownFile);
    const file = (await entry.handle?.getFile()) ?? entry.file;
    if (file === null) return failure('bad-request', WEB_STRINGS.unknownFile);
    const content = await readText(file);
    if (!content.ok) return content;
    entry.modified = file.lastModified;
    return { ok: true, value: { ref, name: entry.name, text: content.value } };
  };

  const choose = async (): Promise<Entry | null> => {
    if (pickers.showOpenFilePicker) {
      const [handle] = await pickers.showOpenFilePicker({ types: TYPES });
      return handle ? { name: handle.name, handle, modified: 0, file: null } : null;
    }
    const file = await askForFile();
    return file && { name: file.name, handle: null, modified: file.lastModified, file };
  };

  const save = async (request: SaveRequest): Promise<SaveResult> => {
    const { text, suggestedName } = request;
    let ref = request.ref;
    let overwrite = request.overwrite ?? false;
    if (ref === null && pickers.showSaveFilePicker) {
      const handle = await pickers.showSaveFilePicker({ types: TYPES, suggestedName });
      ref = await refer({ name: handle.name, handle, modified: 0, file: null });
      overwrite = true;
    }
    const entry = ref === null ? undefined : entries.get(ref);
    if (ref === null || !entry?.handle) {
      const name = entry?.name ?? suggestedName;
      download(name, text);
      const file = new File([text], name);
      await keep({ name, handle: null }, entry?.file ?? null);
      await keep({ name, handle: null }, file);
      if (entry) entry.file = file;
      const saved = ref ?? (await refer({ name, handle: null, modified: 0, file }));
      return { status: 'saved', ref: saved, name };
    }
    const before = await entry.handle.getFile();
    if (!overwrite && before.lastModified !== entry.modified) {
      return { status: 'conflict', ref, name: entry.name };
    }
    await keep(entry, before);
    // The browser writes to a temporary file and puts it in place on close.
    const stream = await entry.handle.createWritable();
    await stream.write(text);
    await stream.close();
    const now = await entry.handle.getFile();
    entry.modified = now.lastModified;
    await keep(entry, now);
    return { status: 'saved', ref, name: entry.name };
  };

  const change = async (ref: FileRef): Promise<string | null> => {
    const entry = entries.get(ref);
    if (!entry?.handle) return null;
    // A file that is gone, or out of reach, has not been changed.
    const file = await entry.handle.getFile().catch(() => null);
    return file === null || file.lastModified === entry.modified ? null : `${file.lastModified}`;
  };

  const drop = async (transfer: DataTransfer): Promise<Outcome<OpenRequest | null>> => {
    const item: DroppedItem | undefined = [...transfer.items].find(({ kind }) => kind === 'file');
    const file = item?.getAsFile() ?? null;
    // Both are there during the event only.
    const handle = await item?.getAsFileSystemHandle?.();
    if (file === null) return failure('bad-request', WEB_STRINGS.nothingDropped);
    const writable = handle instanceof FileSystemFileHandle ? handle : null;
    const ref = await refer({ name: file.name, handle: writable, modified: 0, file });
    return { ok: true, value: { ref, name: file.name } };
  };

  return {
    change: (ref) =>
      attempt(WEB_STRINGS.notOpened, undefined, async () => ({
        ok: true,
        value: await change(ref),
      })),
    versions: (ref) =>
      attempt(WEB_STRINGS.versionsFailed, undefined, async () => {
        const entry = entries.get(ref);
        return { ok: true, value: entry ? await versionsOf(entry) : [] };
      }),
    version: (ref, id) =>
      attempt(WEB_STRINGS.versionsFailed, undefined, async () => {
        const entry = entries.get(ref);
        const text = entry ? await versionText(entry, id) : null;
        if (text === null) return failure('not-found', WEB_STRINGS.versionGone);
        return { ok: true, value: { text } };
      }),
    drop: (transfer) => attempt(WEB_STRINGS.notOpened, undefined, () => drop(transfer)),
    open: () =>
      attempt<OpenedFile | null>(WEB_STRINGS.notOpened, null, async () => {
        const entry = await choose();
        return entry === null ? { ok: true, value: null } : read(await refer(entry));
      }),
    read: (ref) => attempt<OpenedFile>(WEB_STRINGS.notOpened, undefined, () => read(ref)),
    save: (request) =>
      attempt<SaveResult>(WEB_STRINGS.notSaved, { status: 'cancelled' }, async () => ({
        ok: true,
        value: await save(request),
      })),
    import: () =>
      attempt(WEB_STRINGS.notOpened, null, async () => {
        const file = await askForFile('.onnx');
        if (file === null) return { ok: true, value: null };
        if (file.size > MAX_BYTES) return tooLarge(file);
        return {
          ok: true,
          value: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) },
        };
      }),
    saveBytes: (bytes, suggestedName) =>
      attempt(WEB_STRINGS.notSaved, false, async () => {
        if (!pickers.showSaveFilePicker) {
          download(suggestedName, bytes, 'application/octet-stream');
          return { ok: true, value: true };
        }
        const handle = await pickers.showSaveFilePicker({ suggestedName });
        const stream = await handle.createWritable();
        await stream.write(bytes);
        await stream.close();
        return { ok: true, value: true };
      }),
    // Where the page is installed, the system opens documents with it.
    onOpenRequest: (listener) => {
      pickers.launchQueue?.setConsumer(async ({ files: [handle] }) => {
        if (!handle) return;
        listener({
          ref: await refer({ name: handle.name, handle, modified: 0, file: null }),
          name: handle.name,
        });
      });
      return () => pickers.launchQueue?.setConsumer(() => undefined);
    },
  };
}

const failure = (code: 'bad-request' | 'not-found', message: string) =>
  ({ ok: false, code, message }) as const;

/** Saving must not fail because of what is only kept besides: without space there is one version less. */
async function keep(file: VersionedFile, content: File | null): Promise<void> {
  if (!content || content.size === 0 || content.size > MAX_BYTES) return;
  await content
    .text()
    .then((text) => keepVersion(file, text, content.lastModified))
    .catch(() => undefined);
}

/**
 * Runs a call of the browser that may throw.
 * @param cancelled what it means when the person closed the dialog; undefined where there is none
 */
export async function attempt<T>(
  sentence: (why: string) => string,
  cancelled: T | undefined,
  call: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError' && cancelled !== undefined) {
      return { ok: true, value: cancelled };
    }
    const denied = error instanceof DOMException && error.name === 'NotAllowedError';
    const why = denied
      ? WEB_STRINGS.denied
      : error instanceof Error
        ? error.message
        : String(error);
    return { ok: false, code: denied ? 'no-permission' : 'io', message: sentence(why) };
  }
}

function tooLarge({ name, size }: File): Failure {
  const message = WEB_STRINGS.tooLarge(name, Math.ceil(size / (1024 * 1024)));
  return { ok: false, code: 'too-large', message };
}

async function readText(file: File): Promise<Outcome<string>> {
  if (file.size === 0) return { ok: false, code: 'empty', message: WEB_STRINGS.empty(file.name) };
  if (file.size > MAX_BYTES) return tooLarge(file);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return { ok: true, value: text };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ok: false, code: 'not-text', message: WEB_STRINGS.notText(file.name) };
  }
}

function askForFile(accept = '.gradwire,.json'): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accept;
  return askInput(input).then((files) => files[0] ?? null);
}

/** Resolves to what was chosen; empty when the person cancelled. */
export function askInput(input: HTMLInputElement): Promise<File[]> {
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}

function download(name: string, content: BlobPart, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
