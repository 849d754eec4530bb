import { type BuiltInSet, builtInSets, findBuiltIn } from '#data';
import type { DatasetFolder } from '../host/index.ts';

/** A built-in set stands in the list like a folder, but has no files. */
const folders: ReadonlyMap<BuiltInSet, DatasetFolder> = new Map(
  builtInSets.map((name) => [
    name,
    { ref: `built-in ${name}` as DatasetFolder['ref'], name, files: [] },
  ]),
);

/** What stands for the built-in set of that name; undefined where there is none. */
export function builtInFolder(name: string | null | undefined): DatasetFolder | undefined {
  const set = name ? findBuiltIn(name) : undefined;
  return set && folders.get(set);
}

/** The set that such a folder stands for. */
export function builtInOf({ ref }: DatasetFolder): BuiltInSet | undefined {
  return builtInSets.find((name) => folders.get(name)?.ref === ref);
}
