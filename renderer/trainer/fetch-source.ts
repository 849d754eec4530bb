import { DataError, type DataSource } from '#data';
import type { DatasetLocation } from '#train';

/** A data set whose files are fetched, from the app itself or from what a page holds. */
export function fetchSource({ name, files }: DatasetLocation): DataSource {
  return {
    name,
    files: () => files,
    async *stream(wanted) {
      const file = files.find((candidate) => candidate.name === wanted);
      const response = file && (await fetch(file.url).catch(() => undefined));
      const unreadable = () =>
        new DataError('not-found', `“${wanted}” of “${name}” cannot be read.`);
      if (!response?.ok) throw unreadable();
      const reader = response.body?.getReader();
      if (!reader) return;
      try {
        for (;;) {
          const { done, value } = await reader.read().catch(() => {
            throw unreadable();
          });
          if (done) return;
          yield value;
        }
      } finally {
        void reader.cancel().catch(() => undefined);
      }
    },
  };
}
