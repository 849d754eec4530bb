import type { DataSet } from '#data';
import { inferForms } from '#graph';
import { sizeOf, type TensorEngine } from '#tensor';
import type { Examples } from '../batches.ts';
import type { BoundData } from '../binding.ts';
import type { DataInput, TrainableGraph } from '../graph.ts';
import type { Learnt } from '../learnt.ts';
import { names } from '../names.ts';
import type { Answered, PartName, Picture } from './messages.ts';
import { pictureOfRow } from './picture.ts';
import { compileUse, type Fed, Probe, type ProbeProgram, seen } from './probe.ts';
import { formOf, givenTo, layersOf, type Verdict, verdictOf } from './verdict.ts';

/** The parts of a data set as they are bound to a graph. */
export type Parts = Readonly<Partial<Record<PartName, BoundData | undefined>>>;

export interface NetOptions<T> {
  readonly graph: TrainableGraph;
  readonly engine: TensorEngine<T>;
  readonly data: DataSet;
  readonly parts: Parts;
  readonly batchSize: number;
}

/** Parameters and running averages in an engine, by the programs' names. */
export type NetState<T> = ReadonlyMap<string, T>;

/** As many numbers as the nodes of a portion may have together: some tens of milliseconds of work. */
const portionEntries = 3_000_000;
const largestPortion = 500;
/** Spreads over fewer examples are too rough to see anything. */
const fewestWatched = 128;

type Numbers = Float32Array<ArrayBuffer>;

/** A net to look into: its data, and its programs on an engine. */
export class Net<T> {
  readonly graph: TrainableGraph;
  readonly data: DataSet;
  readonly parts: Parts;
  readonly verdict: Verdict | undefined;
  /** The inputs that its answer depends on. */
  readonly given: readonly DataInput[];
  readonly layers: ReturnType<typeof layersOf>;
  /** Examples that are computed at a time. */
  readonly portion: number;
  /** Examples of which spreads are told: a mini-batch or more, as far as that is bearable. */
  readonly watched: number;
  readonly #engine: TensorEngine<T>;
  readonly #probes = new Map<string, Probe<T>>();

  constructor({ graph, engine, data, parts, batchSize }: NetOptions<T>) {
    this.graph = graph;
    this.data = data;
    this.parts = parts;
    this.verdict = verdictOf(graph);
    this.given = this.verdict ? givenTo(graph, this.verdict.output) : [];
    this.layers = layersOf(graph);
    this.#engine = engine;
    const forms = inferForms(graph.document, graph.registry);
    const perExample = graph.plan.reduce((total, { node }) => {
      const form = formOf(forms, node.id);
      return total + (form?.batched ? sizeOf(form.shape) : 0);
    }, 1);
    const bearable = Math.max(1, Math.floor(portionEntries / perExample));
    this.portion = Math.min(largestPortion, bearable);
    const enough = Math.max(batchSize, fewestWatched);
    this.watched = Math.min(enough, Math.max(graph.lonely ? 2 : 1, bearable));
  }

  /** How many numbers the net is given. */
  get dimensions(): number {
    return this.given.reduce((total, { shape }) => total + sizeOf(shape), 0);
  }

  /** The image that an input is. */
  readonly pictureOf = ({ field, shape }: DataInput): Picture | undefined =>
    pictureOfRow(shape, this.data.train.get(field)?.shape);

  /** A program, compiled once. */
  probe(key: string, compile: () => ProbeProgram): Probe<T> {
    const known = this.#probes.get(key);
    if (known) return known;
    const made = new Probe(compile(), this.#engine);
    this.#probes.set(key, made);
    return made;
  }

  /** The program that answers so many examples. */
  use(size: number): Probe<T> {
    return this.probe(`use ${size} false`, () => compileUse(this.graph, this.verdict, [], size));
  }

  /** The net's answers to some examples. */
  async answered(
    state: NetState<T>,
    { data, order, from, size }: Examples,
    step: number,
  ): Promise<Answered[]> {
    const feeds = fed(data, order, from, size);
    const numbers = await this.use(size).run(state, feeds, { seed: 0, step });
    return this.rows(numbers, feeds, size).map((one, at) => ({
      ...one,
      index: order[from + at] ?? 0,
    }));
  }

  /** What came out, example by example, as views. */
  rows(numbers: ReadonlyMap<string, Numbers>, feeds: readonly Fed[], size: number): Answered[] {
    const row = (all: Numbers | undefined, at: number): Numbers => {
      const width = (all?.length ?? 0) / size;
      return all?.subarray(at * width, (at + 1) * width) ?? new Float32Array(0);
    };
    const given = this.#joined(feeds, size);
    return Array.from({ length: size }, (_, at) => ({
      loss: row(numbers.get(seen.loss), at)[0] ?? Number.NaN,
      given: row(given, at),
      output: row(numbers.get(seen.output), at),
      target: row(numbers.get(seen.target), at),
    }));
  }

  /** Rows of all that the net is given, in the data's own units, as the inputs take them. */
  split(given: Float32Array, size: number): Fed[] {
    const width = given.length / size;
    let start = 0;
    return this.given.map((input) => {
      const { id, shape } = input;
      const own = sizeOf(shape);
      const values = new Float32Array(size * own);
      for (let at = 0; at < size; at++) {
        const row = at * width + start;
        values.set(given.subarray(row, row + own), at * own);
      }
      start += own;
      this.#scale(input, values, (x, center, factor) => (x - center) * factor);
      return { name: names.data(id), shape: [size, ...shape], values };
    });
  }

  /** Rows of all that the net is given, in the data's own units. */
  #joined(feeds: readonly Fed[], size: number): Numbers {
    const result = new Float32Array(size * this.dimensions);
    let start = 0;
    for (const input of this.given) {
      const own = sizeOf(input.shape);
      const feed = feeds.find(({ name }) => name === names.data(input.id));
      const values = Float32Array.from(feed?.values ?? []);
      this.#scale(input, values, (x, center, factor) => x / factor + center);
      for (let at = 0; at < size; at++) {
        result.set(values.subarray(at * own, (at + 1) * own), at * this.dimensions + start);
      }
      start += own;
    }
    return result;
  }

  /** Brings an input's numbers to the scale that they are prepared to, or back. */
  #scale(
    { field }: DataInput,
    values: Float32Array,
    scaled: (x: number, center: number, factor: number) => number,
  ): void {
    const { center, factor } = this.data.train.get(field)?.transform ?? {};
    if (!center || !factor) return;
    for (let at = 0; at < values.length; at++) {
      const entry = at % center.length;
      // What never varies has been brought to 0.
      const own = (factor[entry] as number) || 1;
      values[at] = scaled(values[at] as number, center[entry] as number, own);
    }
  }

  /** Brings what was learnt into the engine; `release` gives it back. */
  upload({ parameters, averages }: Learnt): Map<string, T> {
    const state = new Map<string, T>();
    for (const [id, array] of parameters) {
      state.set(names.parameter(id), this.#engine.constant(array));
    }
    for (const [id, own] of averages) {
      for (const [attribute, array] of Object.entries(own)) {
        state.set(names.average(id, attribute), this.#engine.constant(array));
      }
    }
    return state;
  }

  release(state: NetState<T>): void {
    for (const tensor of state.values()) this.#engine.release(tensor);
  }

  /** Gives everything back to the engine. */
  dispose(): void {
    for (const probe of this.#probes.values()) probe.dispose();
    this.#probes.clear();
  }
}

/** What a part of the data gives to all inputs for the examples `order[from …]`. */
export function fed(data: BoundData, order: ArrayLike<number>, from: number, size: number): Fed[] {
  const feeds: Fed[] = [];
  data.batch(order, from, size, (id, shape, values) => {
    feeds.push({ name: names.data(id), shape: [...shape], values: values.slice() });
  });
  return feeds;
}

/** `wanted` of `count` indices, at even distances. */
export function evenly(count: number, wanted: number): Uint32Array {
  return Uint32Array.from({ length: wanted }, (_, at) => Math.floor((at * count) / wanted));
}

/** An answer that holds on to nothing but its own numbers. */
export function copied(one: Answered): Answered {
  const { given, output, target } = one;
  return { ...one, given: given.slice(), output: output.slice(), target: target.slice() };
}
