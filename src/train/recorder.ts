import {
  broadcastShapes,
  Float64Ops,
  filled,
  isBinary,
  type NdArray,
  type Primitive,
  primitiveShape,
  type Shape,
  sameShape,
  sizeOf,
  type TensorOps,
} from '#tensor';
import type { Instruction, Program, Slot } from './program.ts';

/** A tensor that will be: its place in the program and its shape. */
export interface Ref {
  readonly slot: Slot;
  readonly shape: Shape;
}

/** Results of constants alone are computed while compiling, up to this many entries. */
const largestFolded = 2 ** 20;

/** Constants up to this size are compared by their numbers, bigger ones by identity. */
const largestCompared = 64;

interface Recorded {
  readonly primitive: Primitive;
  readonly inputs: readonly Slot[];
  readonly output: Slot;
}

/**
 * An engine that computes nothing and writes down what is asked of it. Asked twice for the same, it
 * gives the same tensor (common subexpressions); what depends on constants alone it computes at once.
 */
export class RecordingOps implements TensorOps<Ref> {
  readonly name = 'recorder';
  readonly #exact = new Float64Ops();
  readonly #refs: Ref[] = [];
  readonly #inputs: { readonly name: string; readonly slot: Slot; readonly shape: Shape }[] = [];
  readonly #constants = new Map<Slot, NdArray>();
  readonly #recorded: Recorded[] = [];
  readonly #made = new Map<Slot, Recorded>();
  readonly #known = new Map<string, Ref>();
  readonly #arrays = new Map<NdArray, Ref>();

  /** A tensor that is given anew at every run. */
  input(name: string, shape: Shape): Ref {
    const ref = this.#fresh(shape);
    this.#inputs.push({ name, slot: ref.slot, shape });
    return ref;
  }

  constant(array: NdArray): Ref {
    const key =
      array.data.length <= largestCompared
        ? `constant ${array.shape.join()}:${Array.from(array.data, (x) => (Object.is(x, -0) ? '-0' : x)).join()}`
        : undefined;
    const known = key === undefined ? this.#arrays.get(array) : this.#known.get(key);
    if (known) return known;
    const ref = this.#fresh(array.shape);
    this.#constants.set(ref.slot, array);
    if (key === undefined) this.#arrays.set(array, ref);
    else this.#known.set(key, ref);
    return ref;
  }

  shape(tensor: Ref): Shape {
    return tensor.shape;
  }

  apply(primitive: Primitive, given: readonly Ref[]): Ref {
    const shape = primitiveShape(
      primitive,
      given.map((ref) => ref.shape),
    );
    if ((primitive.op === 'sum' || primitive.op === 'reduceMax') && primitive.keepDims) {
      // One way to write a reduction, so that asking for it in both ways is asking twice for the same.
      const reduced = this.apply({ ...primitive, keepDims: false }, given);
      return this.apply({ op: 'reshape', shape }, [reduced]);
    }
    const inputs =
      primitive.op === 'reshape'
        ? given.map((ref) => this.#unshaped(ref))
        : isBinary(primitive)
          ? this.#unstretched(given, shape)
          : given;
    const same = this.#unchanged(primitive, inputs, shape);
    if (same) return same;
    return this.#folded(primitive, inputs, shape) ?? this.#record(primitive, inputs, shape);
  }

  /** The program that computes these outputs, and nothing else. */
  program(outputs: ReadonlyMap<string, Ref>): Program {
    return finish(
      this.#refs.length,
      this.#inputs,
      this.#constants,
      this.#recorded,
      [...outputs].map(([name, { slot, shape }]) => ({ name, slot, shape })),
    );
  }

  #fresh(shape: Shape): Ref {
    const ref = { slot: this.#refs.length, shape };
    this.#refs.push(ref);
    return ref;
  }

  #record(primitive: Primitive, inputs: readonly Ref[], shape: Shape): Ref {
    const key = `${JSON.stringify(primitive)} ${inputs.map(({ slot }) => slot).join()}`;
    const known = this.#known.get(key);
    if (known) return known;
    const ref = this.#fresh(shape);
    const slots = inputs.map(({ slot }) => slot);
    const recorded = { primitive, inputs: slots, output: ref.slot };
    this.#recorded.push(recorded);
    this.#made.set(ref.slot, recorded);
    this.#known.set(key, ref);
    return ref;
  }

  #folded(primitive: Primitive, inputs: readonly Ref[], shape: Shape): Ref | undefined {
    if (sizeOf(shape) > largestFolded) return undefined;
    const arrays = inputs.flatMap(({ slot }) => this.#constants.get(slot) ?? []);
    if (arrays.length < inputs.length) return undefined;
    return this.constant(this.#exact.apply(primitive, arrays));
  }

  /** What a tensor was before it was reshaped. */
  #unshaped(ref: Ref): Ref {
    const made = this.#made.get(ref.slot);
    const [from] = made?.inputs ?? [];
    return (made?.primitive.op === 'reshape' && from !== undefined && this.#refs[from]) || ref;
  }

  /** Operands as small as they may be: elementwise primitives stretch by themselves. */
  #unstretched(inputs: readonly Ref[], shape: Shape): readonly Ref[] {
    const result = [...inputs];
    inputs.forEach((ref, at) => {
      const small = this.#source(ref);
      // What is left of the others must still stretch the result to its shape.
      const shapes = result.map((other, index) => (index === at ? small : other).shape);
      if (sameShape(shapes.reduce(broadcastShapes), shape)) result[at] = small;
    });
    return result;
  }

  /** What a tensor was stretched from; for a constant of equal entries, one of them. */
  #source(ref: Ref): Ref {
    const array = this.#constants.get(ref.slot);
    if (array) {
      const [first = 0] = array.data;
      const uniform = array.data.every((entry) => Object.is(entry, first));
      return uniform ? this.constant(filled([], first)) : ref;
    }
    const made = this.#made.get(ref.slot);
    const [from] = made?.inputs ?? [];
    const source = made?.primitive.op === 'broadcastTo' && from !== undefined && this.#refs[from];
    return source || ref;
  }

  /** An input that the primitive leaves as it is. */
  #unchanged(primitive: Primitive, inputs: readonly Ref[], shape: Shape): Ref | undefined {
    const [a, b] = inputs;
    if (primitive.op === 'reshape' || primitive.op === 'broadcastTo') {
      return a && sameShape(a.shape, shape) ? a : undefined;
    }
    if (!a || !b) return undefined;
    const keeps = (ref: Ref, other: Ref, neutral: number) =>
      sameShape(ref.shape, shape) && this.#isAll(other, neutral) ? ref : undefined;
    if (primitive.op === 'mul') return keeps(a, b, 1) ?? keeps(b, a, 1);
    if (primitive.op === 'div') return keeps(a, b, 1);
    return undefined;
  }

  #isAll(ref: Ref, value: number): boolean {
    return this.#constants.get(ref.slot)?.data.every((entry) => entry === value) ?? false;
  }
}

/** Drops what no output needs, and says where each tensor is read last. */
function finish(
  size: number,
  inputs: Program['inputs'],
  constants: ReadonlyMap<Slot, NdArray>,
  recorded: readonly Recorded[],
  wanted: readonly { readonly name: string; readonly slot: Slot; readonly shape: Shape }[],
): Program {
  const own = [...recorded];
  const given = new Set([...inputs.map(({ slot }) => slot), ...constants.keys()]);
  // An output that is no tensor of its own becomes one.
  let next = size;
  const taken = new Set<Slot>();
  const outputs = wanted.map(({ name, slot, shape }) => {
    if (!given.has(slot) && !taken.has(slot)) {
      taken.add(slot);
      return { name, slot };
    }
    const output = next++;
    own.push({ primitive: { op: 'reshape', shape }, inputs: [slot], output });
    return { name, slot: output };
  });

  const needed = new Set(outputs.map(({ slot }) => slot));
  const instructions: Instruction[] = [];
  for (const { primitive, inputs: read, output } of own.toReversed()) {
    if (!needed.has(output)) continue;
    // Walking backwards, whoever reads a tensor first reads it last.
    const frees = [...new Set(read)].filter((slot) => !needed.has(slot) && !given.has(slot));
    for (const slot of read) needed.add(slot);
    instructions.push({ primitive, inputs: read, output, frees });
  }
  return {
    inputs: inputs.filter(({ slot }) => needed.has(slot)),
    constants: [...constants].flatMap(([slot, array]) =>
      needed.has(slot) ? [{ slot, array }] : [],
    ),
    instructions: instructions.reverse(),
    outputs,
    size: next,
  };
}
