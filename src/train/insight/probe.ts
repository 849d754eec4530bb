import { backward, type NodeId } from '#graph';
import { filled, type TensorEngine, type Value } from '#tensor';
import { lossValue, type MaskInput, record } from '../compile.ts';
import type { TrainableGraph } from '../graph.ts';
import { Interpreter } from '../interpreter.ts';
import { type Draw, drawMask } from '../masks.ts';
import { planInUse } from '../modes.ts';
import { names } from '../names.ts';
import type { Program } from '../program.ts';
import type { Ref } from '../recorder.ts';
import type { Verdict } from './verdict.ts';

/** The names that a probe's outputs go by. */
export const seen = {
  loss: 'seen loss',
  output: 'seen output',
  target: 'seen target',
  value: (id: NodeId) => `seen value ${id}`,
  gradient: (id: NodeId) => `seen gradient ${id}`,
} as const;

/** A program that looks into a net without changing it. */
export interface ProbeProgram {
  readonly program: Program;
  readonly masks: readonly MaskInput[];
}

/** As in use: the loss of each example, the answer as a person reads it, what would be right, and the values of `nodes`. */
export function compileUse(
  graph: TrainableGraph,
  verdict: Verdict | undefined,
  nodes: readonly NodeId[],
  size: number,
): ProbeProgram {
  const { recorder, o, pass, masks } = record(graph, planInUse(graph.plan), size);
  const outputs = new Map<string, Ref>();
  const put = (name: string, value: Value<Ref> | undefined) => {
    if (value) outputs.set(name, (value.batched ? value : o.repeat(value, size)).data);
  };
  for (const id of nodes) put(seen.value(id), pass.values.get(id));
  const output = verdict && pass.values.get(verdict.output);
  const target = verdict && pass.values.get(verdict.target);
  if (verdict && output && target) {
    put(seen.loss, pass.values.get(verdict.loss));
    put(seen.output, verdict.shown(o, output));
    const weighs = verdict.kind === 'classes' && target.shape.length > 0;
    put(seen.target, weighs ? o.argMax(target) : target);
  } else put(seen.loss, lossValue(pass.values, graph));
  return { program: recorder.program(outputs), masks };
}

/** As in use, the answer alone: nobody has to know what would be right. */
export function compileAnswer(
  graph: TrainableGraph,
  { output, shown }: Verdict,
  size: number,
): ProbeProgram {
  const { recorder, o, pass, masks } = record(graph, planInUse(graph.plan), size);
  const value = pass.values.get(output);
  const outputs = new Map(value ? [[seen.output, shown(o, value).data]] : []);
  return { program: recorder.program(outputs), masks };
}

/** As in training: values and gradients of `nodes`, and the gradients of the parameters. */
export function compileTrained(
  graph: TrainableGraph,
  nodes: readonly NodeId[],
  size: number,
): ProbeProgram {
  const { recorder, o, pass, masks } = record(graph, graph.plan, size);
  const example = lossValue(pass.values, graph);
  const start = graph.loss.seed / (example.batched ? size : 1);
  const seed = o.constant(filled(recorder.shape(example.data), start), example.batched);
  const { totals } = backward(graph.plan, o, pass, graph.loss.node, seed);
  const outputs = new Map<string, Ref>();
  for (const id of nodes) {
    const value = pass.values.get(id);
    const gradient = totals.get(id);
    if (value) outputs.set(seen.value(id), value.data);
    if (gradient) outputs.set(seen.gradient(id), gradient.data);
  }
  for (const { id } of graph.parameters) {
    const gradient = totals.get(id);
    if (gradient) outputs.set(names.gradient(id), gradient.data);
  }
  return { program: recorder.program(outputs), masks };
}

/** Numbers for an input of a program. */
export interface Fed {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A probe on an engine. */
export class Probe<T> {
  readonly #engine: TensorEngine<T>;
  readonly #interpreter: Interpreter<T>;
  readonly #masks: readonly MaskInput[];

  constructor({ program, masks }: ProbeProgram, engine: TensorEngine<T>) {
    this.#engine = engine;
    this.#interpreter = new Interpreter(program, engine);
    this.#masks = masks;
  }

  /** The outputs by name, copied. `state` stays the caller's. */
  async run(
    state: ReadonlyMap<string, T>,
    feeds: readonly Fed[],
    draw: Draw,
  ): Promise<ReadonlyMap<string, Float32Array<ArrayBuffer>>> {
    const inputs = new Map(state);
    const uploaded: T[] = [];
    const upload = ({ name, shape, values }: Fed) => {
      const tensor = this.#engine.upload(shape, values);
      uploaded.push(tensor);
      inputs.set(name, tensor);
    };
    let outputs = new Map<string, T>();
    try {
      for (const feed of feeds) upload(feed);
      for (const mask of this.#masks) {
        const values = drawMask(mask.id, mask, mask.shape, draw);
        upload({ name: names.mask(mask.id), shape: mask.shape, values });
      }
      outputs = this.#interpreter.run(inputs);
      const result = new Map<string, Float32Array<ArrayBuffer>>();
      for (const [name, tensor] of outputs) {
        const read = this.#engine.readLater?.(tensor) ?? this.#engine.read(tensor);
        result.set(name, Float32Array.from(await read));
      }
      return result;
    } finally {
      for (const tensor of [...uploaded, ...outputs.values()]) this.#engine.release(tensor);
    }
  }

  dispose(): void {
    this.#interpreter.dispose();
  }
}
