/** Folders of data in a browser: the page holds the files, the trainer reads them through `blob:` addresses. */

import type { DatasetFolder, DatasetRef, Outcome } from '#bridge';
import type { HostDatasets } from './host.ts';
import { askInput, attempt } from './web-files.ts';
import { WEB_STRINGS } from './web-strings.ts';

/** The part of File System Access that TypeScript's library does not describe yet. */
export interface FolderPicker {
  showDirectoryPicker?(): Promise<FileSystemDirectoryHandle>;
}

interface Picked {
  readonly name: string;
  /** By their paths in the folder. */
  readonly files: ReadonlyMap<string, File>;
}

/** Images lie in a folder for their class, in one for their part, in one of an archive; as in the desktop app. */
const deepest = 6;

/** Without hidden files and folders; as in the desktop app. */
const visible = (path: string) => !path.split('/').some((name) => name.startsWith('.'));

async function pickByHandle(root: FileSystemDirectoryHandle): Promise<Picked> {
  const files = new Map<string, File>();
  const visit = async (folder: FileSystemDirectoryHandle, prefix: string, depth: number) => {
    for await (const entry of folder.values()) {
      if (!visible(entry.name)) continue;
      const path = prefix + entry.name;
      if (entry.kind === 'file') files.set(path, await entry.getFile());
      else if (depth < deepest) await visit(entry, `${path}/`, depth + 1);
    }
  };
  await visit(root, '', 1);
  return { name: root.name, files };
}

async function pickFolderByInput(): Promise<Picked | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.webkitdirectory = true;
  const files = await askInput(input);
  const name = files[0]?.webkitRelativePath.split('/')[0];
  if (name === undefined) return null;
  const paths = files.map(
    (file) => [file.webkitRelativePath.slice(name.length + 1), file] as const,
  );
  return { name, files: new Map(paths.filter(([path]) => visible(path))) };
}

async function pickFile(): Promise<Picked | null> {
  const input = document.createElement('input');
  input.type = 'file';
  const [file] = await askInput(input);
  return file ? { name: file.name, files: new Map([[file.name, file]]) } : null;
}

export function createWebDatasets(picker: FolderPicker): HostDatasets {
  const folders = new Map<DatasetRef, { folder: DatasetFolder; files: Picked['files'] }>();
  const urls = new Map<File, string>();

  const grant = ({ name, files }: Picked): DatasetFolder => {
    const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
    const folder: DatasetFolder = {
      ref: crypto.randomUUID() as string as DatasetRef,
      name,
      files: sorted.map(([path, { size }]) => ({ name: path, size })),
    };
    folders.set(folder.ref, { folder, files });
    return folder;
  };

  const pickFolder = async () =>
    picker.showDirectoryPicker
      ? pickByHandle(await picker.showDirectoryPicker())
      : pickFolderByInput();

  const choose = async (what: 'folder' | 'file'): Promise<Outcome<DatasetFolder | null>> => {
    const picked = await (what === 'folder' ? pickFolder() : pickFile());
    return { ok: true, value: picked && grant(picked) };
  };

  return {
    known: async () => ({ ok: true, value: [...folders.values()].map(({ folder }) => folder) }),
    choose: (what) =>
      attempt<DatasetFolder | null>(WEB_STRINGS.folderNotOpened, null, () => choose(what)),
    url: (ref, name) => {
      const file = folders.get(ref)?.files.get(name);
      // Fetching it fails, as for a file that is gone.
      if (file === undefined) return `blob:${location.origin}/unknown`;
      const known = urls.get(file) ?? URL.createObjectURL(file);
      urls.set(file, known);
      return known;
    },
  };
}
