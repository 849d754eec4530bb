import { fromNested, type Nested, type Shape } from '#tensor';
import type { LessonFile } from './lesson.ts';

/**
 * Where a node stands: its left side, and the height of the line on which its output leaves. Nodes on
 * one line are joined by straight wires, whatever their heights.
 */
type Place = readonly [left: number, line: number];

interface DrawnNode {
  readonly id: string;
  readonly op: string;
  readonly label: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

interface Drawing {
  readonly title: string;
  readonly nodes: readonly DrawnNode[];
  /** Node → its input port → the node whose output enters there. Wires are called `from-to-port`. */
  readonly wires: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly loss: string;
  readonly seed?: number;
}

/** A value that is typed in. */
export function input(id: string, label: string, value: Nested, place: Place): DrawnNode {
  return { id, op: 'input', label, attrs: { shape: shapeOf(value), value }, place };
}

/** One typed-in value per example. */
export function examples(
  id: string,
  label: string,
  value: readonly Nested[],
  place: Place,
): DrawnNode {
  const shape = shapeOf(value).slice(1);
  return { id, op: 'input', label, attrs: { shape, batched: true, value }, place };
}

/** What training would change. */
export function parameter(id: string, label: string, value: Nested, place: Place): DrawnNode {
  return { id, op: 'parameter', label, attrs: { shape: shapeOf(value), value }, place };
}

/** What never changes, and so receives no gradient. */
export function constant(id: string, label: string, value: Nested, place: Place): DrawnNode {
  return { id, op: 'constant', label, attrs: { shape: shapeOf(value), value }, place };
}

/** An operation. */
export function gate(
  op: string,
  id: string,
  label: string,
  place: Place,
  attrs: Readonly<Record<string, unknown>> = {},
): DrawnNode {
  return { id, op, label, attrs, place };
}

function shapeOf(value: Nested): Shape {
  return fromNested(value).shape;
}

/** The document of a drawing. */
export function draw({ title, nodes, wires, loss, seed = 1 }: Drawing): LessonFile {
  return {
    format: 'gradwire',
    version: 1,
    title,
    nodes: nodes.map(({ place: [x, line], ...node }) => ({
      ...node,
      position: { x, y: line - outputAt(node, Object.keys(wires[node.id] ?? {}).length) },
    })),
    wires: Object.entries(wires).flatMap(([to, ports]) =>
      Object.entries(ports).map(([port, from]) => ({
        id: `${from}-${to}-${port}`,
        from: { node: from, port: 'out' },
        to: { node: to, port },
      })),
    ),
    loss: { node: loss, seed },
    frames: [],
    notes: [],
  };
}

const sources: ReadonlySet<string> = new Set(['input', 'parameter', 'constant']);

/** How far below a node's upper edge its output leaves: half of its height on the canvas. */
function outputAt({ op }: Pick<DrawnNode, 'op'>, inputs: number): number {
  if (sources.has(op)) return 25;
  return Math.max(76, (inputs + 1) * 28 - 8) / 2;
}
