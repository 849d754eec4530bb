import fuzzysort from 'fuzzysort';

/** What people may call a thing; the first is its own name. */
export type Names = readonly string[];

const least = 0.3;

/**
 * The items that the text finds, the best first: by name, by its beginning, by letters of it in their order. Empty text
 * finds all, as they come. `bonus` decides between what is found alike, from 0 to 1.
 */
export function find<T>(
  text: string,
  items: readonly T[],
  namesOf: (item: T) => Names,
  bonus: (item: T) => number = () => 0,
): readonly T[] {
  const wanted = text.trim();
  const scored = items.flatMap((item) => {
    const score = wanted === '' ? 0 : best(wanted, namesOf(item));
    return score < least && wanted !== '' ? [] : [{ item, score: score + bonus(item) * 0.2 }];
  });
  return scored.sort((a, b) => b.score - a.score).map(({ item }) => item);
}

function best(wanted: string, names: Names): number {
  return Math.max(0, ...names.map((name, at) => scoreOf(wanted, name) - at * 0.001));
}

function scoreOf(wanted: string, name: string): number {
  if (name === wanted) return 3;
  const [low, small] = [name.toLowerCase(), wanted.toLowerCase()];
  if (low === small) return 2.5;
  if (low.startsWith(small)) return 1.5 + small.length / (2 * low.length);
  return fuzzysort.single(wanted, name)?.score ?? 0;
}
