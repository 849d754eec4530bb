import { type DataSource, memorySource } from '#data';

/** A source of files given as text or bytes. */
export function sourceOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  name = 'data',
): DataSource {
  const encoder = new TextEncoder();
  const contents = Object.entries(files).map(
    ([file, content]) =>
      [file, typeof content === 'string' ? encoder.encode(content) : content] as const,
  );
  return memorySource(name, new Map(contents));
}

/** The same files in pieces of so many bytes, as a disk or a network delivers them. */
export function inPieces(source: DataSource, length: number): DataSource {
  return {
    ...source,
    async *stream(file) {
      for await (const bytes of source.stream(file)) {
        for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
      }
    },
  };
}
