import { indexOf, type WireId } from '#graph';
import type { Registry } from '#ops';
import type { ArrayValue } from '#tensor';
import { asksFor, directionsOf, hasFewEntries, type Trace } from '#trace';
import { outputName, wireName } from '../format/names.ts';
import type { Numbers } from '../format/numbers.ts';
import {
  describeNested,
  describeValue,
  formatBadge,
  isSingle,
  singleNumber,
} from '../format/tensors.ts';
import { strings } from '../strings/en.ts';
import { quizzing as text } from '../strings/en-quiz.ts';
import { askedWay, seenAt } from './ways.ts';

export interface Question {
  readonly asks: string;
  /** How it may be answered, where that is not plain. */
  readonly how?: string;
  /** Which rule, then which numbers. */
  readonly hints: readonly [string, string];
}

/**
 * What is asked about a wire, and the two hints for it. Undefined where nothing flows.
 * @param upstreamHidden whether the upstream gradient is asked for itself: then no hint tells it
 */
export function questionAt(
  trace: Trace,
  registry: Registry,
  numbers: Numbers,
  id: WireId,
  upstreamHidden = false,
): Question | undefined {
  const { wires, nodes } = indexOf(trace.document);
  const wire = wires.get(id);
  const traced = trace.wires.get(id);
  const target = wire && nodes.get(wire.to.node);
  const operation = target && registry.get(target.op);
  if (!wire || !operation || !traced?.gradient || !traced.upstream || !traced.value) {
    return undefined;
  }
  const name = wireName(trace.document, wire);
  const { title, nickname, passes } = operation;
  const capital = title.charAt(0).toUpperCase() + title.slice(1);
  const gate = nickname && strings.inspector.isA(capital, nickname, passes);
  const rule = gate
    ? `${gate.before}${gate.nickname}${gate.after}`
    : strings.inspector.it(capital, passes);
  const first = upstreamHidden ? ` ${text.first(outputName(target))}` : '';
  const directions = directionsOf(trace, registry, id);
  if (directions) {
    const asks = askedWay(directions, name, title);
    return { asks, hints: [rule, seenAt(trace, numbers, wire.to.node)] };
  }
  if (asksFor(traced) === 'shape') {
    const shape = formatBadge(traced.value);
    if (hasFewEntries(traced)) {
      const own = traced.local();
      const slope =
        !own || own.kind === 'jacobian'
          ? strings.inspector.jacobian
          : describeSmall(own.value, numbers);
      const known = text.upstreamIs(describeSmall(traced.upstream, numbers));
      const factors = [text.localIs(slope), upstreamHidden ? first.trim() : known].join(' ');
      return {
        asks: text.ask(name, title),
        how: text.tensorForm,
        hints: [`${text.rule} ${rule}`, `${text.valueShape(name, shape)} ${factors}`],
      };
    }
    return {
      asks: text.askShape(name, operation.title),
      hints: [text.rule, text.valueShape(name, shape)],
    };
  }
  const local = traced.local();
  const slope =
    !local || local.kind === 'jacobian'
      ? strings.inspector.jacobian
      : isSingle(local.value)
        ? numbers.operand(singleNumber(local.value))
        : formatBadge(local.value);
  const known = isSingle(traced.upstream)
    ? numbers.operand(singleNumber(traced.upstream))
    : describeValue(traced.upstream, numbers);
  const upstream = upstreamHidden ? text.unknown : known;
  return {
    asks: text.ask(name, title),
    hints: [rule, `${text.numbers(slope, upstream)}${first}`],
  };
}

/** So many entries are written out in a hint. */
const written = 12;

function describeSmall(value: ArrayValue, numbers: Numbers): string {
  return value.data.data.length <= written
    ? describeNested(value.data, numbers)
    : formatBadge(value);
}
