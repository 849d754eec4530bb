import { type DataSet, type Fields, gatherRows } from '#data';
import { indexOf } from '#graph';
import { sizeOf } from '#tensor';
import type { TrainableGraph } from './graph.ts';

/** Attributes of a parameter that say where it starts, not what is computed. */
const starts: ReadonlySet<string> = new Set(['value', 'init', 'seed']);

/** How many numbers of a column are looked at, about. */
const samples = 4096;

/**
 * Stands for what a graph computes in training: its nodes, wires and loss, but not where its
 * parameters and averages start, what anything is called, nor where it lies on the canvas.
 */
export function graphMark({ document, plan, loss, averages }: TrainableGraph): string {
  const { incoming } = indexOf(document);
  const nodes = plan.map(({ node: { id, op, attrs } }) => {
    const own = averages.filter((kept) => kept.id === id).map(({ attribute }) => attribute);
    const kept = Object.entries(attrs)
      .filter(([name]) => !(op === 'parameter' && starts.has(name)) && !own.includes(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const wires = [...(incoming.get(id) ?? new Map())]
      .map(([port, { from }]) => [port, from.node])
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return [id, op, kept, wires];
  });
  return markOf(
    JSON.stringify([nodes.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)), loss]),
  );
}

/** Stands for the examples of a data set; it looks at some numbers of every column. */
export function dataMark({ train, validation, test }: DataSet): string {
  return markOf(
    JSON.stringify([train, validation, test].map((fields) => fields && partOf(fields))),
  );
}

function partOf(fields: Fields): unknown {
  return [...fields].map(([name, field]) => {
    const { shape, count, classes } = field;
    const width = sizeOf(shape);
    const rows = Math.min(count, Math.max(1, Math.floor(samples / width)));
    const order = Uint32Array.from({ length: rows }, (_, at) => Math.floor((at * count) / rows));
    const seen = new Float32Array(rows * width);
    gatherRows(field, order, 0, seen);
    return [name, shape, count, classes ?? null, [...seen]];
  });
}

/** Two rounds of FNV-1a, 64 bits together, in hexadecimal. */
function markOf(text: string): string {
  return [0x811c9dc5, 0x9747b28c]
    .map((start) => {
      let result = start;
      for (let at = 0; at < text.length; at++) {
        result = Math.imul(result ^ text.charCodeAt(at), 0x01000193);
      }
      return (result >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
