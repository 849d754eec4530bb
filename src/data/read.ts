import { builtInSet } from './built-in/built-in.ts';
import type { DataSet } from './data-set.ts';
import { DataError } from './errors.ts';
import { onlyArchive, openArchive, unpacked } from './files/unpack.ts';
import type { DecodePicture } from './images/picture.ts';
import { looksLikeArrays, readArrays } from './sets/arrays.ts';
import { looksLikeCifar, readCifar } from './sets/cifar.ts';
import { looksLikeImages, readImageFolder } from './sets/image-folder.ts';
import { looksLikeMnist, readMnist } from './sets/mnist.ts';
import { looksLikeTable, readTable } from './sets/table.ts';
import { type DataSettings, defaultDataSettings } from './settings.ts';
import type { DataSource } from './source.ts';

/** What reading needs of the place it happens in. */
export interface DataHost {
  /** Without it, folders of images cannot be read. */
  readonly decodePicture?: DecodePicture;
}

interface Reader {
  fits(source: DataSource): boolean;
  read(source: DataSource, settings: DataSettings, host: DataHost): Promise<DataSet>;
}

/** The first that fits reads: names that only one kind of data has stand before endings. */
const readers: readonly Reader[] = [
  { fits: looksLikeMnist, read: readMnist },
  { fits: looksLikeCifar, read: readCifar },
  { fits: looksLikeArrays, read: readArrays },
  { fits: looksLikeTable, read: readTable },
  {
    fits: looksLikeImages,
    read: (source, settings, host) => readImageFolder(source, settings, host.decodePicture),
  },
];

/**
 * Reads the built-in set that the settings name, else whatever the source holds, as it is: nothing is
 * split or scaled yet. Packed files and archives are unpacked in passing. Throws `DataError`.
 */
export async function readDataSet(
  source: DataSource | undefined,
  settings: DataSettings = defaultDataSettings,
  host: DataHost = {},
): Promise<DataSet> {
  if (settings.set !== null) return builtInSet(settings.set, settings);
  if (!source) throw new DataError('not-found', 'No data were chosen.');
  if (source.files().length === 0) {
    throw new DataError('not-found', `“${source.name}” has no files in it.`);
  }
  const plain = unpacked(source);
  const reader = readers.find(({ fits }) => fits(plain));
  if (reader) return reader.read(plain, settings, host);
  const archive = onlyArchive(source);
  if (archive !== undefined) {
    return readDataSet(await openArchive(source, archive), settings, host);
  }
  throw new DataError(
    'unknown-format',
    `“${source.name}” holds no data this program knows; it reads images and labels as IDX files like MNIST's, the batches of CIFAR-10, tables (.csv, .tsv), folders of images (.png, .jpg) that name their classes, and arrays (.npy, .npz), also packed.`,
  );
}
