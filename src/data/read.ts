import { builtInSet } from './built-in/built-in.ts';
import type { DataSet } from './data-set.ts';
import { DataError } from './errors.ts';
import { looksLikeCifar, readCifar } from './sets/cifar.ts';
import { looksLikeMnist, readMnist } from './sets/mnist.ts';
import { looksLikeTable, readTable } from './sets/table.ts';
import { type DataSettings, defaultDataSettings } from './settings.ts';
import type { DataSource } from './source.ts';

/**
 * Reads the built-in set that the settings name, else whatever the source holds, as it is: nothing is
 * split or scaled yet. Throws `DataError`.
 */
export async function readDataSet(
  source: DataSource | undefined,
  settings: DataSettings = defaultDataSettings,
): Promise<DataSet> {
  if (settings.set !== null) return builtInSet(settings.set, settings);
  if (!source) throw new DataError('not-found', 'No data were chosen.');
  if (looksLikeMnist(source)) return readMnist(source);
  if (looksLikeCifar(source)) return readCifar(source);
  if (looksLikeTable(source)) return readTable(source, settings);
  throw new DataError(
    'unknown-format',
    `“${source.name}” holds no data this program knows; it reads images and labels as IDX files like MNIST's, the binary batches of CIFAR-10, and tables (.csv, .tsv).`,
  );
}
