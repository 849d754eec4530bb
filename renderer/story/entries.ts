import { type ArrayValue, sizeOf } from '#tensor';
import type { Grid, Links } from '#trace';
import type { Numbers } from '../format/numbers.ts';
import { formatPlace } from '../format/tensors.ts';
import { telling } from '../strings/en-story.ts';

const text = telling.maps;

/** `[2, 1] of example 3`: an entry by its places, counted from 1 as at the blackboard. */
export function entryName(
  { batched, shape }: Pick<ArrayValue, 'batched' | 'shape'>,
  index: number,
): string {
  const size = sizeOf(shape);
  const place = formatPlace(index % size, shape);
  const example = batched ? text.example(Math.floor(index / size) + 1) : '';
  return place === '' ? example : text.of(example, place);
}

/** The entry of a matrix that is no value of the graph: a Jacobian. */
export function placeName(grid: Grid, index: number): string {
  const { row, column } = grid.place(index);
  return text.column(row + 1, column + 1);
}

/** So many products are written out; of more the first ones and the last. */
const longest = 4;

/** `0.3·1.2 + (−0.5)·0.8`, long sums with a … in the middle; empty for an empty sum. */
export function arithmetic(
  { terms, first, local, upstream }: Links,
  result: number,
  numbers: Numbers,
): string {
  const made = terms(result);
  const written = made.length <= longest ? made : [...made.slice(0, 2), ...made.slice(-1)];
  const products = written.map((term, at) => {
    const a = local.array.data[term.local] ?? Number.NaN;
    const b = upstream.array.data[term.upstream] ?? Number.NaN;
    const [left, right] = first === 'local' ? [a, b] : [b, a];
    const head = at === 0 ? numbers.format(left) : numbers.operand(left);
    return `${head}·${numbers.operand(right)}`;
  });
  if (made.length > longest) products.splice(2, 0, '…');
  return products.join(' + ');
}
