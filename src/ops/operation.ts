import type { z } from 'zod';
import type { ArrayValue, Form, NdArray, Operand, Value, ValueOps } from '#tensor';

/** The palette's groups, in its order. */
export const operationGroups = [
  'sources',
  'arithmetic',
  'functions',
  'reductions',
  'batch',
  'matrices',
  'shape',
  'layers',
  'losses',
] as const;

export type OperationGroup = (typeof operationGroups)[number];

/** What arrives at a port; an `index` is a whole number and receives no gradient. */
export type PortKind = 'tensor' | 'index';

/** An input port that must be connected. */
export interface RequiredPort<P extends string = string> {
  readonly name: P;
  readonly kind: PortKind;
  readonly optional: false;
}

/** An input port that may stay empty. */
export interface OptionalPort<Q extends string = string> {
  readonly name: Q;
  readonly kind: PortKind;
  readonly optional: true;
}

export type Port = RequiredPort | OptionalPort;

/** Every operation has one output port, of this name. */
export const outputPort = 'out';

/** The values at the input ports: `P` are always there, `Q` only where connected. */
export type Inputs<V, P extends string, Q extends string = never> = Readonly<
  Record<P, V> & Partial<Record<Q, V>>
>;

/** What a backward rule may use. */
export interface RuleContext<T, P extends string, Q extends string, A> {
  readonly inputs: Inputs<Value<T>, P, Q>;
  readonly output: Value<T>;
  /** dL/d output, in the output's form. */
  readonly upstream: Value<T>;
  readonly attrs: A;
}

/** The local gradient of one input port, in the form a person reads. */
export type Local<T> =
  /** Multiplies the upstream gradient entry by entry (then sums over whatever was stretched). */
  | { readonly kind: 'elementwise'; readonly value: Value<T> }
  /** A named matrix that multiplies the upstream gradient from the left or the right. */
  | {
      readonly kind: 'matrix';
      readonly latex: string;
      readonly side: 'left' | 'right';
      readonly value: Value<T>;
    }
  /** No form shorter than the Jacobian, which is computed on demand. */
  | { readonly kind: 'jacobian' };

/** One partial result per port; null where no gradient passes (a class index, say). */
export type PerPort<R, P extends string, Q extends string> = Readonly<
  Record<P, R | null> & Partial<Record<Q, R | null>>
>;

/** How an operation and its local gradients are written; arguments are LaTeX of the operands. */
export interface OperationLatex<P extends string, Q extends string, A> {
  forward(names: Inputs<string, P, Q>, attrs: A): string;
  /** d output / d input for each port; `out` names the output. */
  local?(
    names: Inputs<string, P, Q>,
    out: string,
    attrs: A,
  ): Readonly<Partial<Record<P | Q, string>>>;
  /**
   * dL/d input for each port whose gradient is no product of a local gradient with the upstream gradient
   * `g`: a transpose, a convolution, a sum that all entries share.
   */
  flowsBack?(
    names: Inputs<string, P, Q>,
    g: string,
    out: string,
    attrs: A,
  ): Readonly<Partial<Record<P | Q, string>>>;
}

/** An example that exercises the rule away from kinks: input values, nested arrays. */
export interface Sample {
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<
    Record<string, { readonly batched?: boolean; readonly value: unknown }>
  >;
}

/**
 * One operation of the catalogue: what it is called, what it takes, and its rules, side by side. The
 * rules are written once, for any engine `T`.
 *
 * An elementwise operation gives `derivative` and is done: its gradient is upstream × derivative.
 * Others give `backward`, and `local` where the local gradient has a readable form.
 */
export interface Operation<
  P extends string = string,
  Q extends string = string,
  A extends object = object,
> {
  /** Part of the file format. */
  readonly id: string;
  readonly title: string;
  /** What the field calls this gate: distributor, switcher, router. */
  readonly nickname?: string;
  readonly group: OperationGroup;
  /** What stands on the node: `+`, `σ`. */
  readonly symbol: string;
  /** Two or three sentences. */
  readonly help: string;
  /** What the backward pass does, after the operation's name: `passes the upstream gradient on …`. */
  readonly passes: string;
  readonly ports: readonly (RequiredPort<P> | OptionalPort<Q>)[];
  /** Where the attributes decide which input ports there are, instead of `ports`. */
  portsOf?(attrs: A): readonly RequiredPort<P>[];
  /** Further input ports c, d, … may be connected. */
  readonly variadic?: boolean;
  readonly attrs: z.ZodType<A>;
  readonly latex: OperationLatex<P, Q, A>;
  readonly sample: Sample;

  /** The output's form. Throws `ShapeError`, one sentence, where the inputs do not fit. */
  form(inputs: Inputs<Form, P, Q>, attrs: A): Form;
  forward<T>(o: ValueOps<T>, inputs: Inputs<Value<T>, P, Q>, attrs: A): Value<T>;
  /** Elementwise d output / d input per port, in any form that stretches to the output's. */
  derivative?<T>(
    o: ValueOps<T>,
    context: Omit<RuleContext<T, P, Q, A>, 'upstream'>,
  ): PerPort<Operand<T>, P, Q>;
  /** dL/d input per port; summing over the batch and stretched axes is done by the caller. */
  backward?<T>(o: ValueOps<T>, context: RuleContext<T, P, Q, A>): PerPort<Value<T>, P, Q>;
  local?<T>(
    o: ValueOps<T>,
    context: Omit<RuleContext<T, P, Q, A>, 'upstream'>,
  ): PerPort<Local<T>, P, Q>;
  /** What evaluation may hand in beside the connected inputs; see `Auxiliary`. */
  auxiliary?(inputs: Inputs<Form, P, Q>, attrs: A): Readonly<Record<string, Auxiliary>>;
  /** This mini-batch's part in the running averages; null where none are kept. */
  running?<T>(o: ValueOps<T>, inputs: Inputs<Value<T>, P, Q>, attrs: A): RunningUpdate<T> | null;
  /** Connections and multiplications for one example; elementwise operations need not say. */
  work?(inputs: Inputs<Form, P, Q>, output: Form, attrs: A): Work;
  /** For operations that look at an image through windows: their size and step. */
  window?(inputs: Inputs<Form, P, Q>, attrs: A): SlidingWindow;
  /** What is amiss with these numbers, in one sentence; null where all is well. */
  warn?(inputs: Inputs<ArrayValue, P, Q>, attrs: A): string | null;
  /** The attributes of one example's copy of this node, where they say something about each example of a batch. */
  replica?(inputs: Inputs<Form, P, Q>, attrs: A, example: number, examples: number): A;
  /** For sources: the value they hold. Null where they hold none yet. `id` seeds initial values. */
  source?(attrs: A, id: string): { readonly batched: boolean; readonly array: NdArray } | null;
}

/** What one example costs. */
export interface Work {
  /** Pairs of an input (or bias) and an output that are joined. */
  readonly connections: number;
  readonly multiplications: number;
}

/** A window that slides over an image: [height, width], and its step along both. */
export interface SlidingWindow {
  readonly size: readonly [number, number];
  readonly stride: number;
}

/**
 * A tensor that a node works with beside what is connected to it. Whoever evaluates may hand it in under
 * `inputs[name]`; without it, the rule falls back on its attributes.
 */
export type Auxiliary =
  /** 1 with probability `keep`, else 0; training draws another for every mini-batch. */
  | {
      readonly kind: 'mask';
      readonly form: Form;
      readonly keep: number;
      readonly seed: number;
    }
  /** An average that training keeps running, and where it starts. Named like the attribute that stores it. */
  | { readonly kind: 'running'; readonly form: Form; readonly initial: NdArray };

/** What a mini-batch adds to running averages: new = momentum · old + (1 − momentum) · batch. */
export interface RunningUpdate<T> {
  readonly momentum: number;
  /** By the name of the attribute that stores the average. */
  readonly batch: Readonly<Record<string, Value<T>>>;
}

/** Checks an operation's types where it is written; does nothing else. */
export function defineOperation<
  A extends object,
  P extends string = never,
  Q extends string = never,
>(operation: Operation<P, Q, A>): Operation<P, Q, A> {
  return operation;
}

/** Input values that do not fit an operation. `message` is one sentence for the person. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
  readonly code = 'shape';
  /** The port that is to blame, where one is. */
  readonly port: string | undefined;

  constructor(message: string, port?: string) {
    super(message);
    this.port = port;
  }
}
