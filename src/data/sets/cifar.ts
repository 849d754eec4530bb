import type { DataSet, Fields } from '../data-set.ts';
import { DataError } from '../errors.ts';
import { type Pickled, PickledArray, readPickle, textOf } from '../files/pickle.ts';
import { baseName, type DataSource, readWhole } from '../source.ts';

const size = 32;
const plane = size * size;
const pixels = 3 * plane;
/** One byte of label, then the planes: red, green, blue. */
const record = 1 + pixels;

const cifarClasses = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** The batches of Python's archive are pickles without an ending. */
const isTrainingBatch = (name: string) => /^data_batch_\d+(\.bin)?$/i.test(baseName(name));
const isTestBatch = (name: string) => /^test_batch(\.bin)?$/i.test(baseName(name));

/** Whether the source holds CIFAR-10, in its binary form or as Python has it. */
export function looksLikeCifar(source: DataSource): boolean {
  return source.files().some(({ name }) => isTrainingBatch(name));
}

/**
 * Reads the batches of CIFAR-10, however many and however long: `x` images [32, 32, 3] scaled to
 * 0 … 1, `y` their classes. Throws `DataError`, naming file and record.
 * Format: A. Krizhevsky, “Learning Multiple Layers of Features from Tiny Images”, 2009.
 */
export async function readCifar(source: DataSource): Promise<DataSet> {
  const names = source.files().map(({ name }) => name);
  const classNames = await readClassNames(source, names);
  const train = await readBatches(source, names.filter(isTrainingBatch), classNames);
  const testNames = names.filter(isTestBatch);
  if (testNames.length === 0) return { name: source.name, train };
  return { name: source.name, train, test: await readBatches(source, testNames, classNames) };
}

async function readBatches(
  source: DataSource,
  names: readonly string[],
  classNames: readonly string[],
): Promise<Fields> {
  const inOrder = names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const images: CifarImages[] = [];
  for (const name of inOrder) {
    const bytes = await readWhole(source, name);
    const batch = /\.bin$/i.test(name) ? binaryBatch(bytes, name) : pickledBatch(bytes, name);
    checkLabels(batch.labels, name, classNames.length);
    images.push(batch);
  }
  return cifarFields(images, classNames);
}

function binaryBatch(bytes: Uint8Array, file: string): CifarImages {
  const count = Math.floor(bytes.length / record);
  if (bytes.length === 0 || bytes.length % record !== 0) {
    throw new DataError(
      'damaged',
      count === 0
        ? `“${file}” is no batch of CIFAR-10: it does not hold a single image.`
        : `“${file}” is cut off, or no batch of CIFAR-10: after ${count} images of ${record} bytes, ${bytes.length % record} bytes are left.`,
    );
  }
  const labels = Uint8Array.from({ length: count }, (_, at) => bytes[at * record] ?? 0);
  return { labels, planes: bytes, start: 1, stride: record };
}

function pickledBatch(bytes: Uint8Array, file: string): CifarImages {
  const entries = entriesOf(readPickle(bytes, file));
  const data = entries.get('data');
  const labels = entries.get('labels');
  const isBytes = data instanceof PickledArray && /^[|<>=]?u1$/.test(data.type) && !data.isFortran;
  if (!isBytes || !Array.isArray(labels)) {
    throw new DataError('damaged', `“${file}” is no batch of CIFAR-10: it has no data and labels.`);
  }
  const { length } = data.bytes;
  if (length !== labels.length * pixels || length === 0) {
    throw new DataError(
      'mismatch',
      `“${file}” has ${length / pixels} images of 32 × 32, but ${labels.length} labels.`,
    );
  }
  const wrong = labels.findIndex((label) => typeof label !== 'number' || label < 0 || label > 255);
  if (wrong >= 0) {
    throw new DataError('damaged', `Image ${wrong + 1} of “${file}” has a label that is no class.`);
  }
  return { labels: Uint8Array.from(labels, Number), planes: data.bytes, start: 0, stride: pixels };
}

/** A dictionary's entries by their names, which Python 2 wrote as bytes. */
function entriesOf(value: Pickled): ReadonlyMap<string, Pickled> {
  return new Map(value instanceof Map ? [...value].map(([key, of]) => [textOf(key), of]) : []);
}

/** Images as CIFAR stores them, plane after plane, `stride` bytes from one to the next. */
interface CifarImages {
  readonly labels: Uint8Array;
  readonly planes: Uint8Array;
  readonly start: number;
  readonly stride: number;
}

/** Joins batches, and turns planes of red, green and blue into pixels of all three. */
function cifarFields(batches: readonly CifarImages[], classNames: readonly string[]): Fields {
  const count = batches.reduce((sum, { labels }) => sum + labels.length, 0);
  const values = new Uint8Array(count * pixels);
  const classes = new Uint8Array(count);
  let image = 0;
  for (const { labels, planes, start, stride } of batches) {
    classes.set(labels, image);
    for (let at = 0; at < labels.length; at++, image++) {
      const from = start + at * stride;
      const to = image * pixels;
      for (let pixel = 0; pixel < plane; pixel++) {
        const into = to + 3 * pixel;
        values[into] = planes[from + pixel] as number;
        values[into + 1] = planes[from + plane + pixel] as number;
        values[into + 2] = planes[from + 2 * plane + pixel] as number;
      }
    }
  }
  return new Map([
    ['x', { shape: [size, size, 3], count, values, scale: 1 / 255 }],
    ['y', { shape: [], count, values: classes, scale: 1, classes: classNames.length, classNames }],
  ]);
}

/** Throws `DataError`, naming file and image, where a label is none of the classes. */
function checkLabels(labels: Uint8Array, file: string, classes: number): void {
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong < 0) return;
  throw new DataError(
    'damaged',
    `Image ${wrong + 1} of “${file}” has the label ${labels[wrong]}; there are only the classes 0 to ${classes - 1}.`,
  );
}

/** From batches.meta.txt, or Python's batches.meta, where that is there and has ten names. */
async function readClassNames(
  source: DataSource,
  names: readonly string[],
): Promise<readonly string[]> {
  const meta = names.find((name) => /^batches\.meta(\.txt)?$/.test(baseName(name)));
  if (meta === undefined) return cifarClasses;
  const bytes = await readWhole(source, meta, 1 << 16);
  const given = meta.endsWith('.txt')
    ? new TextDecoder().decode(bytes).split(/\r?\n/)
    : labelNames(readPickle(bytes, meta));
  const found = given.map((name) => name.trim()).filter((name) => name !== '');
  return found.length === cifarClasses.length ? found : cifarClasses;
}

function labelNames(value: Pickled): readonly string[] {
  const names = entriesOf(value).get('label_names');
  return Array.isArray(names) ? names.map(textOf) : [];
}
