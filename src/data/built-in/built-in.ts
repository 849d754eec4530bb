import type { DataSet, Fields } from '../data-set.ts';
import { DataError } from '../errors.ts';
import type { DataSettings } from '../settings.ts';
import { labels, numbers } from './columns.ts';
import { type CurveSet, curveFields, curves, streamOf } from './curves.ts';
import { digits, iris } from './real.ts';
import { type Toy, toyPoints, toys } from './toys.ts';

/** The sets that need no file. */
export const builtInSets = [
  'blobs',
  'xor',
  'rings',
  'spirals',
  'three-classes',
  'moons',
  'line',
  'polynomial',
  'iris',
  'digits',
] as const;

export type BuiltInSet = (typeof builtInSets)[number];

/** The set that somebody means by that, one spiral or many; undefined for none. */
export function findBuiltIn(name: string): BuiltInSet | undefined {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .replace(/s$/, '');
  return builtInSets.find((set) => plain(set) === plain(name));
}

/** Whether the set is made by the seed, with as many examples and as much noise as one likes. */
export function isGenerated(name: BuiltInSet): boolean {
  return name in toys || name in curves;
}

type Made = Pick<DataSettings, 'seed' | 'examples' | 'noise' | 'order'>;

/** Throws `DataError` where there is no such set. */
export async function builtInSet(name: string, settings: Made): Promise<DataSet> {
  const set = findBuiltIn(name);
  if (set === undefined) {
    throw new DataError(
      'bad-setting',
      `There is no built-in data set “${name}”; there are ${builtInSets.join(', ')}.`,
    );
  }
  if (set === 'iris') return iris();
  if (set === 'digits') return digits();
  const { examples } = settings;
  // The test part is as large as a third of the training part, and drawn by itself.
  const rest = Math.max(1, Math.ceil(examples / 3));
  return {
    name: set,
    train: made(set, 'train', examples, settings),
    test: made(set, 'test', rest, settings),
  };
}

function made(
  set: Exclude<BuiltInSet, 'iris' | 'digits'>,
  part: string,
  count: number,
  { seed, noise, order }: Made,
): Fields {
  const random = streamOf(set, part, seed);
  if (set === 'line' || set === 'polynomial') {
    const curve: CurveSet = curves[set];
    return curveFields(curve, count, noise ?? curve.noise, order, random);
  }
  const toy: Toy = toys[set];
  const points = new Float32Array(2 * count);
  const classes = new Uint8Array(count);
  let row = 0;
  for (const { x, y, label } of toyPoints(toy, count, noise ?? toy.noise, random)) {
    points[2 * row] = x;
    points[2 * row + 1] = y;
    classes[row++] = label;
  }
  return new Map([
    ['x', numbers([2], points)],
    [
      'y',
      labels(
        classes,
        Array.from({ length: toy.classes }, (_, at) => String(at)),
      ),
    ],
  ]);
}
