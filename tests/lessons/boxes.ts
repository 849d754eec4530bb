import { type GraphDocument, type GraphNode, indexOf, type Wire } from '#graph';
import { catalogue, inputPorts } from '#ops';
import type { ArrayValue } from '#tensor';
import { type Trace, trace } from '#trace';
import { numberGrid } from '../../renderer/canvas/number-grid.ts';
import { defaultDisplay, Numbers } from '../../renderer/format/numbers.ts';

/** The room something takes on the canvas, as measured in the app: see renderer/canvas. */
export interface Box {
  readonly what: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

const isSource = ({ op }: GraphNode) => catalogue.get(op)?.group === 'sources';

function portsOf(document: GraphDocument, node: GraphNode): readonly string[] {
  const operation = catalogue.get(node.op);
  const connected = [...(indexOf(document).incoming.get(node.id)?.keys() ?? [])];
  return operation ? inputPorts(operation, node.attrs, connected).map(({ name }) => name) : [];
}

function height(document: GraphDocument, node: GraphNode): number {
  return isSource(node) ? 50 : Math.max(76, (portsOf(document, node).length + 1) * 28 - 8);
}

/** A pill with its value, or a square with what is written beneath it. */
export function nodeBox(document: GraphDocument, node: GraphNode): Box {
  const { x, y } = node.position;
  const bottom = y + height(document, node);
  if (isSource(node)) {
    return { what: node.id, left: x, top: y, right: x + pillWidth(node), bottom };
  }
  const operation = catalogue.get(node.op);
  const lines = operation?.nickname ? 2 : 1;
  return { what: node.id, left: x, top: y, right: x + 76, bottom: bottom + 6 + lines * 16 };
}

function pillWidth({ attrs, label }: GraphNode): number {
  const { value, shape } = attrs as {
    value?: { readonly shape: readonly number[]; readonly data: Float64Array };
    shape: readonly number[];
  };
  const name = 8 * [...label].length;
  if (!value || shape.length + value.shape.length === 0) return Math.max(96, 84 + name);
  if (value.shape.length > 1 || value.data.length > 4) return 160 + name;
  return 70 + name + [...value.data].reduce((sum, x) => sum + 10 + 9 * String(x).length, 0);
}

const traces = new WeakMap<GraphDocument, Trace>();

function traceOf(document: GraphDocument): Trace {
  const known = traces.get(document);
  if (known) return known;
  const made = trace(document, catalogue);
  traces.set(document, made);
  return made;
}

const numbers = new Numbers(defaultDisplay);

/** Width and height of what stands on a wire. */
function chipSize({ wires }: Trace, { id }: Wire): readonly [number, number] {
  const { value, gradient } = wires.get(id) ?? {};
  if (!value) return [60, 46];
  if (value.data.data.length === 1 && value.shape.length === 0) return [66, 46];
  const [[wide, high], [wideToo, highToo]] = [entrySize(value), entrySize(gradient)];
  return [Math.max(wide, wideToo) + 18, 16 + high + highToo + 8];
}

function entrySize(value: ArrayValue | null | undefined): readonly [number, number] {
  if (!value) return [40, 20];
  const grid = numberGrid(value.data, numbers);
  if (!grid) return [110, 32];
  const widest = Math.max(...grid.texts.map((text) => text.length));
  const rows = grid.texts.length / grid.columns;
  return [grid.columns * Math.max(34, 7.2 * widest + 7), Math.max(24, rows * 18 + 1)];
}

/** The value and gradient in the middle of a wire, its name above; only the shape while data is awaited. */
export function wireBox(document: GraphDocument, wire: Wire, waiting: boolean): Box {
  const { nodes } = indexOf(document);
  const [from, to] = [nodes.get(wire.from.node), nodes.get(wire.to.node)];
  if (!from || !to) throw new Error(`The wire ${wire.id} has no ends.`);
  const ports = portsOf(document, to);
  const port =
    height(document, to) / 2 + (ports.indexOf(wire.to.port) - (ports.length - 1) / 2) * 28;
  const start = isSource(from) ? nodeBox(document, from).right : from.position.x + 76;
  const x = (start + to.position.x) / 2;
  const y = (from.position.y + height(document, from) / 2 + to.position.y + port) / 2;
  const [width, tall] = waiting ? [60, 16] : chipSize(traceOf(document), wire);
  const name = isSource(from) ? 0 : 16;
  return {
    what: wire.id,
    left: x - width / 2,
    right: x + width / 2,
    top: y - tall / 2 - name,
    bottom: y + tall / 2,
  };
}
