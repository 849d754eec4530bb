import type { OptimizerName, Training } from '#graph';
import type { Value, ValueOps } from '#tensor';

/** What an optimizer gets to see of one parameter. */
export interface UpdateContext<T, S extends string, C extends string> {
  readonly parameter: Value<T>;
  readonly gradient: Value<T>;
  /** This step's coefficients, as shared scalars. */
  readonly coefficients: Readonly<Record<C, Value<T>>>;
  /** What it keeps for this parameter from step to step; zeros at first. */
  readonly state: Readonly<Record<S, Value<T>>>;
}

export interface Updated<T, S extends string> {
  readonly parameter: Value<T>;
  readonly state: Readonly<Record<S, Value<T>>>;
}

/** How parameters answer to their gradients. Written once, for any engine. */
export interface Optimizer<S extends string = string, C extends string = string> {
  /** Names of what it keeps for each parameter, each of the parameter's shape. */
  readonly state: readonly S[];
  /** The numbers that change from step to step (counted from 1), in float64. */
  coefficients(rate: number, step: number): Readonly<Record<C, number>>;
  update<T>(o: ValueOps<T>, context: UpdateContext<T, S, C>): Updated<T, S>;
}

type Hyperparameters = Pick<
  Training,
  'optimizer' | 'momentum' | 'decay' | 'beta1' | 'beta2' | 'epsilon'
>;

/** The optimizer of that name with these hyperparameters. Formulas: g gradient, ε learning rate, θ parameter. */
export function optimizerOf(settings: Hyperparameters): Optimizer {
  return optimizers[settings.optimizer](settings);
}

const rateAlone = (rate: number) => ({ rate });

/** Gradient descent on mini-batches: θ ← θ − ε·g. */
const sgd: Optimizer<never, 'rate'> = {
  state: [],
  coefficients: rateAlone,
  update: (o, { parameter, gradient, coefficients: { rate } }) => ({
    parameter: o.sub(parameter, o.mul(gradient, rate)),
    state: {},
  }),
};

/** Polyak 1964: v ← α·v − ε·g, θ ← θ + v. */
const momentum = ({ momentum: alpha }: Hyperparameters): Optimizer<'v', 'rate'> => ({
  state: ['v'],
  coefficients: rateAlone,
  update: (o, { parameter, gradient, coefficients: { rate }, state }) => {
    const v = o.sub(o.mul(state.v, alpha), o.mul(gradient, rate));
    return { parameter: o.add(parameter, v), state: { v } };
  },
});

/**
 * Nesterov 1983, in the form whose gradient is taken where θ stands: v' ← α·v − ε·g,
 * θ ← θ + v' + α·(v' − v).
 */
const nesterov = ({ momentum: alpha }: Hyperparameters): Optimizer<'v', 'rate'> => ({
  state: ['v'],
  coefficients: rateAlone,
  update: (o, { parameter, gradient, coefficients: { rate }, state }) => {
    const v = o.sub(o.mul(state.v, alpha), o.mul(gradient, rate));
    const ahead = o.mul(o.sub(v, state.v), alpha);
    return { parameter: o.add(parameter, o.add(v, ahead)), state: { v } };
  },
});

/** Duchi, Hazan, Singer 2011: a ← a + g², θ ← θ − ε·g/(√a + ν). */
const adagrad = ({ epsilon: nu }: Hyperparameters): Optimizer<'a', 'rate'> => ({
  state: ['a'],
  coefficients: rateAlone,
  update: (o, { parameter, gradient, coefficients: { rate }, state }) => {
    const a = o.add(state.a, o.square(gradient));
    const step = o.div(o.mul(gradient, rate), o.add(o.sqrt(a), nu));
    return { parameter: o.sub(parameter, step), state: { a } };
  },
});

/** Tieleman and Hinton 2012: a ← β·a + (1 − β)·g², then the step of AdaGrad. */
const rmsprop = ({ decay: beta, epsilon: nu }: Hyperparameters): Optimizer<'a', 'rate'> => ({
  state: ['a'],
  coefficients: rateAlone,
  update: (o, { parameter, gradient, coefficients: { rate }, state }) => {
    const a = o.add(o.mul(state.a, beta), o.mul(o.square(gradient), 1 - beta));
    const step = o.div(o.mul(gradient, rate), o.add(o.sqrt(a), nu));
    return { parameter: o.sub(parameter, step), state: { a } };
  },
});

/**
 * Kingma and Ba 2015: m ← β₁·m + (1 − β₁)·g, a ← β₂·a + (1 − β₂)·g²; both are too small at first and
 * are divided by 1 − βᵗ; θ ← θ − ε·m̂/(√â + ν).
 */
const adam = ({
  beta1,
  beta2,
  epsilon: nu,
}: Hyperparameters): Optimizer<'m' | 'a', 'rate' | 'widening'> => ({
  state: ['m', 'a'],
  // The corrections are the same for all entries: they are made in float64 and never on tensors.
  coefficients: (rate, step) => ({
    rate: rate / (1 - beta1 ** step),
    widening: 1 / Math.sqrt(1 - beta2 ** step),
  }),
  update: (o, { parameter, gradient, coefficients: { rate, widening }, state }) => {
    const m = o.add(o.mul(state.m, beta1), o.mul(gradient, 1 - beta1));
    const a = o.add(o.mul(state.a, beta2), o.mul(o.square(gradient), 1 - beta2));
    const root = o.add(o.mul(o.sqrt(a), widening), nu);
    return {
      parameter: o.sub(parameter, o.div(o.mul(m, rate), root)),
      state: { m, a },
    };
  },
});

const optimizers: Readonly<Record<OptimizerName, (settings: Hyperparameters) => Optimizer>> = {
  sgd: () => sgd,
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adam,
};
