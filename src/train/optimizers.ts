import type { Value, ValueOps } from '#tensor';

/** What an optimizer gets to see of one parameter. */
export interface UpdateContext<T> {
  readonly parameter: Value<T>;
  readonly gradient: Value<T>;
  /** The learning rate now; a shared scalar. */
  readonly rate: Value<T>;
  /** What it keeps for this parameter from step to step, by name; zeros at first. */
  readonly state: Readonly<Record<string, Value<T>>>;
}

/** How parameters answer to their gradients. Written once, for any engine. */
export interface Optimizer {
  readonly id: string;
  readonly title: string;
  /** Names of what it keeps for each parameter, each of the parameter's shape. */
  readonly state: readonly string[];
  update<T>(
    o: ValueOps<T>,
    context: UpdateContext<T>,
  ): { readonly parameter: Value<T>; readonly state: Readonly<Record<string, Value<T>>> };
}

/** Gradient descent on mini-batches: θ ← θ − ε·g. */
export const sgd: Optimizer = {
  id: 'sgd',
  title: 'SGD',
  state: [],
  update: (o, { parameter, gradient, rate }) => ({
    parameter: o.sub(parameter, o.mul(gradient, rate)),
    state: {},
  }),
};

export const optimizers: Readonly<Record<'sgd', Optimizer>> = { sgd };
