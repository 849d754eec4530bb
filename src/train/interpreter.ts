import { type Linked, type Prepared, primitiveShape, type Shape, type TensorEngine } from '#tensor';
import type { Program } from './program.ts';

/** A program bound to an engine, which holds its constants. */
export class Interpreter<T> {
  readonly program: Program;
  readonly #engine: TensorEngine<T>;
  readonly #constants: readonly T[];
  readonly #slots: (T | undefined)[];
  /** The whole program, where the engine settles it so. */
  readonly #linked: Linked<T> | undefined;
  /** Else by instruction; what the engine has not prepared is applied. */
  readonly #prepared: readonly (Prepared<T> | undefined)[];

  constructor(program: Program, engine: TensorEngine<T>) {
    this.program = program;
    this.#engine = engine;
    this.#slots = new Array<T | undefined>(program.size).fill(undefined);
    this.#constants = program.constants.map(({ array }) => engine.constant(array));
    program.constants.forEach(({ slot }, at) => {
      this.#slots[slot] = this.#constants[at];
    });
    const shapes = shapesOf(program);
    const { instructions, outputs } = program;
    this.#linked = engine.link?.(
      instructions,
      shapes,
      outputs.map(({ slot }) => slot),
    );
    this.#prepared = this.#linked ? [] : prepared(program, engine, shapes);
  }

  /**
   * Runs the program. Inputs stay the caller's; the outputs, by name, are the caller's to release.
   * Where a primitive throws, nothing of this run is left behind.
   */
  run(inputs: ReadonlyMap<string, T>): Map<string, T> {
    const { program } = this;
    const results = this.runInOrder(program.inputs.map(({ name }) => inputs.get(name)));
    return new Map(program.outputs.map(({ name }, at) => [name, results[at] as T]));
  }

  /** The same with inputs and outputs in the order in which the program lists them. */
  runInOrder(inputs: readonly (T | undefined)[]): T[] {
    const slots = this.#slots;
    const { inputs: read, outputs } = this.program;
    read.forEach(({ slot }, at) => {
      slots[slot] = inputs[at];
    });
    if (this.#linked) this.#linked.run(slots);
    else this.#execute();
    const results: T[] = [];
    for (const { slot } of outputs) {
      results.push(slots[slot] as T);
      slots[slot] = undefined;
    }
    return results;
  }

  /** Gives the constants back. */
  dispose(): void {
    for (const constant of this.#constants) this.#engine.release(constant);
  }

  #execute(): void {
    const slots = this.#slots;
    const engine = this.#engine;
    const { instructions } = this.program;
    let done = 0;
    try {
      for (const { primitive, inputs: read, output, frees } of instructions) {
        const values = read.map((slot) => slots[slot] as T);
        const call = this.#prepared[done];
        slots[output] = call ? call.apply(values) : engine.apply(primitive, values);
        done++;
        for (const slot of frees) this.#free(slot);
      }
    } catch (error) {
      for (const { output } of instructions.slice(0, done)) this.#free(output);
      throw error;
    }
  }

  #free(slot: number): void {
    const tensor = this.#slots[slot];
    if (tensor === undefined) return;
    this.#slots[slot] = undefined;
    this.#engine.release(tensor);
  }
}

/** The shapes of all tensors of a program, by slot. */
function shapesOf({ inputs, constants, instructions }: Program): ReadonlyMap<number, Shape> {
  const shapes = new Map<number, Shape>();
  for (const { slot, shape } of inputs) shapes.set(slot, shape);
  for (const { slot, array } of constants) shapes.set(slot, array.shape);
  for (const { primitive, inputs: read, output } of instructions) {
    const given = read.map((slot) => shapes.get(slot) ?? []);
    shapes.set(output, primitiveShape(primitive, given));
  }
  return shapes;
}

function prepared<T>(
  { instructions }: Program,
  engine: TensorEngine<T>,
  shapes: ReadonlyMap<number, Shape>,
): (Prepared<T> | undefined)[] {
  return instructions.map(({ primitive, inputs }) =>
    engine.prepare?.(
      primitive,
      inputs.map((slot) => shapes.get(slot) ?? []),
    ),
  );
}
