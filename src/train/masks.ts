import type { NodeId } from '#graph';
import type { Auxiliary } from '#ops';
import { type Shape, seededRandom, sizeOf } from '#tensor';

/** A mask that a graph wants to be drawn anew for every mini-batch. */
export type WantedMask = Extract<Auxiliary, { kind: 'mask' }>;

/** Which random numbers a mini-batch gets: the run's seed and its step. */
export interface Draw {
  readonly seed: number;
  readonly step: number;
}

/**
 * 1 with the probability of keeping, else 0, in `shape`. It depends on the run's seed and step, on the
 * node and on the node's own seed, and on nothing else: two layers never get the same one, and a step
 * that is computed again gets its own again.
 */
export function drawMask(
  id: NodeId,
  { keep, seed }: Pick<WantedMask, 'keep' | 'seed'>,
  shape: Shape,
  draw: Draw,
): Float32Array {
  const random = seededRandom(draw.seed, `mask ${id} ${seed} ${draw.step}`);
  const mask = new Float32Array(sizeOf(shape));
  // Masks are as big as layers: one number at a time would take longer than the layer itself.
  const next = integers(random.index(2 ** 32), random.index(2 ** 32));
  const most = keep * 2 ** 32;
  for (let at = 0; at < mask.length; at++) mask[at] = next() >>> 0 < most ? 1 : 0;
  return mask;
}

/** A small quick generator of 32-bit integers: Chris Doty-Humphrey's sfc32 (PractRand). */
function integers(first: number, second: number): () => number {
  let a = first | 0;
  let b = second | 0;
  let c = 0;
  let counter = 1;
  const next = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result;
  };
  // Until the seeds have spread through all its bits.
  for (let round = 0; round < 12; round++) next();
  return next;
}
