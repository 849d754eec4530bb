import type { Training } from '#graph';
import type { Value, ValueOps } from '#tensor';
import { type Optimizer, optimizerOf } from './optimizers.ts';

type Limits = Pick<Training, 'weightDecay' | 'l1' | 'clipNorm' | 'clipValue'>;

/** All that stands between the gradients of the loss and the new parameters. */
export interface UpdateRule extends Limits {
  readonly optimizer: Optimizer;
}

/** The rule that these settings describe. */
export function updateRule(settings: Training): UpdateRule {
  const { weightDecay, l1, clipNorm, clipValue } = settings;
  return { optimizer: optimizerOf(settings), weightDecay, l1, clipNorm, clipValue };
}

/** A parameter and its gradient. */
export interface Pair<T> {
  readonly parameter: Value<T>;
  readonly gradient: Value<T>;
}

/**
 * The gradients that the optimizer gets: those of the loss, plus λ·θ and λ₁·sign θ of the penalties;
 * then no entry bigger than `clipValue`; then, all parameters taken together, no norm above `clipNorm`.
 */
export function treatedGradients<T>(
  o: ValueOps<T>,
  pairs: readonly Pair<T>[],
  { weightDecay, l1, clipNorm, clipValue }: Limits,
): readonly Value<T>[] {
  const penalized = pairs.map(({ parameter, gradient }) => {
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
