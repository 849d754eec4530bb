import type { DataSet, Field, Fields } from '../data-set.ts';
import { DataError } from '../errors.ts';
import { type IdxFile, readIdx } from '../files/idx.ts';
import { baseName, type DataSource, readWhole } from '../source.ts';

/** That of MNIST and of its kin with clothes. Letters have more. */
const usualClasses = 10;

/** How the four files are called, up to the dots and dashes that people put between the parts. */
const parts = {
  trainImages: ['train', 'images'],
  trainLabels: ['train', 'labels'],
  testImages: ['(t10k|test)', 'images'],
  testLabels: ['(t10k|test)', 'labels'],
} as const;

type Part = keyof typeof parts;

/** Whether a folder holds MNIST, or something of the same make: IDX files for training. */
export function looksLikeMnist(source: DataSource): boolean {
  return findPart(source, 'trainImages') !== undefined;
}

/**
 * Reads a folder with the four IDX files of MNIST: fields `x` (images [h, w, 1], scaled to 0 … 1) and
 * `y` (class indices). The test files may be missing. Throws `DataError`, naming the file.
 */
export async function readMnist(source: DataSource): Promise<DataSet> {
  const train = await readPair(source, 'trainImages', 'trainLabels');
  const hasTest = findPart(source, 'testImages') ?? findPart(source, 'testLabels');
  const test =
    hasTest === undefined ? undefined : await readPair(source, 'testImages', 'testLabels');
  const classes = classesOf([train, ...(test ? [test] : [])].map(({ labels }) => labels));
  return {
    name: source.name,
    train: fieldsOf(train, classes),
    ...(test ? { test: fieldsOf(test, classes) } : {}),
  };
}

function findPart(source: DataSource, part: Part): string | undefined {
  const [set, kind] = parts[part];
  // EMNIST puts the name of its parts in front.
  const name = new RegExp(`^(.*[-_.])?${set}[-_.]${kind}([-_.]idx[13]-?ubyte)?$`, 'i');
  const found = source.files().map((file) => file.name);
  return found
    .filter((file) => name.test(baseName(file)))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}

interface Pair {
  readonly images: IdxFile;
  readonly labels: Uint8Array;
  readonly labelsFile: string;
}

async function readPair(source: DataSource, imagesPart: Part, labelsPart: Part): Promise<Pair> {
  const images = await readPart(source, imagesPart, 3, 'images');
  const labels = await readPart(source, labelsPart, 1, 'labels');
  const [count = 0] = images.idx.shape;
  if (labels.idx.shape[0] !== count) {
    throw new DataError(
      'mismatch',
      `“${images.file}” holds ${count} images, but “${labels.file}” ${labels.idx.shape[0]} labels.`,
    );
  }
  if (count === 0) throw new DataError('damaged', `“${images.file}” holds no images.`);
  return { images: images.idx, labels: labels.idx.values, labelsFile: labels.file };
}

function fieldsOf({ images, labels, labelsFile }: Pair, classes: number): Fields {
  const wrong = labels.findIndex((label) => label >= classes);
  if (wrong >= 0) {
    throw new DataError(
      'damaged',
      `Label ${wrong + 1} of “${labelsFile}” is ${labels[wrong]}; there are only the classes 0 to ${classes - 1}.`,
    );
  }
  const [count = 0, height = 1, width = 1] = images.shape;
  const x: Field = { shape: [height, width, 1], count, values: images.values, scale: 1 / 255 };
  const y: Field = { shape: [], count, values: labels, scale: 1, classes };
  return new Map([
    ['x', x],
    ['y', y],
  ]);
}

/** As many as the highest label asks for, where at least half of them occur; else that one is a slip. */
function classesOf(labels: readonly Uint8Array[]): number {
  const distinct = new Set(labels.flatMap((part) => [...new Set(part)]));
  const most = Math.max(...distinct) + 1;
  return most <= 2 * distinct.size ? most : usualClasses;
}

async function readPart(
  source: DataSource,
  part: Part,
  rank: number,
  what: string,
): Promise<{ readonly file: string; readonly idx: IdxFile }> {
  const file = findPart(source, part);
  if (file === undefined) {
    const [set, kind] = parts[part];
    throw new DataError(
      'not-found',
      `“${source.name}” has no file ${set === 'train' ? set : 't10k'}-${kind}-idx${rank}-ubyte, which belongs to MNIST.`,
    );
  }
  const idx = readIdx(await readWhole(source, file), file);
  if (idx.shape.length !== rank) {
    throw new DataError('damaged', `“${file}” holds no ${what}: it has ${idx.shape.length} axes.`);
  }
  return { file, idx };
}
