import { indexOf, outputName, wireName } from '#graph';
import type { ArrayValue } from '#tensor';
import type { Trace } from '#trace';

/**
 * The columns: whether the row is of a node or a wire; its id and name; what the number is; for one per example the
 * example, and the place in its tensor, both counted from 0 (`0;2` is row 0, column 2; empty for a scalar); the number.
 */
export const csvColumns = ['kind', 'id', 'name', 'quantity', 'example', 'index', 'number'] as const;

/**
 * A trace as a table: a row for every entry of every value, gradient, upstream and (elementwise) local gradient.
 * Throws where it would have more rows than `most`.
 */
export function toCsv(trace: Trace, most = 2_000_000): string {
  const { document, nodes, wires } = trace;
  const index = indexOf(document);
  const lines: string[] = [csvColumns.join(',')];
  const write = (head: string, quantity: string, value: ArrayValue | null | undefined) => {
    if (!value) return;
    if (lines.length + value.data.data.length > most) {
      throw new Error(
        `The trace has more than ${most.toLocaleString('en')} numbers, too many for a table.`,
      );
    }
    for (const row of rows(value)) lines.push(`${head},${quantity},${row}`);
  };
  for (const node of document.nodes) {
    const head = `node,${cell(node.id)},${cell(outputName(node))}`;
    const { value, gradient } = nodes.get(node.id) ?? {};
    write(head, 'value', value);
    write(head, 'gradient', gradient);
  }
  for (const wire of document.wires) {
    const found = index.wires.get(wire.id) ?? wire;
    const head = `wire,${cell(wire.id)},${cell(wireName(document, found))}`;
    const traced = wires.get(wire.id);
    write(head, 'value', traced?.value);
    write(head, 'upstream', traced?.upstream);
    const local = traced?.local();
    write(head, 'local', local?.kind === 'elementwise' ? local.value : undefined);
    write(head, 'gradient', traced?.gradient);
  }
  return `${lines.join('\r\n')}\r\n`;
}

function* rows({ batched, shape, data }: ArrayValue): Generator<string> {
  const size = shape.reduce((count, length) => count * length, 1);
  for (let at = 0; at < data.data.length; at++) {
    const example = batched ? String(Math.floor(at / Math.max(1, size))) : '';
    yield `${example},${place(at % Math.max(1, size), shape)},${data.data[at]}`;
  }
}

function place(index: number, shape: readonly number[]): string {
  const places: number[] = [];
  let rest = index;
  for (const length of shape.toReversed()) {
    places.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return places.join(';');
}

/** A text of the table (RFC 4180); what a spreadsheet would take for a formula stands behind an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
