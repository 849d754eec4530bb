import type { NodeId } from '#graph';
import { filled, type NdArray, scalar, type TensorEngine } from '#tensor';
import type { BoundData } from './binding.ts';
import { compileEvaluation, compileTraining, names } from './compile.ts';
import { isFinite32 } from './float32.ts';
import type { TrainableGraph } from './graph.ts';
import { Interpreter } from './interpreter.ts';
import type { Optimizer } from './optimizers.ts';

/** Parameters outside of an engine, rounded to float32 as the engines hold them. */
export type ParameterValues = ReadonlyMap<NodeId, NdArray>;

/** What a step tells of its mini-batch. */
export interface StepResult {
  readonly loss: number;
  readonly accuracy: number | undefined;
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
  readonly #optimizer: Optimizer;
  readonly #steps = new Map<number, Interpreter<T>>();
  readonly #evaluations = new Map<number, Interpreter<T>>();
  /** Parameters and optimizer state, by the names of the programs. */
  #state = new Map<string, T>();
  /** The last state whose loss is known to be finite. */
  #before = new Map<string, T>();
  #rate: { readonly value: number; readonly tensor: T } | undefined;

  constructor(
    graph: TrainableGraph,
    optimizer: Optimizer,
    engine: TensorEngine<T>,
    parameters: ParameterValues,
  ) {
    this.#graph = graph;
    this.#optimizer = optimizer;
    this.engine = engine;
    for (const { id, shape, frozen } of graph.parameters) {
      const value = parameters.get(id) ?? filled(shape, 0);
      this.#state.set(names.parameter(id), engine.constant(value));
      for (const part of frozen ? [] : optimizer.state) {
        this.#state.set(names.state(id, part), engine.constant(filled(shape, 0)));
      }
    }
  }

  /**
   * One step on the examples `order[from …]`. Where the loss is not finite, nothing is stepped:
   * `stepBack` then brings back the last parameters whose loss was.
   */
  step(
    data: BoundData,
    order: ArrayLike<number>,
    from: number,
    size: number,
    learningRate: number,
  ): StepResult {
    const interpreter = this.#interpreter(this.#steps, size, () => {
      return compileTraining(this.#graph, this.#optimizer, size).step;
    });
    const extra = new Map([[names.rate, this.#rateTensor(learningRate)]]);
    const outputs = this.#run(interpreter, data, order, from, size, extra);
    const result = this.#takeResult(outputs);
    if (!isFinite32(result.loss)) {
      this.#releaseAll(outputs, new Map());
      return result;
    }
    this.#releaseAll(this.#before, this.#state);
    this.#before = this.#state;
    this.#state = new Map([...this.#state, ...outputs]);
    return result;
  }

  /** Brings back the parameters before the last step. */
  stepBack(): void {
    if (this.#before.size === 0) return;
    this.#releaseAll(this.#state, this.#before);
    this.#state = this.#before;
    this.#before = new Map();
  }

  /** Loss and gradients of one mini-batch, without a step. */
  gradients(
    data: BoundData,
    order: ArrayLike<number>,
    from: number,
    size: number,
  ): Map<string, ArrayLike<number>> {
    const { gradients } = compileTraining(this.#graph, this.#optimizer, size);
    const interpreter = new Interpreter(gradients, this.engine);
    try {
      const outputs = this.#run(interpreter, data, order, from, size, new Map());
      const result = new Map<string, ArrayLike<number>>();
      for (const [name, tensor] of outputs) {
        result.set(name, this.engine.read(tensor));
        this.engine.release(tensor);
      }
      return result;
    } finally {
      interpreter.dispose();
    }
  }

  /** Loss and accuracy over all examples, a bearable portion at a time. */
  *evaluate(data: BoundData): Generator<undefined, StepResult> {
    const order = Uint32Array.from({ length: data.count }, (_, index) => index);
    let loss = 0;
    let right: number | undefined;
    for (let from = 0; from < data.count; from += evaluationBatch) {
      const size = Math.min(evaluationBatch, data.count - from);
      const interpreter = this.#interpreter(this.#evaluations, size, () => {
        return compileEvaluation(this.#graph, size);
      });
      const part = this.#takeResult(this.#run(interpreter, data, order, from, size, new Map()));
      loss += part.loss * size;
      if (part.accuracy !== undefined) right = (right ?? 0) + Math.round(part.accuracy * size);
      yield undefined;
    }
    const accuracy = right === undefined ? undefined : right / data.count;
    return { loss: loss / data.count, accuracy };
  }

  /** The parameters as they are now. */
  parameters(): Map<NodeId, { readonly shape: readonly number[]; readonly data: Float32Array }> {
    const result = new Map<NodeId, { shape: readonly number[]; data: Float32Array }>();
    for (const { id, shape } of this.#graph.parameters) {
      const tensor = this.#state.get(names.parameter(id));
      if (tensor !== undefined) result.set(id, { shape, data: owned(this.engine.read(tensor)) });
    }
    return result;
  }

  /** Gives everything back to the engine. */
  dispose(): void {
    this.#releaseAll(this.#before, this.#state);
    this.#releaseAll(this.#state, new Map());
    this.#before = new Map();
    this.#state = new Map();
    if (this.#rate) this.engine.release(this.#rate.tensor);
    this.#rate = undefined;
    for (const cache of [this.#steps, this.#evaluations]) {
      for (const interpreter of cache.values()) interpreter.dispose();
      cache.clear();
    }
  }

  #interpreter(
    cache: Map<number, Interpreter<T>>,
    size: number,
    compile: () => Interpreter<T>['program'],
  ): Interpreter<T> {
    const known = cache.get(size);
    if (known) return known;
    const made = new Interpreter(compile(), this.engine);
    cache.set(size, made);
    return made;
  }

  #run(
    interpreter: Interpreter<T>,
    data: BoundData,
    order: ArrayLike<number>,
    from: number,
    size: number,
    extra: ReadonlyMap<string, T>,
  ): Map<string, T> {
    const uploaded: T[] = [];
    const inputs = new Map([...this.#state, ...extra]);
    try {
      data.batch(order, from, size, (id, shape, values) => {
        const tensor = this.engine.upload(shape, values);
        uploaded.push(tensor);
        inputs.set(names.data(id), tensor);
      });
      return interpreter.run(inputs);
    } finally {
      for (const tensor of uploaded) this.engine.release(tensor);
    }
  }

  #takeResult(outputs: Map<string, T>): StepResult {
    const take = (name: string): number | undefined => {
      const tensor = outputs.get(name);
      if (tensor === undefined) return undefined;
      outputs.delete(name);
      const [value] = this.engine.read(tensor);
      this.engine.release(tensor);
      return value;
    };
    return { loss: take(names.loss) ?? Number.NaN, accuracy: take(names.accuracy) };
  }

  #rateTensor(value: number): T {
    if (this.#rate?.value === value) return this.#rate.tensor;
    if (this.#rate) this.engine.release(this.#rate.tensor);
    this.#rate = { value, tensor: this.engine.constant(scalar(value)) };
    return this.#rate.tensor;
  }

  /** Releases what is in `old` and no longer in `kept`. */
  #releaseAll(old: ReadonlyMap<string, T>, kept: ReadonlyMap<string, T>): void {
    for (const [name, tensor] of old) {
      if (kept.get(name) !== tensor) this.engine.release(tensor);
    }
  }
}

/** As float32, in memory of its own. */
function owned(data: Float32Array | Float64Array): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}
