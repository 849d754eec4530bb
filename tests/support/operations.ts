import { catalogue, type Operation, PortGradients } from '#ops';
import {
  type ArrayValue,
  Float64Ops,
  type Form,
  fromNested,
  type NdArray,
  type Nested,
  seededRandom,
  sizeOf,
  ValueOps,
} from '#tensor';
import { relativeDifference } from './goldens.ts';

export const exact = new ValueOps(new Float64Ops());

/** Every operation that computes something. */
export const computing = [...catalogue.values()].filter(({ source }) => !source);

export type Inputs = Readonly<Record<string, ArrayValue>>;

/** One application of a rule. */
export interface Application {
  readonly attrs: object;
  readonly inputs: Inputs;
}

/** The operation's own sample. */
export function sampleOf({ sample, attrs }: Operation): Application {
  const inputs = Object.fromEntries(
    Object.entries(sample.inputs).map(([port, { batched = false, value }]) => [
      port,
      exact.constant(fromNested(value as Nested), batched),
    ]),
  );
  return { attrs: attrs.parse(sample.attrs ?? {}), inputs };
}

/** An upstream gradient in which no two entries are alike. */
export function upstreamFor({ data: { shape } }: ArrayValue, seed = 1): NdArray {
  const random = seededRandom(seed, 'upstream');
  const data = Float64Array.from({ length: sizeOf(shape) }, () => 2 * random.uniform() - 1);
  return { shape, data };
}

export interface Gradients {
  readonly output: ArrayValue;
  readonly upstream: ArrayValue;
  readonly gradients: ReadonlyMap<string, ArrayValue | null>;
}

/** Forward, then backward by the operation's own rule; `o` may be another engine, or a broken one. */
export function analytic(
  operation: Operation,
  { attrs, inputs }: Application,
  { o = exact, upstream: given }: { o?: ValueOps<NdArray>; upstream?: NdArray } = {},
): Gradients {
  const output = operation.forward(exact, inputs, attrs);
  const upstream = { ...output, data: given ?? upstreamFor(output) };
  const passed = new PortGradients(operation, o, { inputs, output, upstream, attrs });
  const gradients = new Map(Object.keys(inputs).map((port) => [port, passed.gradient(port)]));
  return { output, upstream, gradients };
}

/** d(upstream · output)/d input at one port, by central differences of the forward rule. */
export function numeric(
  operation: Operation,
  { attrs, inputs }: Application,
  port: string,
  upstream: ArrayValue,
): NdArray {
  const input = inputs[port];
  if (!input) throw new Error(`nothing at ${port}`);
  const objective = (data: Float64Array): number => {
    const moved = { ...inputs, [port]: { ...input, data: { shape: input.data.shape, data } } };
    const output = operation.forward(exact, moved, attrs).data.data;
    return output.reduce((sum, entry, at) => sum + entry * (upstream.data.data[at] ?? 0), 0);
  };
  const slopes = input.data.data.map((entry, at) => {
    const step = 1e-5 * Math.max(1, Math.abs(entry));
    const [above, below] = [entry + step, entry - step];
    return (
      (objective(input.data.data.with(at, above)) - objective(input.data.data.with(at, below))) /
      (above - below)
    );
  });
  return { shape: input.data.shape, data: slopes };
}

/** A rule gone wrong: what it does to the right gradients. */
export type Damage = (gradients: Gradients['gradients'], inputs: Inputs) => Gradients['gradients'];

/** The ports at which the rule, perhaps damaged or run in a broken engine, disagrees with central differences. */
export function disagreements(
  operation: Operation,
  application: Application,
  { o = exact, damage = (gradients) => gradients }: { o?: ValueOps<NdArray>; damage?: Damage } = {},
): string[] {
  const { gradients, upstream } = analytic(operation, application, { o });
  return [...damage(gradients, application.inputs)].flatMap(([port, gradient]) => {
    if (!gradient) return [];
    const wanted = numeric(operation, application, port, upstream);
    const same =
      gradient.batched === application.inputs[port]?.batched &&
      String(gradient.data.shape) === String(wanted.shape) &&
      relativeDifference(gradient.data, wanted) < 1e-7;
    return same ? [] : [port];
  });
}

/** The form of a value, without its numbers. */
export function formOf({ batched, shape }: Form): Form {
  return { batched, shape };
}

/** Whether a port takes whole numbers in the operation's sample. */
export function takesIndex(operation: Operation, port: string): boolean {
  if (['accuracy', 'topKError'].includes(operation.id) && port === 'target') return true;
  return operation.ports.some(({ name, kind }) => name === port && kind === 'index');
}

/** Ports that hold one value for all examples, whatever happens. */
export function mustBeShared(operation: Operation, port: string): boolean {
  return operation.id === 'conv2d' && port === 'w';
}

/**
 * The operation's sample with another batch: `examples` of them at the ports that `batched` names, each
 * a little off the sample's own numbers, so that they stay clear of kinks and within the domain.
 */
export function variation(
  operation: Operation,
  examples: number,
  batched: (port: string) => boolean,
  random: () => number,
): Application {
  const { attrs, inputs } = sampleOf(operation);
  const varied = Object.entries(inputs).map(([port, value]) => {
    const own = sizeOf(value.shape);
    const perExample = batched(port);
    const count = perExample ? examples : 1;
    const data = Float64Array.from({ length: count * own }, (_, at) => {
      const entry = value.data.data[at % value.data.data.length] ?? 0;
      return takesIndex(operation, port) ? entry : entry * (0.95 + 0.1 * random());
    });
    const shape = perExample ? [count, ...value.shape] : value.shape;
    return [port, exact.constant({ shape, data }, perExample)] as const;
  });
  return { attrs, inputs: Object.fromEntries(varied) };
}

/** One example out of a batch, as shared values. */
export function exampleOf(value: ArrayValue, at: number): ArrayValue {
  if (!value.batched) return value;
  const size = sizeOf(value.shape);
  const data = value.data.data.slice(at * size, (at + 1) * size);
  return exact.constant({ shape: value.shape, data });
}
