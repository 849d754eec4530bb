import type { NodeId } from '#graph';
import { filled, type NdArray, type Shape, sameShape, scalar, type TensorEngine } from '#tensor';
import type { Examples, MiniBatch } from './batches.ts';
import type { BoundData } from './binding.ts';
import type { StoredTensor, StoredTensors } from './checkpoint.ts';
import { compileEvaluation, compileTraining, type MaskInput } from './compile.ts';
import { TrainingError } from './errors.ts';
import { isFinite32 } from './float32.ts';
import type { TrainableGraph } from './graph.ts';
import { Interpreter } from './interpreter.ts';
import type { Learnt, ParameterValues } from './learnt.ts';
import { type Draw, drawMask } from './masks.ts';
import { names } from './names.ts';
import type { Program } from './program.ts';
import { coefficientsOf, type UpdateRule } from './update.ts';

/** What a step tells of its mini-batch. */
export interface StepResult {
  readonly loss: number;
  readonly accuracy: number | undefined;
}

/** What a run asks of a session, on whatever engine. */
export type TrainingSession = Pick<
  Session<unknown>,
  | 'engine'
  | 'step'
  | 'stepBack'
  | 'gradients'
  | 'evaluate'
  | 'state'
  | 'restore'
  | 'learnt'
  | 'read'
  | 'dispose'
>;

/** What a session holds from step to step. */
export interface SessionState {
  /** Steps that count for the optimizer. */
  readonly steps: number;
  readonly tensors: StoredTensors;
}

type Numbers = Float32Array | Float64Array;

/** A program whose inputs and outputs are settled as places in what its session holds. */
interface Placed<T> {
  readonly interpreter: Interpreter<T>;
  /** By input. */
  readonly reads: readonly Place[];
  readonly data: ReadonlyMap<NodeId, Place>;
  readonly masks: readonly (MaskInput & { readonly place: Place })[];
  /** By output; undefined for what is only told. */
  readonly writes: readonly (Place | undefined)[];
  /** The outputs that tell of the mini-batch; −1 where there is none. */
  readonly loss: number;
  readonly accuracy: number;
}

type Place = number;

/** How many examples are evaluated at a time. */
const evaluationBatch = 500;

/**
 * A graph in training on one engine: holds parameters and optimizer state there, compiles a program
 * for every size of mini-batch that comes along, and steps.
 */
export class Session<T> {
  readonly engine: TensorEngine<T>;
  readonly #graph: TrainableGraph;
  readonly #rule: UpdateRule;
  readonly #programs = new Map<number, Placed<T>>();
  readonly #evaluations = new Map<number, Placed<T>>();
  /** Where everything is held that programs read, by the programs' names. */
  readonly #places = new Map<string, Place>();
  /** By place: first what steps change (parameters, averages, optimizer state), then coefficients, data, masks. */
  readonly #held: (T | undefined)[] = [];
  /** How many of them are what steps change. */
  readonly #changing: number;
  /** Those as they were before the last step, whose loss is known to be finite; empty where there is none. */
  #before: (T | undefined)[] = [];
  /** Steps that count for the optimizer. */
  #steps = 0;
  /** The optimizer's coefficients as they were last. */
  readonly #coefficients: readonly Coefficients[];

  constructor(
    graph: TrainableGraph,
    rule: UpdateRule,
    engine: TensorEngine<T>,
    parameters: ParameterValues,
  ) {
    this.#graph = graph;
    this.#rule = rule;
    this.engine = engine;
    const hold = (name: string, value: NdArray) => {
      this.#held[this.#place(name)] = engine.constant(value);
    };
    for (const { id, shape, frozen } of graph.parameters) {
      hold(names.parameter(id), parameters.get(id) ?? filled(shape, 0));
      for (const part of frozen ? [] : rule.optimizer.state) {
        hold(names.state(id, part), filled(shape, 0));
      }
    }
    for (const { id, attribute, initial } of graph.averages) {
      hold(names.average(id, attribute), initial);
    }
    this.#changing = this.#held.length;
    const rates = new Set(graph.parameters.map(({ rate }) => rate));
    this.#coefficients = [...rates].map((share) => ({
      share,
      places: Object.keys(coefficientsOf(rule, 0, 1)).map((key) => ({
        key,
        place: this.#place(names.coefficient(key, share)),
        value: undefined,
      })),
    }));
  }

  /**
   * One step on a mini-batch. Where the loss is not finite, nothing is stepped:
   * `stepBack` then brings back the last parameters whose loss was.
   */
  async step(batch: MiniBatch, learningRate: number): Promise<StepResult> {
    const program = cached(this.#programs, batch.size, () => this.#compile(batch.size));
    this.#setCoefficients(learningRate, this.#steps + 1);
    const outputs = this.#run(program, batch, batch.draw);
    // Nothing is waited for in vain: with a tiny graph, waiting is what a step costs.
    const pending = this.#result(program, outputs);
    const result = pending instanceof Promise ? await pending : pending;
    if (isFinite32(result.loss)) this.#take(program, outputs);
    else this.#releaseWritten(program, outputs);
    return result;
  }

  /** Brings back the parameters before the last step. */
  stepBack(): void {
    if (this.#before.length === 0) return;
    for (let place = 0; place < this.#changing; place++) {
      const before = this.#before[place];
      const now = this.#held[place];
      if (now !== before && now !== undefined) this.engine.release(now);
      this.#held[place] = before;
    }
    this.#before = [];
    this.#steps--;
  }

  /** Loss and gradients of one mini-batch, without a step. */
  async gradients(batch: MiniBatch): Promise<Map<string, ArrayLike<number>>> {
    const { gradients, masks } = compileTraining(this.#graph, this.#rule, batch.size);
    const program = this.#placed(gradients, masks);
    try {
      const outputs = this.#run(program, batch, batch.draw);
      const result = new Map<string, ArrayLike<number>>();
      for (const [at, { name }] of gradients.outputs.entries()) {
        const tensor = outputs[at] as T;
        result.set(name, (await this.#numbers(tensor)).slice());
        this.engine.release(tensor);
      }
      return result;
    } finally {
      program.interpreter.dispose();
    }
  }

  /** Loss and accuracy over all examples, a bearable portion at a time. */
  async *evaluate(data: BoundData): AsyncGenerator<undefined, StepResult> {
    const order = Uint32Array.from({ length: data.count }, (_, index) => index);
    let loss = 0;
    let right: number | undefined;
    for (let from = 0; from < data.count; from += evaluationBatch) {
      const size = Math.min(evaluationBatch, data.count - from);
      const program = cached(this.#evaluations, size, () =>
        this.#placed(compileEvaluation(this.#graph, size)),
      );
      const outputs = this.#run(program, { data, order, from, size });
      const part = await this.#result(program, outputs);
      loss += part.loss * size;
      if (part.accuracy !== undefined) right = (right ?? 0) + Math.round(part.accuracy * size);
      yield undefined;
    }
    const accuracy = right === undefined ? undefined : right / data.count;
    return { loss: loss / data.count, accuracy };
  }

  /** All that it takes to go on from here to the last bit: parameters, averages, optimizer state. */
  async state(): Promise<SessionState> {
    const tensors = new Map<string, StoredTensor>();
    for (const [name, shape] of this.#shapes()) {
      const data = await this.read(name);
      if (data) tensors.set(name, { shape, data: data.slice() });
    }
    return { steps: this.#steps, tensors };
  }

  /** Goes on from such a state, with the one before it if that is known; what it does not name stays. Throws `TrainingError` where it is another graph's. */
  restore(state: SessionState, before?: SessionState): void {
    const fresh = this.#uploaded(state);
    const earlier = before ? this.#uploaded(before) : [];
    const kept = new Set([...fresh, ...earlier]);
    for (const tensor of this.#changed()) if (!kept.has(tensor)) this.engine.release(tensor);
    fresh.forEach((tensor, place) => {
      this.#held[place] = tensor;
    });
    this.#before = earlier;
    this.#steps = state.steps;
  }

  /** A state in the engine; what it does not name is as it is now. */
  #uploaded({ tensors }: SessionState): (T | undefined)[] {
    const shapes = this.#shapes();
    for (const [name, { shape }] of tensors) {
      const own = shapes.get(name);
      if (own && sameShape(own, shape)) continue;
      throw new TrainingError(
        'bad-checkpoint',
        'The checkpoint cannot be used: its parameters are not those of this graph.',
      );
    }
    const state = this.#held.slice(0, this.#changing);
    for (const [name, { shape, data }] of tensors) {
      state[this.#place(name)] = this.engine.constant({ shape, data: Float64Array.from(data) });
    }
    return state;
  }

  /** What steps change, as it is and as it was; each tensor once. */
  #changed(): Set<T> {
    const all = [...this.#before, ...this.#held.slice(0, this.#changing)];
    return new Set(all.filter((tensor) => tensor !== undefined));
  }

  /** Of everything that steps change, by the programs' names. */
  #shapes(): ReadonlyMap<string, Shape> {
    const { parameters, averages } = this.#graph;
    return new Map([
      ...parameters.map(({ id, shape }) => [names.parameter(id), shape] as const),
      ...parameters
        .filter(({ frozen }) => !frozen)
        .flatMap(({ id, shape }) =>
          this.#rule.optimizer.state.map((part) => [names.state(id, part), shape] as const),
        ),
      ...averages.map(
        ({ id, attribute, initial }) => [names.average(id, attribute), initial.shape] as const,
      ),
    ]);
  }

  /** Parameters and running averages as they are now, rounded to float32. */
  async learnt(): Promise<Learnt> {
    const parameters = new Map<NodeId, NdArray>();
    for (const { id, shape } of this.#graph.parameters) {
      const value = await this.#rounded(names.parameter(id), shape);
      if (value) parameters.set(id, value);
    }
    const averages = new Map<NodeId, Readonly<Record<string, NdArray>>>();
    for (const { id, attribute, initial } of this.#graph.averages) {
      const value = await this.#rounded(names.average(id, attribute), initial.shape);
      if (value) averages.set(id, { ...averages.get(id), [attribute]: value });
    }
    return { parameters, averages };
  }

  /** What the engine holds under one of the programs' names, in its own precision; not to be kept. */
  async read(name: string): Promise<Numbers | undefined> {
    const place = this.#places.get(name);
    const tensor = place === undefined ? undefined : this.#held[place];
    return tensor === undefined ? undefined : this.#numbers(tensor);
  }

  /** Gives everything back to the engine. */
  dispose(): void {
    for (const tensor of this.#changed()) this.engine.release(tensor);
    for (const tensor of this.#held.slice(this.#changing)) {
      if (tensor !== undefined) this.engine.release(tensor);
    }
    this.#held.fill(undefined);
    this.#before = [];
    for (const programs of [this.#programs, this.#evaluations]) {
      for (const { interpreter } of programs.values()) interpreter.dispose();
      programs.clear();
    }
  }

  #compile(batchSize: number): Placed<T> {
    const { step, masks } = compileTraining(this.#graph, this.#rule, batchSize);
    return this.#placed(step, masks);
  }

  #placed(program: Program, masks: readonly MaskInput[] = []): Placed<T> {
    const told: readonly string[] = [names.loss, names.accuracy];
    const outputs = program.outputs.map(({ name }) => name);
    return {
      interpreter: new Interpreter(program, this.engine),
      reads: program.inputs.map(({ name }) => this.#place(name)),
      data: new Map(this.#graph.inputs.map(({ id }) => [id, this.#place(names.data(id))])),
      masks: masks.map((mask) => ({ ...mask, place: this.#place(names.mask(mask.id)) })),
      writes: outputs.map((name) => (told.includes(name) ? undefined : this.#place(name))),
      loss: outputs.indexOf(names.loss),
      accuracy: outputs.indexOf(names.accuracy),
    };
  }

  #place(name: string): Place {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.#held.length;
    this.#held.push(undefined);
    this.#places.set(name, place);
    return place;
  }

  #run(program: Placed<T>, { data, order, from, size }: Examples, draw?: Draw): T[] {
    const held = this.#held;
    const uploaded: Place[] = [];
    const upload = (place: Place, shape: Shape, values: Float32Array) => {
      held[place] = this.engine.upload(shape, values);
      uploaded.push(place);
    };
    try {
      data.batch(order, from, size, (id, shape, values) => {
        const place = program.data.get(id);
        if (place !== undefined) upload(place, shape, values);
      });
      if (draw) {
        for (const mask of program.masks) {
          upload(mask.place, mask.shape, drawMask(mask.id, mask, mask.shape, draw));
        }
      }
      return program.interpreter.runInOrder(program.reads.map((place) => held[place]));
    } finally {
      for (const place of uploaded) {
        this.engine.release(held[place] as T);
        held[place] = undefined;
      }
    }
  }

  async #rounded(name: string, shape: Shape): Promise<NdArray | undefined> {
    const numbers = await this.read(name);
    return numbers && { shape, data: Float64Array.from(numbers, Math.fround) };
  }

  /** Reads loss and accuracy, both on their way at once, and gives them back. */
  #result({ loss, accuracy }: Placed<T>, outputs: readonly T[]): StepResult | Promise<StepResult> {
    const told = [loss, accuracy].map((at) => outputs[at]);
    const release = () => {
      for (const tensor of told) if (tensor !== undefined) this.engine.release(tensor);
    };
    const numbers = told.map((tensor) => (tensor === undefined ? [] : this.#numbers(tensor)));
    const [losses, shares] = numbers;
    if (losses instanceof Promise || shares instanceof Promise) {
      return Promise.all(numbers)
        .then(([read, share]) => ({ loss: read?.[0] ?? Number.NaN, accuracy: share?.[0] }))
        .finally(release);
    }
    const result = { loss: losses?.[0] ?? Number.NaN, accuracy: shares?.[0] };
    release();
    return result;
  }

  #numbers(tensor: T): Numbers | Promise<Numbers> {
    return this.engine.readLater?.(tensor) ?? this.engine.read(tensor);
  }

  /** A step counts: what it made takes the place of what there was. */
  #take({ writes }: Placed<T>, outputs: readonly T[]): void {
    const before = this.#before;
    for (let place = 0; place < this.#changing; place++) {
      const now = this.#held[place];
      const old = before[place];
      if (old !== now && old !== undefined) this.engine.release(old);
      before[place] = now;
    }
    for (let at = 0; at < writes.length; at++) {
      const place = writes[at];
      if (place !== undefined) this.#held[place] = outputs[at];
    }
    this.#steps++;
  }

  #releaseWritten({ writes }: Placed<T>, outputs: readonly T[]): void {
    writes.forEach((place, at) => {
      if (place !== undefined) this.engine.release(outputs[at] as T);
    });
  }

  /** Most of them stay the same for many steps, and so do their tensors. */
  #setCoefficients(rate: number, step: number): void {
    for (const { share, places } of this.#coefficients) {
      const wanted = coefficientsOf(this.#rule, rate * share, step);
      for (const coefficient of places) {
        const value = wanted[coefficient.key] as number;
        if (coefficient.value === value) continue;
        coefficient.value = value;
        const old = this.#held[coefficient.place];
        if (old !== undefined) this.engine.release(old);
        this.#held[coefficient.place] = this.engine.constant(scalar(value));
      }
    }
  }
}

/** The optimizer's coefficients for the parameters with a share of the learning rate. */
interface Coefficients {
  readonly share: number;
  readonly places: readonly {
    readonly key: string;
    readonly place: Place;
    value: number | undefined;
  }[];
}

function cached<V>(cache: Map<number, V>, size: number, make: () => V): V {
  const known = cache.get(size);
  if (known !== undefined) return known;
  const made = make();
  cache.set(size, made);
  return made;
}
