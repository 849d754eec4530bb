import { DataError, type DataSource } from '#data';
import type { DatasetLocation } from '#train';

/** A data set whose files are fetched, from the app itself or from what a page holds. */
export function fetchSource({ name, files }: DatasetLocation): DataSource {
  return {
    name,
    files: () => files.map((file) => file.name),
    read: async (wanted) => {
      const file = files.find((candidate) => candidate.name === wanted);
      const response = file && (await fetch(file.url).catch(() => undefined));
      if (!response?.ok) {
        throw new DataError('not-found', `“${wanted}” of “${name}” cannot be read.`);
      }
      return response.arrayBuffer();
    },
  };
}
