import { outputName } from '../format/names.ts';
import type { EditorStore } from '../store/index.ts';
import { looksStore } from '../ui/looks.ts';
import { nodeActivity, nodeOf, type WireLook, wireLook } from './look.ts';
import type { Area, DrawnNode, DrawnWire, Picture } from './overview.ts';
import type { Colours } from './use-colours.ts';

/** The view: from flow coordinates to CSS pixels of the canvas. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  readonly width: number;
  readonly height: number;
}

/** A wire is never drawn thinner, in CSS pixels. */
const thinnest = 0.8;
/** A box has its symbol where it is at least so wide, and letters are never smaller; in CSS pixels. */
const symbolBox = 76;
const symbolLetter = 21;
const symbolFrom = 13;
const smallestLetter = 9;
const longestName = 5;

const byLook: Readonly<Record<WireLook, { readonly colour: string; readonly width: number }>> = {
  quiet: { colour: '--faint', width: 1.8 },
  pending: { colour: '--line', width: 1.8 },
  'forward-done': { colour: '--value', width: 1.8 },
  'backward-done': { colour: '--gradient', width: 1.8 },
  forward: { colour: '--value', width: 10 },
  upstream: { colour: '--gradient', width: 10 },
  local: { colour: '--local', width: 10 },
  product: { colour: '--gradient', width: 10 },
  sum: { colour: '--gradient', width: 10 },
  stop: { colour: '--dim', width: 10 },
};

/** Draws the graph as it is seen from afar: boxes, symbols and wires, no numbers. */
export function drawPicture(
  pen: CanvasRenderingContext2D,
  { nodes, wires }: Picture,
  view: View,
  state: EditorStore,
  colours: Colours,
): void {
  const pixels = pen.canvas.width / view.width;
  const scale = pixels * view.zoom;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
  pen.setTransform(scale, 0, 0, scale, pixels * view.x, pixels * view.y);
  const seen: Area = {
    x: -view.x / view.zoom,
    y: -view.y / view.zoom,
    width: view.width / view.zoom,
    height: view.height / view.zoom,
  };
  drawWires(pen, wires, seen, view.zoom, state, colours);
  drawNodes(pen, nodes, seen, view.zoom, state, colours);
}

function drawWires(
  pen: CanvasRenderingContext2D,
  wires: readonly DrawnWire[],
  seen: Area,
  zoom: number,
  state: EditorStore,
  colours: Colours,
): void {
  const chosen: DrawnWire[] = [];
  const alike = new Map<WireLook, DrawnWire[]>();
  for (const wire of wires) {
    if (!touches(wire, seen)) continue;
    if (state.selection.wires.has(wire.id)) chosen.push(wire);
    const look = wireLook(state, wire.id, wire.from);
    const others = alike.get(look);
    if (others) others.push(wire);
    else alike.set(look, [wire]);
  }
  const stroke = (list: readonly DrawnWire[]) => {
    for (const { x0, y0, x3, y3 } of list) {
      const distance = x3 - x0;
      const reach = distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
      pen.beginPath();
      pen.moveTo(x0, y0);
      pen.bezierCurveTo(x0 + reach, y0, x3 - reach, y3, x3, y3);
      // One by one: a single path of thousands takes far longer to paint.
      pen.stroke();
    }
  };
  pen.strokeStyle = `rgb(${colours('--value-rgb')} / 0.3)`;
  pen.lineWidth = 6 / zoom;
  stroke(chosen);
  for (const [look, list] of alike) {
    const { colour, width } = byLook[look];
    pen.strokeStyle = colours(colour);
    pen.lineWidth = Math.max(width, thinnest / zoom);
    stroke(list);
  }
}

function touches({ x0, y0, x3, y3 }: DrawnWire, { x, y, width, height }: Area): boolean {
  if (Math.max(y0, y3) < y || Math.min(y0, y3) > y + height) return false;
  const out = x3 < x0 ? 6.25 * Math.sqrt(x0 - x3) : 0;
  return Math.max(x0, x3) + out > x && Math.min(x0, x3) - out < x + width;
}

function drawNodes(
  pen: CanvasRenderingContext2D,
  nodes: readonly DrawnNode[],
  seen: Area,
  zoom: number,
  state: EditorStore,
  colours: Colours,
): void {
  const inView = nodes.filter(
    ({ x, y, width, height }) =>
      x + width > seen.x &&
      y + height > seen.y &&
      x < seen.x + seen.width &&
      y < seen.y + seen.height,
  );
  const kinds = new Map<string, Kind & { readonly boxes: DrawnNode[] }>();
  for (const drawn of inView) {
    const kind = kindOf(state, drawn);
    const key = `${kind.colour} ${kind.active} ${kind.pill}`;
    const alike = kinds.get(key);
    if (alike) alike.boxes.push(drawn);
    else kinds.set(key, { ...kind, boxes: [drawn] });
  }
  for (const { colour, active, pill, boxes } of kinds.values()) {
    pen.beginPath();
    for (const { x, y, width, height } of boxes) {
      pen.roundRect(x, y, width, height, pill ? height / 2 : 16);
    }
    pen.fillStyle = colours('--panel');
    pen.fill();
    pen.strokeStyle = colours(colour);
    pen.lineWidth = Math.max(1.6, (active ? 3 : thinnest) / zoom);
    pen.stroke();
  }
  pen.strokeStyle = `rgb(${colours('--value-rgb')} / 0.5)`;
  pen.lineWidth = 3 / zoom;
  for (const { id, x, y, width, height } of inView) {
    if (state.selection.nodes.has(id)) pen.strokeRect(x, y, width, height);
  }
  if (symbolBox * zoom >= symbolFrom) drawSymbols(pen, inView, zoom, state, colours);
}

interface Kind {
  readonly colour: string;
  readonly active: boolean;
  readonly pill: boolean;
}

function kindOf(state: EditorStore, { id }: DrawnNode): Kind {
  const node = nodeOf(state, id);
  const group = state.registry.get(node?.op ?? '')?.group;
  const pill = group === 'sources';
  const activity = nodeActivity(state, id);
  const active = activity !== 'idle';
  if (active) return { colour: activity === 'forward' ? '--value' : '--gradient', active, pill };
  if (state.trace.nodes.get(id)?.error) return { colour: '--validation', active: true, pill };
  if (group && looksStore.getState().groupColours) {
    return { colour: `--group-${group}`, active: true, pill };
  }
  return { colour: pill ? '--value' : '--ink', active, pill };
}

/** The symbol of an operation, the name of a source. */
function drawSymbols(
  pen: CanvasRenderingContext2D,
  nodes: readonly DrawnNode[],
  zoom: number,
  state: EditorStore,
  colours: Colours,
): void {
  pen.font = `600 ${Math.max(symbolLetter, smallestLetter / zoom)}px ${colours('--font')}`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillStyle = colours('--ink');
  for (const { id, x, y, width, height } of nodes) {
    const node = nodeOf(state, id);
    const operation = state.registry.get(state.replicas?.gates.get(id) ?? node?.op ?? '');
    if (!node || !operation) continue;
    const text = operation.group === 'sources' ? outputName(node) : operation.symbol;
    if (text.length <= longestName) pen.fillText(text, x + width / 2, y + height / 2, width);
  }
}
