import { DataError } from '../errors.ts';

/** A decoded image: red, green, blue and opacity of every pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** Decodes a PNG or JPEG; whatever it throws says that the bytes are no image. */
export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>) => Promise<Picture>;

/** An image of more pixels is none to train on; decoding it could fill the memory. */
const mostPixels = 50_000_000;

/**
 * Whether bytes are a PNG or JPEG of bearable size, before they are decoded. Throws `DataError`, naming the file.
 */
export function checkPicture(bytes: Uint8Array, file: string): void {
  const size = pngSize(bytes) ?? jpegSize(bytes);
  if (!size || size.width === 0 || size.height === 0) {
    throw new DataError('damaged', `“${file}” is no PNG or JPEG image.`);
  }
  if (size.width * size.height > mostPixels) {
    throw new DataError(
      'too-large',
      `“${file}” has ${size.width} × ${size.height} pixels, more than are read of one image.`,
    );
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function pngSize(bytes: Uint8Array): Size | undefined {
  const magic = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  if (bytes.length < 24 || !magic.every((byte, at) => bytes[at] === byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Walks from segment to segment to the one that begins the image. */
function jpegSize(bytes: Uint8Array): Size | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at++;
      continue;
    }
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** Whether all pixels are grey. */
export function isGrey({ pixels }: Picture): boolean {
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return false;
  }
  return true;
}

/**
 * Brings a picture to another size, each new pixel the mean of what it covers (or, where it is enlarged, between its
 * neighbours), on white where it is transparent; three bytes a pixel go into `into` at `start`.
 */
export function resizeInto(
  picture: Picture,
  width: number,
  height: number,
  into: Uint8Array,
  start: number,
): void {
  const across = coverage(picture.width, width);
  const down = coverage(picture.height, height);
  const { pixels } = picture;
  for (let row = 0; row < height; row++) {
    const rows = down[row] ?? [];
    for (let column = 0; column < width; column++) {
      let [red, green, blue] = [0, 0, 0];
      for (const { at: y, share: high } of rows) {
        for (const { at: x, share: wide } of across[column] ?? []) {
          const from = (y * picture.width + x) * 4;
          const opacity = (pixels[from + 3] ?? 255) / 255;
          const share = high * wide;
          const white = 255 * (1 - opacity);
          red += share * (opacity * (pixels[from] ?? 0) + white);
          green += share * (opacity * (pixels[from + 1] ?? 0) + white);
          blue += share * (opacity * (pixels[from + 2] ?? 0) + white);
        }
      }
      const to = start + (row * width + column) * 3;
      into[to] = Math.round(red);
      into[to + 1] = Math.round(green);
      into[to + 2] = Math.round(blue);
    }
  }
}

interface Covered {
  readonly at: number;
  readonly share: number;
}

/** For each new pixel along one axis, the old ones that it is made of. */
function coverage(from: number, to: number): readonly (readonly Covered[])[] {
  const ratio = from / to;
  return Array.from({ length: to }, (_, place) => {
    if (ratio <= 1) {
      const middle = Math.min(from - 1, Math.max(0, (place + 0.5) * ratio - 0.5));
      const first = Math.floor(middle);
      const rest = middle - first;
      const both = [
        { at: first, share: 1 - rest },
        { at: Math.min(from - 1, first + 1), share: rest },
      ];
      return both.filter(({ share }) => share > 0);
    }
    const [begin, end] = [place * ratio, (place + 1) * ratio];
    const covered: Covered[] = [];
    for (let at = Math.floor(begin); at < Math.min(from, Math.ceil(end - 1e-9)); at++) {
      const share = (Math.min(end, at + 1) - Math.max(begin, at)) / ratio;
      if (share > 0) covered.push({ at, share });
    }
    return covered;
  });
}
