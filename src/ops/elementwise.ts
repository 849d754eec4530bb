import {
  broadcastShapes,
  type Form,
  type Operand,
  TensorError,
  type Value,
  type ValueOps,
} from '#tensor';
import {
  type Inputs,
  type Operation,
  type PerPort,
  type RuleContext,
  ShapeError,
} from './operation.ts';

/** An operation whose output has its inputs' shapes, broadcast: it needs no rule but its derivative. */
export interface ElementwiseSpec<P extends string, A extends object>
  extends Omit<Operation<P, never, A>, 'form' | 'backward' | 'local' | 'source' | 'derivative'> {
  derivative<T>(
    o: ValueOps<T>,
    context: Omit<RuleContext<T, P, never, A>, 'upstream'>,
  ): PerPort<Operand<T>, P, never>;
}

export function elementwise<P extends string, A extends object>(
  spec: ElementwiseSpec<P, A>,
): Operation<P, never, A> {
  return { ...spec, form: (inputs) => broadcastForms(inputs) };
}

/**
 * The form of inputs that are stretched to one another. Throws `ShapeError`, naming the first port
 * that does not fit what came before it.
 */
export function broadcastForms(inputs: Readonly<Record<string, Form | undefined>>): Form {
  let result: Form = { batched: false, shape: [] };
  for (const [port, form] of Object.entries(inputs)) {
    if (!form) continue;
    try {
      result = {
        batched: result.batched || form.batched,
        shape: broadcastShapes(result.shape, form.shape),
      };
    } catch (error) {
      if (error instanceof TensorError) throw new ShapeError(error.message, port);
      throw error;
    }
  }
  return result;
}

/** The connected inputs of an n-ary operation, in port order. */
export function operands<T>(inputs: Inputs<Value<T>, string>): Value<T>[] {
  return Object.values(inputs);
}
