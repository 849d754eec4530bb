import { type ArrayValue, broadcastShapes, type Shape, stridesOf } from '#tensor';
import type { LinkTerm } from './links.ts';

/**
 * The products behind each entry of `result` = upstream ⊙ local, brought to the form of the input: where
 * broadcasting stretched an axis, or all examples share the value, those along it add up.
 *
 * @param axes the upstream's shape, with the axes a reduction lost put back as 1
 */
export function elementwiseTerms(
  upstream: ArrayValue,
  axes: Shape,
  local: ArrayValue,
  result: ArrayValue,
): (result: number) => readonly LinkTerm[] {
  const product = broadcastShapes(axes, local.shape);
  const rank = Math.max(product.length, result.shape.length);
  const lengths = padded(product, rank);
  const wanted = padded(result.shape, rank);
  const steps = {
    upstream: strides(axes, rank),
    local: strides(local.shape, rank),
    result: strides(result.shape, rank),
  };
  const sizes = {
    upstream: exampleSize(upstream),
    local: exampleSize(local),
    result: exampleSize(result),
  };
  const batch = upstream.batched ? upstream : local.batched ? local : undefined;
  const examples = batch ? (batch.data.shape[0] ?? 1) : 1;
  return (at) => {
    const own = result.batched ? Math.floor(at / sizes.result) : -1;
    const within = result.batched ? at % sizes.result : at;
    // Row by row, as the sum is read.
    let terms: LinkTerm[] = [];
    for (let example = 0; example < examples; example++) {
      if (own >= 0 && batch && example !== own) continue;
      terms.push({
        upstream: upstream.batched ? example * sizes.upstream : 0,
        local: local.batched ? example * sizes.local : 0,
      });
    }
    for (let axis = 0; axis < rank; axis++) {
      const length = lengths[axis] ?? 1;
      const kept = wanted[axis] ?? 1;
      const place = Math.floor(within / (steps.result[axis] || 1)) % kept;
      const summed = kept === 1 && length > 1;
      const places = summed ? Array.from({ length }, (_, index) => index) : [place];
      terms = terms.flatMap((term) =>
        places.map((index) => ({
          upstream: term.upstream + index * (steps.upstream[axis] ?? 0),
          local: term.local + index * (steps.local[axis] ?? 0),
        })),
      );
    }
    return terms;
  };
}

/** With axes of length 1 in front. */
function padded(shape: Shape, rank: number): number[] {
  return [...new Array<number>(rank - shape.length).fill(1), ...shape];
}

/** How far apart neighbours along each axis are; 0 along an axis that is stretched. */
function strides(shape: Shape, rank: number): number[] {
  const own = stridesOf(padded(shape, rank));
  return padded(shape, rank).map((length, axis) => (length === 1 ? 0 : (own[axis] ?? 0)));
}

function exampleSize({ batched, data }: ArrayValue): number {
  return batched ? data.data.length / (data.shape[0] ?? 1) : data.data.length;
}
