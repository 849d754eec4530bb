import type { Training } from '#graph';
import type { Value, ValueOps } from '#tensor';
import { type Optimizer, optimizerOf, type UpdateContext, type Updated } from './optimizers.ts';

type Limits = Pick<Training, 'weightDecay' | 'l1' | 'decoupled' | 'clipNorm' | 'clipValue'>;

/** All that stands between the gradients of the loss and the new parameters. */
export interface UpdateRule extends Limits {
  readonly optimizer: Optimizer;
}

/** The rule that these settings describe. */
export function updateRule(settings: Training): UpdateRule {
  const { weightDecay, l1, decoupled, clipNorm, clipValue } = settings;
  return { optimizer: optimizerOf(settings), weightDecay, l1, decoupled, clipNorm, clipValue };
}

/** A parameter, its gradient, and its λ of L2. */
export interface Pair<T> {
  readonly parameter: Value<T>;
  readonly gradient: Value<T>;
  readonly weightDecay: number;
}

/**
 * The gradients that the optimizer gets: those of the loss, plus λ·θ and λ₁·sign θ of the penalties
 * where these are not decoupled; then no entry bigger than `clipValue`; then, all parameters taken
 * together, no norm above `clipNorm`.
 */
export function treatedGradients<T>(
  o: ValueOps<T>,
  pairs: readonly Pair<T>[],
  { l1, decoupled, clipNorm, clipValue }: Limits,
): readonly Value<T>[] {
  const penalized = pairs.map(({ parameter, gradient, weightDecay }) => {
    if (decoupled) return gradient;
    const withL2 = weightDecay > 0 ? o.add(gradient, o.mul(parameter, weightDecay)) : gradient;
    return l1 > 0 ? o.add(withL2, o.mul(o.sign(parameter), l1)) : withL2;
  });
  const limited =
    clipValue === null
      ? penalized
      : penalized.map((gradient) => o.maximum(o.minimum(gradient, clipValue), -clipValue));
  if (clipNorm === null) return limited;
  const squares = limited.map((gradient) => o.sum(o.square(gradient)));
  const norm = o.sqrt(squares.reduce((total, square) => o.add(total, square)));
  // 1 while the norm is below, clipNorm / norm from there on; never a division by 0.
  const share = o.div(o.number(clipNorm), o.maximum(norm, clipNorm));
  return limited.map((gradient) => o.mul(gradient, share));
}

/** The numbers of one step, in float64: the optimizer's, and the bare learning rate where penalties need it. */
export function coefficientsOf(
  { optimizer, decoupled }: Pick<UpdateRule, 'optimizer' | 'decoupled'>,
  rate: number,
  step: number,
): Readonly<Record<string, number>> {
  const coefficients = optimizer.coefficients(rate, step);
  return decoupled ? { ...coefficients, bare: rate } : coefficients;
}

/**
 * The optimizer's step with what decoupled penalties add to it: before it θ ← θ − ε·λ·θ (Loshchilov
 * and Hutter 2019), and after it every entry ε·λ₁ nearer to 0, not beyond (the proximal step of L1).
 */
export function updated<T>(
  o: ValueOps<T>,
  { optimizer, decoupled, weightDecay, l1 }: UpdateRule,
  context: UpdateContext<T, string, string>,
): Updated<T, string> {
  const { bare } = context.coefficients;
  if (!decoupled || !bare) return optimizer.update(o, context);
  const { parameter } = context;
  const decayed =
    weightDecay > 0 ? o.sub(parameter, o.mul(parameter, o.mul(bare, weightDecay))) : parameter;
  const { parameter: stepped, state } = optimizer.update(o, { ...context, parameter: decayed });
  if (l1 === 0) return { parameter: stepped, state };
  const size = o.maximum(o.sub(o.abs(stepped), o.mul(bare, l1)), 0);
  return { parameter: o.mul(o.sign(stepped), size), state };
}
