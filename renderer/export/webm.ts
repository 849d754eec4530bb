/** WebM files (matroska.org/technical/elements.html), as far as one silent track of video needs them. */

/** A picture as the encoder gives it, from and for so many milliseconds. */
export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly duration: number;
  /** Whether it can be shown without those before it. */
  readonly isKey: boolean;
}

type Bytes = readonly Uint8Array[];

const sizeOf = (parts: Bytes) => parts.reduce((sum, { length }) => sum + length, 0);

/** A number in as few bytes as it needs, at least so many. */
function number(value: number, least = 1): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0 || bytes.length < least; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  return Uint8Array.from(bytes);
}

/** A size in eight bytes: a marker bit, then the number. */
function size(value: number): Uint8Array {
  const bytes = number(value, 8);
  bytes[0] = 1;
  return bytes;
}

/** An element: its id, its size, what is in it. */
const element = (id: number, ...content: Bytes): Bytes => [
  number(id),
  size(sizeOf(content)),
  ...content,
];
const text = (id: number, value: string) => element(id, new TextEncoder().encode(value));
const count = (id: number, value: number) => element(id, number(value));

function real(id: number, value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(id, bytes);
}

/** A cluster's pictures lie at most this far after its beginning, in milliseconds: two bytes with a sign hold it. */
const longestCluster = 30_000;

/** Every cluster begins with a key picture, so that a player can begin there. */
function clustersOf(pictures: readonly EncodedPicture[]): EncodedPicture[][] {
  const clusters: EncodedPicture[][] = [];
  for (const picture of pictures) {
    const last = clusters.at(-1);
    const start = last?.[0]?.at ?? 0;
    if (last && !picture.isKey && picture.at - start < longestCluster) last.push(picture);
    else clusters.push([picture]);
  }
  return clusters;
}

function blockOf({ bytes, at, isKey }: EncodedPicture, start: number): Uint8Array {
  const block = new Uint8Array(4 + bytes.length);
  // Track 1, then the time since the cluster began.
  block[0] = 0x81;
  new DataView(block.buffer).setInt16(1, at - start);
  block[3] = isKey ? 0x80 : 0;
  block.set(bytes, 4);
  return block;
}

function clusterOf(pictures: readonly EncodedPicture[], isLast: boolean): Bytes {
  const start = pictures[0]?.at ?? 0;
  const blocks = pictures.map((picture, at): Bytes => {
    const block = blockOf(picture, start);
    if (!isLast || at < pictures.length - 1) return element(0xa3, block);
    // Nothing follows the last one that would end it: it says itself for how long it stands.
    const refers = picture.isKey ? [] : element(0xfb, Uint8Array.of(0xff));
    return element(0xa0, ...element(0xa1, block), ...count(0x9b, picture.duration), ...refers);
  });
  return element(0x1f43b675, ...count(0xe7, start), ...blocks.flat());
}

/** A file with these pictures, which a player can show from any key picture on. */
export function webmFile(
  pictures: readonly EncodedPicture[],
  { codec, width, height }: { codec: 'V_VP8' | 'V_VP9'; width: number; height: number },
): Uint8Array<ArrayBuffer> {
  const last = pictures.at(-1);
  const header = element(
    0x1a45dfa3,
    ...count(0x4286, 1),
    ...count(0x42f7, 1),
    ...count(0x42f2, 4),
    ...count(0x42f3, 8),
    ...text(0x4282, 'webm'),
    ...count(0x4287, 4),
    ...count(0x4285, 2),
  );
  const info = element(
    0x1549a966,
    // Times are in milliseconds: so many nanoseconds.
    ...count(0x2ad7b1, 1_000_000),
    ...real(0x4489, last ? last.at + last.duration : 0),
    ...text(0x4d80, 'Gradwire'),
    ...text(0x5741, 'Gradwire'),
  );
  const video = element(0xe0, ...count(0xb0, width), ...count(0xba, height));
  const track = element(
    0xae,
    ...count(0xd7, 1),
    ...count(0x73c5, 1),
    ...count(0x9c, 0),
    ...count(0x83, 1),
    ...text(0x86, codec),
    ...video,
  );
  const tracks = element(0x1654ae6b, ...track);
  const groups = clustersOf(pictures);
  const clusters = groups.map((group, at) => clusterOf(group, at === groups.length - 1));
  let place = sizeOf(info) + sizeOf(tracks);
  const cues = groups.flatMap((group, at) => {
    const positions = element(0xb7, ...count(0xf7, 1), ...count(0xf1, place));
    place += sizeOf(clusters[at] ?? []);
    return element(0xbb, ...count(0xb3, group[0]?.at ?? 0), ...positions);
  });
  const content = [...info, ...tracks, ...clusters.flat(), ...element(0x1c53bb6b, ...cues)];
  const parts = [...header, ...element(0x18538067, ...content)];
  const file = new Uint8Array(sizeOf(parts));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
