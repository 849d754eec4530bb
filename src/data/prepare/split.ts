import { permutation, seededRandom } from '#tensor';
import { countOf, type Field, type Fields, firstEntries } from '../data-set.ts';
import { DataError } from '../errors.ts';
import type { DataSettings } from '../settings.ts';

/** The examples of a part, by their numbers, ascending. */
interface Split {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
}

/** Only some of the examples; nothing is copied but their numbers. */
export function selectExamples(fields: Fields, chosen: Uint32Array): Fields {
  const select = (field: Field): Field => {
    const { rows } = field;
    const own = rows ? chosen.map((example) => rows[example] ?? 0) : chosen;
    return { ...field, count: chosen.length, rows: own };
  };
  return new Map([...fields].map(([name, field]) => [name, select(field)]));
}

/** At most so many, drawn by the seed. */
export function limitExamples(fields: Fields, limit: number, seed: number): Fields {
  const count = countOf(fields);
  if (count <= limit) return fields;
  const drawn = permutation(count, seededRandom(seed, 'limit')).subarray(0, limit);
  return selectExamples(fields, drawn.toSorted());
}

/**
 * Which examples are held back. Where there are classes, each part gets its share of every class.
 * Throws `DataError` where nothing would be left of a part.
 */
export function splitExamples(
  fields: Fields,
  share: number,
  fold: DataSettings['fold'],
  seed: number,
  name: string,
): Split {
  const order = stratifiedOrder(fields, seed);
  const isHeldBack = fold
    ? (place: number) => place % fold.of === fold.part - 1
    : // Every time another whole example is due.
      (place: number) => Math.floor((place + 1) * share + 1e-9) > Math.floor(place * share + 1e-9);
  const train = order.filter((_, place) => !isHeldBack(place)).sort();
  const validation = order.filter((_, place) => isHeldBack(place)).sort();
  if (train.length === 0 || validation.length === 0) {
    throw new DataError(
      'bad-setting',
      `“${name}” has only ${order.length} ${order.length === 1 ? 'example' : 'examples'} to train on, too few to hold some back for validation.`,
    );
  }
  return { train, validation };
}

/** All examples at random, but class after class. */
function stratifiedOrder(fields: Fields, seed: number): Uint32Array {
  const order = permutation(countOf(fields), seededRandom(seed, 'split'));
  const y = fields.get('y');
  if (y?.classes === undefined) return order;
  const { values, count } = y;
  const first = firstEntries(y);
  // Class by class, each in the order at random (a counting sort: there may be millions).
  const starts = new Uint32Array(y.classes + 1);
  for (let example = 0; example < count; example++) {
    const after = (values[first(example)] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
  }
  for (let label = 0; label < y.classes; label++) {
    starts[label + 1] = (starts[label + 1] ?? 0) + (starts[label] ?? 0);
  }
  const byClass = new Uint32Array(count);
  for (const example of order) {
    const label = values[first(example)] ?? 0;
    const place = starts[label] ?? 0;
    byClass[place] = example;
    starts[label] = place + 1;
  }
  return byClass;
}
