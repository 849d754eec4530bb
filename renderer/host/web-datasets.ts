/** Folders of data in a browser: the page holds the files, the trainer reads them through `blob:` addresses. */

import type { DatasetFolder, DatasetRef, Outcome } from '#bridge';
import type { HostDatasets } from './host.ts';
import { askInput, attempt } from './web-files.ts';
import { WEB_STRINGS } from './web-strings.ts';

/** The part of File System Access that TypeScript's library does not describe yet. */
export interface FolderPicker {
  showDirectoryPicker?(): Promise<FileSystemDirectoryHandle>;
}

interface PickedFolder {
  readonly name: string;
  readonly files: readonly File[];
}

/** Only the folder's own files, without hidden ones; as in the desktop app. */
const visible = (name: string) => !name.startsWith('.');

async function pickByHandle(handle: FileSystemDirectoryHandle): Promise<PickedFolder> {
  const files: File[] = [];
  for await (const entry of handle.values()) {
    if (entry.kind === 'file' && visible(entry.name)) files.push(await entry.getFile());
  }
  return { name: handle.name, files };
}

async function pickByInput(): Promise<PickedFolder | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.webkitdirectory = true;
  const files = await askInput(input);
  const name = files[0]?.webkitRelativePath.split('/')[0];
  if (name === undefined) return null;
  const own = files.filter((file) => file.webkitRelativePath === `${name}/${file.name}`);
  return { name, files: own.filter((file) => visible(file.name)) };
}

export function createWebDatasets(picker: FolderPicker): HostDatasets {
  const folders = new Map<DatasetRef, { folder: DatasetFolder; files: Map<string, File> }>();
  const urls = new Map<File, string>();

  const grant = ({ name, files }: PickedFolder): DatasetFolder => {
    const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
    const folder: DatasetFolder = {
      ref: crypto.randomUUID() as string as DatasetRef,
      name,
      files: sorted.map((file) => ({ name: file.name, size: file.size })),
    };
    folders.set(folder.ref, { folder, files: new Map(sorted.map((file) => [file.name, file])) });
    return folder;
  };

  const choose = async (): Promise<Outcome<DatasetFolder | null>> => {
    const picked = picker.showDirectoryPicker
      ? await pickByHandle(await picker.showDirectoryPicker())
      : await pickByInput();
    return { ok: true, value: picked && grant(picked) };
  };

  return {
    known: async () => ({ ok: true, value: [...folders.values()].map(({ folder }) => folder) }),
    chooseFolder: () => attempt<DatasetFolder | null>(WEB_STRINGS.folderNotOpened, null, choose),
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
