import type { Operand, Value, ValueOps } from '#tensor';
import type { Local, Operation, RuleContext } from './operation.ts';

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
  #locals: Readonly<Record<string, Local<T> | null | undefined>> | undefined;

  /** Throws where the operation has no rule for backward. */
  constructor(operation: Operation, o: ValueOps<T>, context: Context<T>) {
    this.#operation = operation;
    this.#o = o;
    this.#context = context;
    this.#gradients = operation.backward?.(o, context);
    this.#derivatives = this.#gradients ? undefined : operation.derivative?.(o, context);
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
    return raw && this.#o.reduceTo(raw, input, output.batched ? output : input);
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
