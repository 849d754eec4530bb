import type { WireId } from '#graph';
import type { Registry } from '#ops';
import type { ArrayValue } from '#tensor';
import { elementwiseTerms } from './elementwise-links.ts';
import { columnGrid, type Grid, valueGrid, wholeGrid } from './grid.ts';
import { jacobian } from './jacobian.ts';
import { matrixLinks } from './matrix-links.ts';
import { type RuleAt, ruleAt } from './rule-at.ts';
import type { Trace } from './trace.ts';

/** One product in the sum that makes an entry of a gradient: upstream[…] · local[…]. */
export interface LinkTerm {
  readonly upstream: number;
  readonly local: number;
}

/** Upstream × local = what flows back on a wire, entry by entry. Entries are counted row-major. */
export interface Links {
  readonly kind: 'elementwise' | 'matrix' | 'jacobian';
  /** Which factor stands first, in the order in which the mathematics is written. */
  readonly first: 'local' | 'upstream';
  readonly local: Grid;
  readonly upstream: Grid;
  readonly result: Grid;
  /** The products that add up to an entry of the result. */
  terms(result: number): readonly LinkTerm[];
}

/** Jacobians with more entries, or columns, than that are not computed to link entries. */
const largest = { entries: 2 ** 16, columns: 512 };

/**
 * Which entries of the upstream and the local gradient make each entry of what flows back on a wire:
 * exact for products of matrices and for elementwise gates, and from the entries of the Jacobian that are not 0
 * for all others. Null where nothing flows back, or where the Jacobian would be too large.
 */
export function linksOf(trace: Trace, registry: Registry, wire: WireId): Links | null {
  const { upstream, gradient, local: localOf } = trace.wires.get(wire) ?? {};
  const local = localOf?.();
  const rule = ruleAt(trace, registry, wire);
  if (!upstream || !gradient || !local || !rule) return null;
  switch (local.kind) {
    case 'matrix':
      return matrixLinks(local.side, upstream, local.value, gradient);
    case 'elementwise':
      return {
        kind: 'elementwise',
        first: 'local',
        local: valueGrid(local.value),
        upstream: valueGrid(upstream),
        result: valueGrid(gradient),
        terms: elementwiseTerms(upstream, upstreamAxes(rule, upstream), local.value, gradient),
      };
    case 'jacobian':
      return jacobianLinks(trace, registry, wire, upstream, gradient);
  }
}

/**
 * The lengths of the upstream's axes as they lie under those of the local gradient: reductions lose
 * axes, which are put back with length 1; all others align from the right.
 */
function upstreamAxes({ operation, node, input }: RuleAt, upstream: ArrayValue): readonly number[] {
  if (operation.id === 'select') return [...upstream.shape, 1];
  if (operation.group !== 'reductions') return upstream.shape;
  const { axes } = node.attrs as { readonly axes?: readonly number[] };
  const rank = input.shape.length;
  const gone = new Set(axes?.map((axis) => (axis < 0 ? axis + rank : axis)));
  return input.shape.map((length, axis) => (!axes || gone.has(axis) ? 1 : length));
}

function jacobianLinks(
  trace: Trace,
  registry: Registry,
  wire: WireId,
  upstream: ArrayValue,
  gradient: ArrayValue,
): Links | null {
  const rows = gradient.data.data.length;
  const columns = upstream.data.data.length;
  if (rows * columns > largest.entries || columns > largest.columns) return null;
  const found = jacobian(trace, registry, wire);
  if (!found) return null;
  const { matrix } = found;
  return {
    kind: 'jacobian',
    first: 'local',
    local: wholeGrid(matrix, rows, columns),
    upstream: columnGrid(upstream),
    result: columnGrid(gradient),
    terms: (result) => {
      const terms: LinkTerm[] = [];
      for (let column = 0; column < columns; column++) {
        const local = result * columns + column;
        if (matrix.data[local] !== 0) terms.push({ upstream: column, local });
      }
      return terms;
    },
  };
}

/** One of the three tensors of the product. */
export type LinkPart = 'local' | 'upstream' | 'result';

/** Entries of the three that belong together. */
export type LinkedEntries = Readonly<Record<LinkPart, ReadonlySet<number>>>;

/**
 * All entries that have to do with one: those that made an entry of the result; or, for an entry of a
 * factor, the results it goes into and what it is multiplied with there. Only `results` are asked for that.
 */
export function linkedTo(
  { terms }: Links,
  part: LinkPart,
  index: number,
  results: readonly number[],
): LinkedEntries {
  const linked = {
    local: new Set<number>(),
    upstream: new Set<number>(),
    result: new Set<number>(),
  };
  linked[part].add(index);
  for (const result of part === 'result' ? [index] : results) {
    for (const term of terms(result)) {
      if (part !== 'result' && term[part] !== index) continue;
      linked.local.add(term.local);
      linked.upstream.add(term.upstream);
      linked.result.add(result);
    }
  }
  return linked;
}
