import { indexOf, type NodeId } from '#graph';
import type { ArrayValue } from '#tensor';
import type { Directions, Trace, Way } from '#trace';
import { wireName } from '../format/names.ts';
import type { Numbers } from '../format/numbers.ts';
import { describeNested, formatPlace, isSingle, singleNumber } from '../format/tensors.ts';
import { quizzing as text } from '../strings/en-quiz.ts';

/** The question for a router's ways. */
export function askedWay({ ways }: Directions, name: string, target: string): string {
  const kind = ways[0]?.kind;
  if (kind === 'input') return text.askWay.input(target);
  if (kind === 'entry') return text.askWay.entry(name, target);
  return text.askWay.through(name, target);
}

/** A way in words. Two inputs of one name are told apart by their ports. */
export function wayName(
  { document }: Trace,
  ways: readonly Way[],
  way: Way,
  value: ArrayValue | undefined,
  numbers: Numbers,
): string {
  if (way.kind === 'input') {
    const { wires } = indexOf(document);
    const names = ways.flatMap((other) => {
      const wire = other.kind === 'input' ? wires.get(other.wire) : undefined;
      return wire ? [wireName(document, wire)] : [];
    });
    const own = wires.get(way.wire);
    return text.way.input(
      own && new Set(names).size === names.length ? wireName(document, own) : way.port,
    );
  }
  if (way.kind === 'entry') {
    return text.way.entry(
      formatPlace(way.at, value?.data.shape ?? []),
      entryOf(value, way.at, numbers),
    );
  }
  return text.way[way.kind];
}

function entryOf(value: ArrayValue | undefined, at: number, numbers: Numbers): string {
  return numbers.format(value?.data.data[at] ?? Number.NaN);
}

/** The numbers that the router decides by: what its wires bring. */
export function seenAt({ document, wires }: Trace, numbers: Numbers, node: NodeId): string {
  const incoming = [...(indexOf(document).incoming.get(node)?.values() ?? [])];
  const parts = incoming.flatMap((wire) => {
    const value = wires.get(wire.id)?.value;
    if (!value) return [];
    const shown = isSingle(value)
      ? numbers.format(singleNumber(value))
      : describeNested(value.data, numbers);
    return [text.isNumber(wireName(document, wire), shown)];
  });
  return text.here(parts);
}
