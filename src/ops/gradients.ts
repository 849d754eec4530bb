import type { Operand, Value, ValueOps } from '#tensor';
import type { Local, Operation, RuleContext } from './operation.ts';

/** Rounds every number of a value. */
export type Rounding<T> = (value: Value<T>) => Value<T>;

type Context<T> = RuleContext<T, string, string, object>;

/**
 * What an operation passes back to its input ports: its backward rule, applied. A shared input of a
 * batched operation receives the sum over the examples.
 */
export class PortGradients<T> {
  readonly #operation: Operation;
  readonly #o: ValueOps<T>;
  readonly #context: Context<T>;
  readonly #derivatives: Readonly<Record<string, Operand<T> | null | undefined>> | undefined;
  readonly #gradients: Readonly<Record<string, Value<T> | null | undefined>> | undefined;
  readonly #round: Rounding<T> | undefined;
  #locals: Readonly<Record<string, Local<T> | null | undefined>> | undefined;

  /**
   * @param round what a blackboard does to every number before it is used; without it nothing is rounded.
   * Throws where the operation has no rule for backward.
   */
  constructor(operation: Operation, o: ValueOps<T>, context: Context<T>, round?: Rounding<T>) {
    this.#operation = operation;
    this.#o = o;
    this.#context = context;
    this.#round = round;
    this.#gradients = operation.backward?.(o, context);
    const derivatives = this.#gradients ? undefined : operation.derivative?.(o, context);
    this.#derivatives = derivatives && round ? rounded(derivatives, round) : derivatives;
    if (!this.#gradients && !this.#derivatives) {
      throw new Error(`The operation "${operation.id}" has no backward rule.`);
    }
  }

  /** dL/d input in the form of the input; null where no gradient passes. */
  gradient(port: string): Value<T> | null {
    const { inputs, output, upstream } = this.#context;
    const input = inputs[port];
    if (!input) return null;
    const raw = this.#gradients
      ? (this.#gradients[port] ?? null)
      : times(this.#o, upstream, this.#derivatives?.[port] ?? null);
    const reduced = raw && this.#o.reduceTo(raw, input, output.batched ? output : input);
    return reduced && this.#round ? this.#round(reduced) : reduced;
  }

  /** d output / d input as a person reads it; null where no gradient passes. */
  local(port: string): Local<T> | null {
    const derivative = this.#derivatives?.[port] ?? null;
    const passes = this.#gradients ? this.#gradients[port] : derivative;
    if (passes === null || passes === undefined) return null;
    if (this.#operation.local) {
      this.#locals ??= this.#operation.local(this.#o, this.#context);
      return this.#locals[port] ?? { kind: 'jacobian' };
    }
    if (derivative === null) return { kind: 'jacobian' };
    return { kind: 'elementwise', value: asValue(this.#o, derivative, this.#context.output) };
  }
}

function rounded<T>(
  derivatives: Readonly<Record<string, Operand<T> | null | undefined>>,
  round: Rounding<T>,
): Readonly<Record<string, Operand<T> | null | undefined>> {
  const entries = Object.entries(derivatives).map(([port, derivative]) => [
    port,
    // A plain number is a rule's own: 1, −1 or a slope that was chosen.
    typeof derivative === 'object' && derivative ? round(derivative) : derivative,
  ]);
  return Object.fromEntries(entries);
}

/** upstream × derivative, sparing the product where the derivative is a plain 1, −1 or 0. */
function times<T>(o: ValueOps<T>, upstream: Value<T>, derivative: Operand<T> | null) {
  if (derivative === null) return null;
  if (derivative === 1) return upstream;
  if (derivative === -1) return o.neg(upstream);
  if (derivative === 0) return o.filledLike(upstream, 0);
  return o.mul(upstream, derivative);
}

/** A derivative in full: the number 1 of a sum of vectors is a vector of ones. */
function asValue<T>(o: ValueOps<T>, derivative: Operand<T>, output: Value<T>): Value<T> {
  return typeof derivative === 'number' ? o.filledLike(output, derivative) : derivative;
}
