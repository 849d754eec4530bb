import type { Call, Linked } from '../engine.ts';
import type { NdArray } from '../nd-array.ts';
import type { Primitive } from '../primitive.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { writerOf } from './prepared.ts';

/** From so many entries on, what a buffer of its own for every result saves is little beside filling it. */
const mostEntries = 2 ** 18;

/** What the engine lends. */
export interface Lender {
  /** A tensor of the engine's own, to be filled. */
  make(shape: Shape): NdArray;
  release(tensor: NdArray): void;
  apply(primitive: Primitive, inputs: readonly NdArray[]): NdArray;
}

const nothing = new Float64Array(0);

/**
 * A list of primitives on small tensors, each with a buffer of its own that is used again in every run: what
 * is left of a tiny step is its arithmetic. Undefined where the tensors are not small.
 */
export function linkCalls(
  calls: readonly Call[],
  shapes: ReadonlyMap<number, Shape>,
  outputs: readonly number[],
  lender: Lender,
): Linked<NdArray> | undefined {
  const shapeOf = (place: number) => shapes.get(place) ?? [];
  const entries = calls.reduce((total, { output }) => total + sizeOf(shapeOf(output)), 0);
  if (entries > mostEntries) return undefined;
  const made = new Set(calls.map(({ output }) => output));
  const given = [...new Set(calls.flatMap(({ inputs }) => inputs))].filter(
    (place) => !made.has(place),
  );
  const wanted = outputs.map((place) => ({ place, shape: shapeOf(place) }));
  /** By place. */
  const data: Float64Array[] = [];
  for (const { output } of calls) data[output] = new Float64Array(sizeOf(shapeOf(output)));
  const steps = calls.map((call) =>
    stepOf(call, shapeOf, outputs.includes(call.output), data, lender),
  );
  return {
    run: (places) => {
      for (const place of given) data[place] = places[place]?.data ?? nothing;
      for (const { place, shape } of wanted) {
        const own = lender.make(shape);
        places[place] = own;
        data[place] = own.data;
      }
      try {
        for (const step of steps) step();
      } catch (error) {
        for (const { place } of wanted) {
          const own = places[place];
          if (own) lender.release(own);
          places[place] = undefined;
        }
        throw error;
      }
    },
  };
}

function stepOf(
  { primitive, inputs, output }: Call,
  shapeOf: (place: number) => Shape,
  isWanted: boolean,
  data: Float64Array[],
  lender: Lender,
): () => void {
  const [a = -1, b = a] = inputs;
  const at = (place: number) => data[place] ?? nothing;
  if (primitive.op === 'reshape' && !isWanted) {
    return () => {
      data[output] = at(a);
    };
  }
  const write = writerOf(primitive, inputs.map(shapeOf));
  if (write) return () => write(at(output), at(a), at(b));
  const shapes = inputs.map(shapeOf);
  return () => {
    const result = lender.apply(
      primitive,
      inputs.map((place, index) => ({ shape: shapes[index] ?? [], data: at(place) })),
    );
    if (isWanted) at(output).set(result.data);
    else data[output] = result.data;
  };
}
