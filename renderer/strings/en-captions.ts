import { gradient, joined, local, name, type Part, type Rich, rich, value } from './rich.ts';

/** One operand or result in a caption: its text already has the number's or the shape's form. */
interface Named {
  readonly name: string;
  readonly text: string;
}

/** The film's sentences. Numbers keep the colour they have on the wires. */
export const captions = {
  start: rich`Press play: values flow forward, then the gradient walks back.`,
  startNoLoss: rich`Press play: values flow forward. Without a loss no gradient walks back.`,
  empty: rich`There is nothing to play yet: add nodes and wires in Build.`,

  given: (sources: readonly Named[], others: number): Rich =>
    rich`Given: ${joined(
      sources.map((source) => rich`${name(source.name)} = ${value(source.text)}`),
      ', ',
    )}${others > 0 ? `, and ${others} more` : ''}`,

  infix: (title: string, symbol: string, operands: readonly string[], result: string): Rich =>
    rich`${title}: ${joined(operands.map(value), ` ${symbol} `)} = ${value(result)}`,

  applied: (title: string, symbol: string, operands: readonly string[], result: string): Rich =>
    rich`${title}: ${symbol}(${joined(operands.map(value), ', ')}) = ${value(result)}`,

  shapes: (title: string, operands: readonly string[], result: string): Rich =>
    rich`${title} takes ${joined(operands.map(value), ' and ')} and gives ${value(result)}`,

  seed: (loss: string, seed: string): Rich =>
    rich`Start at the loss: ∂L/∂${name(loss)} = ${gradient(seed)}`,

  upstream: (title: string, upstream: string): Rich =>
    rich`The upstream gradient ${gradient(upstream)} arrives at ${title}`,

  localNumber: (out: string, wire: string, slope: string): Rich =>
    rich`Locally, ${name(out)} changes ${local(slope)} times as fast as ${name(wire)}`,

  localOne: (out: string, wire: string, slope: string): Rich =>
    rich`Locally, ${name(out)} changes exactly as fast as ${name(wire)}: ${local(slope)}`,

  localNone: (out: string, wire: string, slope: string): Rich =>
    rich`Locally, ${name(out)} does not answer to ${name(wire)}: ${local(slope)}`,

  localShape: (out: string, wire: string, what: string): Rich =>
    rich`The local gradient of ${name(out)} with respect to ${name(wire)} is ${local(what)}`,

  product: (title: string, passes: string, factors: readonly Part[], result: string): Rich =>
    rich`${title} ${passes}: ${joined(factors, ' × ')} = ${gradient(result)}`,

  flows: (title: string, passes: string, result: string): Rich =>
    rich`${title} ${passes}: ${gradient(result)}`,

  stopConstant: (wire: string): Rich =>
    rich`No gradient flows into ${name(wire)}: a constant never changes`,

  stopIndex: (wire: string): Rich =>
    rich`No gradient flows into ${name(wire)}: a class index is a choice, not a quantity`,

  sum: (at: string, terms: readonly string[], total: string): Rich =>
    rich`${terms.length === 2 ? 'Two' : terms.length} paths meet at ${name(at)}, and gradients add: ${joined(terms.map(gradient), ' + ')} = ${gradient(total)}`,
};
