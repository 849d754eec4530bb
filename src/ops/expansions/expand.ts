import type { Form } from '#tensor';
import * as arithmetic from './arithmetic.ts';
import * as convolution from './convolution.ts';
import { type Expansion, type InnerGraph, Inside } from './expansion.ts';
import * as functions from './functions.ts';
import * as layers from './layers.ts';
import * as losses from './losses.ts';
import * as probabilities from './probabilities.ts';
import * as reductions from './reductions.ts';

/** Every expansion by the id of its operation. */
const expansions: ReadonlyMap<string, Expansion> = new Map(
  Object.entries<Expansion>({
    ...arithmetic,
    ...functions,
    ...reductions,
    ...probabilities,
    ...losses,
    ...layers,
    ...convolution,
  }),
);

/** The operations that consist of others. */
export const compositeIds: readonly string[] = [...expansions.keys()];

/** How an operation is put together from others; undefined where it is elementary. */
export function expansionOf(op: string): Expansion | undefined {
  return expansions.get(op);
}

/**
 * What a composite consists of. `inputs` are the connected ports in port order, each with the form of
 * what arrives, where that is known. Throws `ExpansionError` or `ShapeError`, one sentence.
 */
export function expand(
  expansion: Expansion,
  inputs: ReadonlyMap<string, Form | undefined>,
  attrs: object,
): InnerGraph {
  const inside = new Inside(inputs);
  return inside.graph(expansion.build(inside, attrs));
}
