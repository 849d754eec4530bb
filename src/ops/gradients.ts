import type { Operand, Value, ValueOps } from '#tensor';
import type { Local, Operation, RuleContext } from './operation.ts';

/** What an operation passes back to one input port. */
export interface PortGradient<T> {
  /** In the form of the input; null where no gradient passes. */
  readonly gradient: Value<T> | null;
  /** Null where no gradient passes. */
  local(): Local<T> | null;
}

type AnyContext<T> = RuleContext<T, string, string, object>;

/**
 * Applies an operation's backward rule: for every connected port, the gradient in the form of that
 * input (a shared input of a batched operation receives the sum over the examples).
 * Throws where the operation has no rule for backward.
 */
export function portGradients<T>(
  operation: Operation,
  o: ValueOps<T>,
  context: AnyContext<T>,
): Map<string, PortGradient<T>> {
  const { inputs, output, upstream } = context;
  const result = new Map<string, PortGradient<T>>();
  const derivatives = operation.derivative?.(o, context);
  const gradients = operation.backward?.(o, context);
  const locals = operation.local ? memo(() => operation.local?.(o, context)) : undefined;
  if (!derivatives && !gradients) {
    throw new Error(`The operation "${operation.id}" has no backward rule.`);
  }
  for (const [port, input] of Object.entries(inputs)) {
    if (input === undefined) continue;
    const derivative = derivatives?.[port] ?? null;
    const raw = gradients ? (gradients[port] ?? null) : times(o, upstream, derivative);
    result.set(port, {
      gradient: raw && o.reduceTo(raw, input, output.batched ? output : input),
      local: () => {
        if (raw === null) return null;
        if (locals) return locals()?.[port] ?? { kind: 'jacobian' };
        if (derivative === null) return { kind: 'jacobian' };
        return { kind: 'elementwise', value: asValue(o, derivative, output) };
      },
    });
  }
  return result;
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

function memo<R>(make: () => R): () => R {
  let made: { readonly value: R } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
