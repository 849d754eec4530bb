import { GraphError } from '../errors.ts';

/** The version this program writes. */
export const currentVersion = 1;

type Json = Readonly<Record<string, unknown>>;

/**
 * The steps from each version to the next: `migrations[n]` turns a file of version n into one of
 * version n + 1. Version 1 is the first, so there are none yet; a step is never changed once released.
 */
const migrations: Readonly<Record<number, (file: Json) => Json>> = {};

/** Brings a file to the current version. Throws `GraphError`: `newer-version`, or `not-a-document`. */
export function migrate(file: Json): Json {
  const { version } = file;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new GraphError('not-a-document', 'This Gradwire document does not say its version.');
  }
  if (version > currentVersion) {
    throw new GraphError(
      'newer-version',
      `This document has format version ${version}; this program reads versions up to ${currentVersion}. Please open it with a newer Gradwire.`,
    );
  }
  let current = file;
  for (let from = version; from < currentVersion; from++) {
    const step = migrations[from];
    if (!step) throw new GraphError('not-a-document', `Format version ${from} cannot be read.`);
    current = { ...step(current), version: from + 1 };
  }
  return current;
}
