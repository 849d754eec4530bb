import { type DataSource, memorySource, readWhole } from '../source.ts';
import { gunzip } from './gunzip.ts';
import { untar } from './tar.ts';
import { unzip } from './zip.ts';

/** An archive is unpacked into memory, which it may not fill. */
export const mostUnpacked = 2_000_000_000;

const archiveName = /\.(tar|tar\.gz|tgz|zip)$/i;

/** What an operating system puts beside files is not theirs. */
const isVisible = (name: string) =>
  !name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** The one archive that a source consists of; undefined where there is none, or several. */
export function onlyArchive(source: DataSource): string | undefined {
  const archives = source.files().filter(({ name }) => archiveName.test(name));
  return archives.length === 1 ? archives[0]?.name : undefined;
}

/** The files in an archive. Throws `DataError`. */
export async function openArchive(source: DataSource, archive: string): Promise<DataSource> {
  const contents = new Map<string, Uint8Array>();
  if (/\.zip$/i.test(archive)) {
    const bytes = await readWhole(source, archive, mostUnpacked);
    for (const member of unzip(bytes, archive, isVisible, mostUnpacked)) {
      contents.set(member.name, member.bytes);
    }
  } else {
    const packed = source.stream(archive);
    const pieces = /gz$/i.test(archive) ? gunzip(packed, archive) : packed;
    for await (const { name, bytes } of untar(pieces, archive, isVisible, mostUnpacked)) {
      contents.set(name, bytes);
    }
  }
  return memorySource(source.name, contents);
}

/** The same source with packed files (`train.csv.gz`) as if they were not, under the name without `.gz`. */
export function unpacked(source: DataSource): DataSource {
  const names = new Set(source.files().map(({ name }) => name));
  const packed = new Map<string, string>();
  const files = source.files().map((file) => {
    const plain = file.name.replace(/\.gz$/i, '');
    if (plain === file.name || archiveName.test(file.name) || names.has(plain)) return file;
    packed.set(plain, file.name);
    return { ...file, name: plain };
  });
  return {
    name: source.name,
    files: () => files,
    stream: (name) => {
      const inner = packed.get(name);
      return inner === undefined ? source.stream(name) : gunzip(source.stream(inner), inner);
    },
  };
}
