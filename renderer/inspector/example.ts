import { type Operation, PortGradients } from '#ops';
import { type ArrayValue, Float64Ops, fromNested, type Nested, ValueOps } from '#tensor';

/** One input of an example: what it is, and the gradient it receives. */
export interface ExampleInput {
  readonly port: string;
  readonly value: ArrayValue;
  /** Null where none flows. */
  readonly gradient: ArrayValue | null;
}

/** An operation carried out once, forward and backward. */
export interface Example {
  readonly attrs: object;
  readonly inputs: readonly ExampleInput[];
  readonly output: ArrayValue;
  readonly upstream: ArrayValue;
}

const exact = new ValueOps(new Float64Ops());
const known = new WeakMap<Operation, Example | null>();

/** The operation's own sample, computed by its own rules. Null for sources, which compute nothing. */
export function exampleOf(operation: Operation): Example | null {
  const found = known.get(operation);
  if (found !== undefined) return found;
  const made = operation.source ? null : compute(operation);
  known.set(operation, made);
  return made;
}

function compute(operation: Operation): Example {
  const { sample } = operation;
  const attrs = operation.attrs.parse(sample.attrs ?? {});
  const inputs: Record<string, ArrayValue> = {};
  for (const [port, { batched = false, value }] of Object.entries(sample.inputs)) {
    inputs[port] = exact.constant(fromNested(value as Nested), batched);
  }
  const output = operation.forward(exact, inputs, attrs);
  // 1, 2, 3, …: with the same number everywhere, the gradients of a softmax would all be zero.
  const { shape, data } = output.data;
  const upstream = { ...output, data: { shape, data: data.map((_, at) => at + 1) } };
  const passed = new PortGradients(operation, exact, { inputs, output, upstream, attrs });
  return {
    attrs,
    output,
    upstream,
    inputs: Object.entries(inputs).map(([port, value]) => ({
      port,
      value,
      gradient: passed.gradient(port),
    })),
  };
}
