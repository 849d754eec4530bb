import { defaultTraining, type NodeId } from '#graph';
import { type ArrayValue, Float64Engine, type NdArray } from '#tensor';
import { trace } from '#trace';
import type { MiniBatch } from './batches.ts';
import { TrainingError } from './errors.ts';
import type { TrainableGraph } from './graph.ts';
import type { ParameterValues } from './learnt.ts';
import { drawMask } from './masks.ts';
import { names } from './names.ts';
import type { EngineCheck } from './protocol.ts';
import { RoundingEngine } from './rounding-engine.ts';
import { Session } from './session.ts';
import { updateRule } from './update.ts';

/** An engine that is off by more than this does not train, unless its numbers cannot do any better. */
const tolerance = 1e-3;

/**
 * An engine may be off by this many times what rounding every result to float32 makes: it rounds within
 * its sums as well. Beyond `largestMagnified`, a gradient is no gradient any more.
 */
const roundings = 10;
const largestMagnified = 0.1;

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
  /** The difference that rounding every result to float32 makes: what the graph makes of small errors. */
  magnified(): Promise<number>;
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
  // The same program twice, so that nothing but the roundings makes a difference.
  const magnified = async () => {
    const rule = updateRule(defaultTraining);
    const on = (engine: Float64Engine) =>
      new Session(graph, rule, engine, parameters).gradients(batch);
    const whole = await on(new Float64Engine());
    const [own = Number.NaN] = Array.from(whole.get(names.loss) ?? []);
    const named = [...gradients].map(([key, { name }]): [string, NamedGradient] => [
      key,
      { name, data: Float64Array.from(whole.get(key) ?? []) },
    ]);
    const exact = { loss: own, gradients: new Map(named) };
    return farthest(exact, await on(new RoundingEngine())).difference;
  };
  return { loss, gradients, magnified };
}

/**
 * Compares loss and gradients of the compiled program with the exact trace. Throws `TrainingError`
 * `check-failed` where they differ by more than the tolerance, and by more than a graph makes of roundings.
 */
export async function compareWith<T>(
  exact: Exact,
  session: Session<T>,
  batch: MiniBatch,
): Promise<EngineCheck> {
  const worst = farthest(exact, await session.gradients(batch));
  const check = { engine: session.engine.name, ...worst };
  if (worst.difference <= tolerance) return check;
  const magnified = await exact.magnified();
  if (worst.difference <= Math.min(largestMagnified, roundings * magnified)) {
    return { ...check, magnified };
  }
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

type Numbers = ReadonlyMap<string, ArrayLike<number>>;

/** Where loss and gradients are farthest from the exact ones. */
function farthest({ loss, gradients }: Pick<Exact, 'loss' | 'gradients'>, got: Numbers) {
  const all = [...gradients.values()];
  const floor = floorShare * Math.max(...all.map(({ data }) => largest(data)));
  const off = difference(got.get(names.loss), Float64Array.of(loss), 1e-6);
  let worst = { where: 'loss', difference: off };
  for (const [key, { name, data }] of gradients) {
    const found = difference(got.get(key), data, floor);
    if (!(found <= worst.difference)) worst = { where: name, difference: found };
  }
  return worst;
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
