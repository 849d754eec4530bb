import type { DataSet } from './data-set.ts';
import { DataError } from './errors.ts';
import { looksLikeMnist, readMnist } from './mnist.ts';
import type { DataSource } from './source.ts';

/** Reads whatever data set the source holds. Throws `DataError`. */
export async function readDataSet(source: DataSource): Promise<DataSet> {
  if (looksLikeMnist(source)) return readMnist(source);
  throw new DataError(
    'unknown-format',
    `“${source.name}” holds no data this program knows; it reads MNIST's IDX files (train-images-idx3-ubyte and the other three).`,
  );
}
