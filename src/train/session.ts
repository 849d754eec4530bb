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
import { drawMask } from './masks.ts';
import { names } from './names.ts';
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

interface StepProgram<T> {
  readonly interpreter: Interpreter<T>;
  readonly masks: readonly MaskInput[];
}

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
  readonly #programs = new Map<number, StepProgram<T>>();
  readonly #evaluations = new Map<number, Interpreter<T>>();
  /** Parameters and optimizer state, by the names of the programs. */
  #state = new Map<string, T>();
  /** The last state whose loss is known to be finite. */
  #before = new Map<string, T>();
  /** Steps that count for the optimizer. */
  #steps = 0;
  /** The optimizer's coefficients as they were last, and their tensors, by the names of the programs. */
  readonly #values = new Map<string, number>();
  readonly #coefficients = new Map<string, T>();
  /** There is one set of coefficients for every rate that a parameter has. */
  readonly #rates: ReadonlySet<number>;

  constructor(
    graph: TrainableGraph,
    rule: UpdateRule,
    engine: TensorEngine<T>,
    parameters: ParameterValues,
  ) {
    this.#graph = graph;
    this.#rule = rule;
    this.engine = engine;
    this.#rates = new Set(graph.parameters.map((parameter) => parameter.rate));
    for (const { id, shape, frozen } of graph.parameters) {
      const value = parameters.get(id) ?? filled(shape, 0);
      this.#state.set(names.parameter(id), engine.constant(value));
      for (const part of frozen ? [] : rule.optimizer.state) {
        this.#state.set(names.state(id, part), engine.constant(filled(shape, 0)));
      }
    }
    for (const { id, attribute, initial } of graph.averages) {
      this.#state.set(names.average(id, attribute), engine.constant(initial));
    }
  }

  /**
   * One step on a mini-batch. Where the loss is not finite, nothing is stepped:
   * `stepBack` then brings back the last parameters whose loss was.
   */
  async step(batch: MiniBatch, learningRate: number): Promise<StepResult> {
    const { interpreter, masks } = cached(this.#programs, batch.size, () => {
      const { step, masks } = compileTraining(this.#graph, this.#rule, batch.size);
      return { interpreter: new Interpreter(step, this.engine), masks };
    });
    const coefficients = this.#coefficientsAt(learningRate, this.#steps + 1);
    const outputs = this.#run(interpreter, batch, drawn(masks, batch), coefficients);
    const result = await this.#takeResult(outputs);
    if (!isFinite32(result.loss)) {
      this.#releaseAll(outputs, new Map());
      return result;
    }
    this.#releaseAll(this.#before, this.#state);
    this.#before = this.#state;
    this.#state = new Map(this.#state);
    for (const [name, tensor] of outputs) this.#state.set(name, tensor);
    this.#steps++;
    return result;
  }

  /** Brings back the parameters before the last step. */
  stepBack(): void {
    if (this.#before.size === 0) return;
    this.#releaseAll(this.#state, this.#before);
    this.#state = this.#before;
    this.#before = new Map();
    this.#steps--;
  }

  /** Loss and gradients of one mini-batch, without a step. */
  async gradients(batch: MiniBatch): Promise<Map<string, ArrayLike<number>>> {
    const { gradients, masks } = compileTraining(this.#graph, this.#rule, batch.size);
    const interpreter = new Interpreter(gradients, this.engine);
    try {
      const outputs = this.#run(interpreter, batch, drawn(masks, batch));
      const result = new Map<string, ArrayLike<number>>();
      for (const [name, tensor] of outputs) {
        result.set(name, (await this.#numbers(tensor)).slice());
        this.engine.release(tensor);
      }
      return result;
    } finally {
      interpreter.dispose();
    }
  }

  /** Loss and accuracy over all examples, a bearable portion at a time. */
  async *evaluate(data: BoundData): AsyncGenerator<undefined, StepResult> {
    const order = Uint32Array.from({ length: data.count }, (_, index) => index);
    let loss = 0;
    let right: number | undefined;
    for (let from = 0; from < data.count; from += evaluationBatch) {
      const size = Math.min(evaluationBatch, data.count - from);
      const interpreter = cached(this.#evaluations, size, () => {
        return new Interpreter(compileEvaluation(this.#graph, size), this.engine);
      });
      const part = await this.#takeResult(this.#run(interpreter, { data, order, from, size }));
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
    const earlier = before ? this.#uploaded(before) : new Map<string, T>();
    const kept = new Set([...fresh.values(), ...earlier.values()]);
    for (const tensor of new Set([...this.#before.values(), ...this.#state.values()])) {
      if (!kept.has(tensor)) this.engine.release(tensor);
    }
    this.#before = earlier;
    this.#state = fresh;
    this.#steps = state.steps;
  }

  /** A state in the engine; what it does not name is as it is now. */
  #uploaded({ tensors }: SessionState): Map<string, T> {
    const shapes = this.#shapes();
    for (const [name, { shape }] of tensors) {
      const own = shapes.get(name);
      if (own && sameShape(own, shape)) continue;
      throw new TrainingError(
        'bad-checkpoint',
        'The checkpoint cannot be used: its parameters are not those of this graph.',
      );
    }
    const state = new Map(this.#state);
    for (const [name, { shape, data }] of tensors) {
      state.set(name, this.engine.constant({ shape, data: Float64Array.from(data) }));
    }
    return state;
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
    const tensor = this.#state.get(name);
    return tensor === undefined ? undefined : this.#numbers(tensor);
  }

  /** Gives everything back to the engine. */
  dispose(): void {
    this.#releaseAll(this.#before, this.#state);
    this.#releaseAll(this.#state, new Map());
    this.#before = new Map();
    this.#state = new Map();
    for (const tensor of this.#coefficients.values()) this.engine.release(tensor);
    this.#coefficients.clear();
    this.#values.clear();
    for (const { interpreter } of this.#programs.values()) interpreter.dispose();
    for (const interpreter of this.#evaluations.values()) interpreter.dispose();
    this.#programs.clear();
    this.#evaluations.clear();
  }

  #run(
    interpreter: Interpreter<T>,
    { data, order, from, size }: Examples,
    masks: readonly DrawnMask[] = [],
    extra: ReadonlyMap<string, T> = new Map(),
  ): Map<string, T> {
    const uploaded: T[] = [];
    const inputs = new Map(this.#state);
    for (const [name, tensor] of extra) inputs.set(name, tensor);
    const upload = (name: string, shape: Shape, values: Float32Array) => {
      const tensor = this.engine.upload(shape, values);
      uploaded.push(tensor);
      inputs.set(name, tensor);
    };
    try {
      data.batch(order, from, size, (id, shape, values) => upload(names.data(id), shape, values));
      for (const { id, shape, values } of masks) upload(names.mask(id), shape, values);
      return interpreter.run(inputs);
    } finally {
      for (const tensor of uploaded) this.engine.release(tensor);
    }
  }

  async #rounded(name: string, shape: Shape): Promise<NdArray | undefined> {
    const numbers = await this.read(name);
    return numbers && { shape, data: Float64Array.from(numbers, Math.fround) };
  }

  /** Takes loss and accuracy out of the outputs; both are on their way at once. */
  async #takeResult(outputs: Map<string, T>): Promise<StepResult> {
    const loss = outputs.get(names.loss);
    const accuracy = outputs.get(names.accuracy);
    outputs.delete(names.loss);
    outputs.delete(names.accuracy);
    try {
      const losses = loss === undefined ? [] : this.#numbers(loss);
      const shares = accuracy === undefined ? [] : this.#numbers(accuracy);
      // Nothing is waited for in vain: with a tiny graph, waiting is what a step costs.
      const [read, share] =
        losses instanceof Promise || shares instanceof Promise
          ? await Promise.all([losses, shares])
          : [losses, shares];
      return { loss: read[0] ?? Number.NaN, accuracy: share[0] };
    } finally {
      if (loss !== undefined) this.engine.release(loss);
      if (accuracy !== undefined) this.engine.release(accuracy);
    }
  }

  #numbers(tensor: T): Numbers | Promise<Numbers> {
    return this.engine.readLater?.(tensor) ?? this.engine.read(tensor);
  }

  /** Most of them stay the same for many steps, and so do their tensors. */
  #coefficientsAt(rate: number, step: number): ReadonlyMap<string, T> {
    for (const share of this.#rates) {
      const wanted = coefficientsOf(this.#rule, rate * share, step);
      for (const key of Object.keys(wanted)) {
        const name = names.coefficient(key, share);
        const value = wanted[key] as number;
        if (this.#values.get(name) === value) continue;
        const old = this.#coefficients.get(name);
        if (old !== undefined) this.engine.release(old);
        this.#values.set(name, value);
        this.#coefficients.set(name, this.engine.constant(scalar(value)));
      }
    }
    return this.#coefficients;
  }

  /** Releases what is in `old` and no longer in `kept`. */
  #releaseAll(old: ReadonlyMap<string, T>, kept: ReadonlyMap<string, T>): void {
    for (const [name, tensor] of old) {
      if (kept.get(name) !== tensor) this.engine.release(tensor);
    }
  }
}

interface DrawnMask extends MaskInput {
  readonly values: Float32Array;
}

function drawn(masks: readonly MaskInput[], { draw }: MiniBatch): DrawnMask[] {
  return masks.map((mask) => ({ ...mask, values: drawMask(mask.id, mask, mask.shape, draw) }));
}

function cached<V>(cache: Map<number, V>, size: number, make: () => V): V {
  const known = cache.get(size);
  if (known !== undefined) return known;
  const made = make();
  cache.set(size, made);
  return made;
}
