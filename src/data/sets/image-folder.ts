import { permutation, seededRandom } from '#tensor';
import type { DataSet, Field, Fields } from '../data-set.ts';
import { DataError } from '../errors.ts';
import {
  checkPicture,
  type DecodePicture,
  isGrey,
  type Picture,
  resizeInto,
} from '../images/picture.ts';
import type { DataSettings } from '../settings.ts';
import { type DataSource, readWhole } from '../source.ts';

/** Larger images are brought to this size, where no other is set. */
const usualSize = 64;

/** All images of a part together may take this many bytes. */
const mostBytes = 1_600_000_000;

/** The file of an image is no larger. */
const largestFile = 200_000_000;

/** So many are read at a time: more would not be faster, and fill the memory. */
const atOnce = 8;

const partNames = {
  train: /^train(ing)?$/i,
  validation: /^(val|valid|validation|dev)$/i,
  test: /^test(ing)?$/i,
} as const;

type Part = keyof typeof partNames;

/** A file, and the folder that names its class. */
interface LabelledFile {
  readonly name: string;
  readonly label: string;
}

type ImageSettings = Pick<DataSettings, 'imageSize' | 'limit' | 'seed'>;

const isImage = (name: string) => /\.(png|jpe?g)$/i.test(name);

/** Whether the source holds images. */
export function looksLikeImages(source: DataSource): boolean {
  return source.files().some(({ name }) => isImage(name));
}

/**
 * Reads a folder of images with a sub-folder for each class, or one with folders `train`, `val`, `test` of such: `x`
 * images [height, width, 3], or 1 where all are grey, scaled to 0 … 1; `y` the classes, by alphabet. All are brought
 * to one size. An image that cannot be read is left out, and a note names it. Throws `DataError`.
 */
export async function readImageFolder(
  source: DataSource,
  settings: ImageSettings,
  decode: DecodePicture | undefined,
): Promise<DataSet> {
  if (!decode) throw new DataError('unknown-format', 'Images cannot be decoded here.');
  const files = filesByPart(source);
  const labels = [...files.values()].flat().map(({ label }) => label);
  const classNames = [...new Set(labels)].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const training = files.get('train') ?? [];
  if (training.length === 0 || classNames.length < 2) {
    throw new DataError(
      'unknown-format',
      `“${source.name}” has images, but no folders of them that name their classes.`,
    );
  }
  const reader = new ImageReader(source, decode, settings.imageSize);
  const read = new Map<Part, Images>();
  read.set('train', await reader.read(drawn(training, settings), classNames));
  for (const part of ['validation', 'test'] as const) {
    const own = files.get(part);
    if (own) read.set(part, await reader.read(own, classNames));
  }
  const fields = (part: Part): Fields | undefined => {
    const images = read.get(part);
    return images && images.labels.length > 0 ? reader.fields(images, classNames) : undefined;
  };
  const train = fields('train');
  if (!train) throw reader.nothingRead();
  const [validation, test] = [fields('validation'), fields('test')];
  return {
    name: source.name,
    train,
    ...(validation ? { validation } : {}),
    ...(test ? { test } : {}),
    notes: reader.notes(),
  };
}

/** Images directly in a part's folder, or in none, have no class and are passed over. */
function filesByPart(source: DataSource): ReadonlyMap<Part, readonly LabelledFile[]> {
  const parts = new Map<Part, LabelledFile[]>();
  for (const { name } of source.files()) {
    const folders = name.split('/').slice(0, -1);
    const label = folders.at(-1);
    if (!isImage(name) || label === undefined) continue;
    const named = (['validation', 'test', 'train'] as const).find((part) =>
      folders.some((folder) => partNames[part].test(folder)),
    );
    if (named && partNames[named].test(label)) continue;
    const files = parts.get(named ?? 'train');
    if (files) files.push({ name, label });
    else parts.set(named ?? 'train', [{ name, label }]);
  }
  return parts;
}

/** No more than are to be trained on are decoded. */
function drawn(
  files: readonly LabelledFile[],
  { limit, seed }: ImageSettings,
): readonly LabelledFile[] {
  if (limit === null || files.length <= limit) return files;
  const order = permutation(files.length, seededRandom(seed, 'limit')).subarray(0, limit).sort();
  return [...order].flatMap((at) => files[at] ?? []);
}

/** Images of one size, three bytes a pixel, and their classes. */
interface Images {
  readonly pixels: Uint8Array;
  readonly labels: Uint16Array;
}

class ImageReader {
  readonly #source: DataSource;
  readonly #decode: DecodePicture;
  #height: number | undefined;
  #width: number | undefined;
  #allGrey = true;
  readonly #failures: DataError[] = [];

  constructor(source: DataSource, decode: DecodePicture, size: number | null) {
    this.#source = source;
    this.#decode = decode;
    this.#height = this.#width = size ?? undefined;
  }

  async read(files: readonly LabelledFile[], classNames: readonly string[]): Promise<Images> {
    const codes = new Map(classNames.map((name, at) => [name, at]));
    const labels = new Uint16Array(files.length);
    let pixels = new Uint8Array(0);
    let count = 0;
    for (let from = 0; from < files.length; from += atOnce) {
      const some = files.slice(from, from + atOnce);
      const pictures = await Promise.all(some.map(({ name }) => this.#picture(name)));
      for (const [at, picture] of pictures.entries()) {
        if (!picture) continue;
        const [height, width] = this.#sizeBy(picture);
        const length = height * width * 3;
        if (pixels.length === 0) pixels = this.#room(files.length, length);
        this.#allGrey &&= isGrey(picture);
        resizeInto(picture, width, height, pixels, count * length);
        labels[count++] = codes.get(some[at]?.label ?? '') ?? 0;
      }
    }
    return { pixels, labels: labels.slice(0, count) };
  }

  fields({ pixels, labels }: Images, classNames: readonly string[]): Fields {
    const count = labels.length;
    const [height, width] = [this.#height ?? 0, this.#width ?? 0];
    const channels = this.#allGrey ? 1 : 3;
    const length = count * height * width;
    const values = this.#allGrey ? new Uint8Array(length) : pixels.subarray(0, 3 * length);
    if (this.#allGrey) {
      for (let at = 0; at < length; at++) values[at] = pixels[3 * at] as number;
    }
    const x: Field = { shape: [height, width, channels], count, values, scale: 1 / 255 };
    const classes = classNames.length;
    const y: Field = { shape: [], count, values: labels, scale: 1, classes, classNames };
    return new Map([
      ['x', x],
      ['y', y],
    ]);
  }

  notes(): readonly string[] {
    const [first, ...others] = this.#failures;
    if (!first) return [];
    const more = others.length;
    const rest = more === 0 ? '' : ` So ${more === 1 ? 'was 1 other' : `were ${more} others`}.`;
    return [`Left out: ${first.message}${rest}`];
  }

  nothingRead(): DataError {
    return this.#failures[0] ?? new DataError('damaged', `“${this.#source.name}” has no images.`);
  }

  /** Undefined where it is no image; that is remembered. */
  async #picture(name: string): Promise<Picture | undefined> {
    try {
      const bytes = await readWhole(this.#source, name, largestFile);
      checkPicture(bytes, name);
      try {
        return await this.#decode(bytes);
      } catch {
        throw new DataError('damaged', `“${name}” is a damaged image.`);
      }
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      this.#failures.push(error);
      return undefined;
    }
  }

  /** That of the first image, but no larger than usual, where none is set. */
  #sizeBy({ width, height }: Picture): readonly [number, number] {
    const shrink = Math.min(1, usualSize / Math.max(width, height));
    this.#height ??= Math.max(1, Math.round(height * shrink));
    this.#width ??= Math.max(1, Math.round(width * shrink));
    return [this.#height, this.#width];
  }

  #room(count: number, length: number): Uint8Array<ArrayBuffer> {
    if (count * length <= mostBytes) return new Uint8Array(count * length);
    throw new DataError(
      'too-large',
      `“${this.#source.name}” has ${count} images of ${this.#height} × ${this.#width}, which is too much: choose a smaller size, or set a limit.`,
    );
  }
}
