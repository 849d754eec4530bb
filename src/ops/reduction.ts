import type { Operand, Value, ValueOps } from '#tensor';
import { type AxesAttrs, axesAttrs, keptShape, reducedForm } from './attrs/axes.ts';
import type { Operation, RuleContext } from './operation.ts';
import { port } from './ports.ts';

/** A reduction over axes of one example. The derivative has the input's shape; `output` comes with its axes kept. */
export interface ReductionSpec
  extends Pick<
    Operation<'x', never, AxesAttrs>,
    'id' | 'title' | 'nickname' | 'symbol' | 'help' | 'passes' | 'latex' | 'sample' | 'forward'
  > {
  derivative<T>(
    o: ValueOps<T>,
    context: Omit<RuleContext<T, 'x', never, AxesAttrs>, 'upstream'>,
  ): Operand<T>;
}

export function reduction({
  derivative,
  ...spec
}: ReductionSpec): Operation<'x', never, AxesAttrs> {
  type Context<T> = Omit<RuleContext<T, 'x', never, AxesAttrs>, 'upstream'>;
  const keep = <T>(
    o: ValueOps<T>,
    { inputs: { x }, attrs: { axes } }: Context<T>,
    value: Value<T>,
  ) => o.reshape(value, keptShape(x.shape, axes));
  const local = <T>(o: ValueOps<T>, context: Context<T>) =>
    derivative(o, { ...context, output: keep(o, context, context.output) });
  return {
    ...spec,
    group: 'reductions',
    ports: [port('x')],
    attrs: axesAttrs,
    form: ({ x }, attrs) => reducedForm(x, attrs),
    backward: (o, context) => ({
      x: o.mul(keep(o, context, context.upstream), local(o, context)),
    }),
    local: (o, context) => {
      const value = local(o, context);
      const full = typeof value === 'number' ? o.filledLike(context.inputs.x, value) : value;
      return { x: { kind: 'elementwise', value: full } };
    },
  };
}

/** How many entries of x go into one entry of the result. */
export function reducedCount(x: { shape: readonly number[] }, axes: readonly number[] | undefined) {
  const kept = keptShape(x.shape, axes);
  return x.shape.reduce(
    (count, length, axis) => (kept[axis] === length ? count : count * length),
    1,
  );
}
