import type { NodeId } from '#graph';
import type { ArrayValue, NdArray } from '#tensor';
import { trace } from '#trace';
import type { MiniBatch } from './batches.ts';
import { TrainingError } from './errors.ts';
import type { TrainableGraph } from './graph.ts';
import type { ParameterValues } from './learnt.ts';
import { drawMask } from './masks.ts';
import { names } from './names.ts';
import type { EngineCheck } from './protocol.ts';
import type { Session } from './session.ts';

/** An engine that is off by more than this does not train. */
const tolerance = 1e-3;

/** Differences are taken relative to at least this share of the largest gradient entry of all. */
const floorShare = 1e-3;

/** The exact trace of a mini-batch, with the very masks that its training step gets. */
export function traceBatch(
  { document, registry }: TrainableGraph,
  { data, order, from, size, draw }: MiniBatch,
  parameters: ParameterValues,
) {
  const feeds = new Map<NodeId, ArrayValue>();
  for (const [id, value] of parameters) {
    feeds.set(id, { batched: false, shape: value.shape, data: value });
  }
  data.batch(order, from, size, (id, shape, values) => {
    const array: NdArray = { shape, data: Float64Array.from(values) };
    feeds.set(id, { batched: true, shape: shape.slice(1), data: array });
  });
  return trace(document, registry, {
    feeds,
    auxiliary: ({ node }, _, wanted) => {
      if (wanted.kind !== 'mask') return undefined;
      const { batched, shape: own } = wanted.form;
      const shape = batched ? [size, ...own] : own;
      const mask = Float64Array.from(drawMask(node.id, wanted, shape, draw));
      return { batched, shape: own, data: { shape, data: mask } };
    },
  });
}

/** What the exact trace gives: the loss, and the gradient of every parameter that is trained. */
export interface Exact {
  readonly loss: number;
  /** By the programs’ names. */
  readonly gradients: ReadonlyMap<string, NamedGradient>;
}

interface NamedGradient {
  /** The parameter’s. */
  readonly name: string;
  readonly data: Float64Array;
}

export function exactGradients(
  graph: TrainableGraph,
  batch: MiniBatch,
  parameters: ParameterValues,
): Exact {
  const { loss = Number.NaN, nodes } = traceBatch(graph, batch, parameters);
  const gradients = new Map<string, NamedGradient>();
  for (const { id, name, frozen } of graph.parameters) {
    const gradient = nodes.get(id)?.gradient;
    if (!frozen && gradient) gradients.set(names.gradient(id), { name, data: gradient.data.data });
  }
  return { loss, gradients };
}

/**
 * Compares loss and gradients of the compiled program with the exact trace. Throws `TrainingError`
 * `check-failed` where they differ by more than the tolerance.
 */
export async function compareWith<T>(
  exact: Exact,
  session: Session<T>,
  batch: MiniBatch,
): Promise<EngineCheck> {
  const got = await session.gradients(batch);
  const all = [...exact.gradients.values()];
  const floor = floorShare * Math.max(...all.map(({ data }) => largest(data)));
  const loss = difference(got.get(names.loss), Float64Array.of(exact.loss), 1e-6);
  let worst = { where: 'loss', difference: loss };
  for (const [key, { name, data }] of exact.gradients) {
    const found = difference(got.get(key), data, floor);
    if (!(found <= worst.difference)) worst = { where: name, difference: found };
  }
  if (worst.difference <= tolerance) return { engine: session.engine.name, ...worst };
  throw new TrainingError(
    'check-failed',
    `The engine “${session.engine.name}” computes the ${worst.where === 'loss' ? 'loss' : `gradient of “${worst.where}”`} differently from the exact trace (by ${worst.difference.toPrecision(2)} of its size), so nothing was trained with it.`,
  );
}

/** Holds a session to the exact trace of a mini-batch; see `compareWith`. */
export async function checkEngine<T>(
  graph: TrainableGraph,
  session: Session<T>,
  batch: MiniBatch,
  parameters: ParameterValues,
): Promise<EngineCheck> {
  return compareWith(exactGradients(graph, batch, parameters), session, batch);
}

function largest(data: ArrayLike<number>): number {
  let result = 0;
  for (let at = 0; at < data.length; at++) result = Math.max(result, Math.abs(data[at] as number));
  return result;
}

/** The largest difference, relative to the largest magnitude that is wanted. NaN equals NaN. */
function difference(
  got: ArrayLike<number> | undefined,
  wanted: ArrayLike<number>,
  floor: number,
): number {
  let result = got?.length === wanted.length ? 0 : Number.POSITIVE_INFINITY;
  for (let at = 0; at < wanted.length; at++) {
    const left = got?.[at] ?? Number.POSITIVE_INFINITY;
    const right = wanted[at] as number;
    if (!Object.is(left, right)) result = Math.max(result, Math.abs(left - right));
  }
  return result === 0 ? 0 : result / Math.max(largest(wanted), floor, Number.MIN_VALUE);
}
