import { gradient, joined, local, name, type Part, type Rich, rich, value } from './rich.ts';

/** What is given, enters or comes out: a number, or a tensor told by its shape. */
export interface Named {
  readonly name: string;
  /** The number, or the shape, in the form it has on the wires. */
  readonly text: string;
  readonly isTensor: boolean;
}

/** `x = 3`, or `x (2×3)`. */
function told({ name: called, text, isTensor }: Named, tone: (text: string) => Part): Rich {
  return isTensor ? rich`${name(called)} (${tone(text)})` : rich`${name(called)} = ${tone(text)}`;
}

/** `∂L/∂W (2×3)`; a name that is itself a formula in parentheses. */
function gradientOf({ name: called, text, isTensor }: Named): Rich {
  const of = /^[\p{L}\p{M}\p{Lm}\p{No}_\d]+$/u.test(called)
    ? rich`∂L/∂${name(called)}`
    : rich`∂L/∂(${name(called)})`;
  return isTensor ? rich`${of} (${gradient(text)})` : rich`${of} = ${gradient(text)}`;
}

/** `a, b and c`. */
function listed(parts: readonly Rich[]): Rich {
  const [last, ...others] = parts.toReversed();
  if (!last || others.length === 0) return last ?? [];
  return rich`${joined(others.toReversed(), ', ')} and ${last}`;
}

/** What a smaller gradient was summed over: entries, examples, or both. */
export interface SummedOver {
  readonly entries: boolean;
  /** 0 for none. */
  readonly examples: number;
}

function summed({ entries, examples }: SummedOver): string {
  const over = [
    ...(entries ? ['the entries'] : []),
    ...(examples > 0 ? [`the ${examples} examples`] : []),
  ];
  return over.length > 0 ? `, summed over ${over.join(' and ')}` : '';
}

const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'];

function paths(count: number): string {
  return `${words[count] ?? count} ${count === 1 ? 'path arrives' : 'paths meet'}`;
}

/** The film's sentences. Numbers keep the colour they have on the wires. */
export const captions = {
  start: rich`Press play: values flow forward, then the gradient walks back.`,
  startNoLoss: rich`Press play: values flow forward. Without a loss no gradient walks back.`,
  empty: rich`There is nothing to play yet: add nodes and wires in Build.`,

  given: (sources: readonly Named[], others: number): Rich =>
    rich`Given: ${joined(
      sources.map((source) => told(source, value)),
      ', ',
    )}${others > 0 ? `, and ${others} more` : ''}`,

  infix: (title: string, symbol: string, operands: readonly string[], result: string): Rich =>
    rich`${title}: ${joined(operands.map(value), ` ${symbol} `)} = ${value(result)}`,

  applied: (title: string, symbol: string, operands: readonly string[], result: string): Rich =>
    rich`${title}: ${symbol}(${joined(operands.map(value), ', ')}) = ${value(result)}`,

  shapes: (title: string, operands: readonly Named[], result: Named): Rich =>
    rich`${title} takes ${listed(operands.map((one) => told(one, value)))} and gives ${told(result, value)}`,

  seed: (loss: string, seed: string): Rich =>
    rich`Start at the loss: ∂L/∂${name(loss)} = ${gradient(seed)}`,

  upstream: (title: string, upstream: string): Rich =>
    rich`The upstream gradient ${gradient(upstream)} arrives at ${title}`,

  upstreamShape: (title: string, upstream: Named): Rich =>
    rich`The upstream gradient ${gradientOf(upstream)} arrives at ${title}`,

  localNumber: (out: string, wire: string, slope: string): Rich =>
    rich`Locally, ${name(out)} changes ${local(slope)} times as fast as ${name(wire)}`,

  localOne: (out: string, wire: string, slope: string): Rich =>
    rich`Locally, ${name(out)} changes exactly as fast as ${name(wire)}: ${local(slope)}`,

  localNone: (out: string, wire: string, slope: string): Rich =>
    rich`Locally, ${name(out)} does not answer to ${name(wire)}: ${local(slope)}`,

  localShape: (out: string, wire: string, shape: string): Rich =>
    rich`The local gradient of ${name(out)} with respect to ${name(wire)} has the shape ${local(shape)}`,

  localJacobian: (out: string, wire: string): Rich =>
    rich`The local gradient of ${name(out)} with respect to ${name(wire)} is a ${local('Jacobian')}`,

  product: (title: string, passes: string, factors: readonly Part[], result: string): Rich =>
    rich`${title} ${passes}: ${joined(factors, ' × ')} = ${gradient(result)}`,

  flows: (title: string, passes: string, over: SummedOver, result: Named): Rich =>
    rich`${title} ${passes}${summed(over)}: ${gradientOf(result)}`,

  flowsNone: (title: string, passes: string): Rich => rich`${title} ${passes}`,

  stopConstant: (wire: string): Rich =>
    rich`No gradient flows into ${name(wire)}: a constant never changes`,

  stopIndex: (wire: string): Rich =>
    rich`No gradient flows into ${name(wire)}: a class index is a choice, not a quantity`,

  sum: (at: string, terms: readonly string[], total: string): Rich =>
    rich`${paths(terms.length)} at ${name(at)}, and gradients add: ${joined(terms.map(gradient), ' + ')} = ${gradient(total)}`,

  sumShape: (count: number, total: Named): Rich =>
    rich`${paths(count)} at ${name(total.name)}, and their gradients add: ${gradientOf(total)}`,
};
