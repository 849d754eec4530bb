import {
  type Frame,
  type GraphDocument,
  type GraphNode,
  type Group,
  groupHeight,
  groupPortTop,
  groupWidth,
  indexOf,
  type NodeId,
  outputName,
  type Position,
  type Rect,
  shownPorts,
} from '#graph';
import type { Operation } from '#ops';
import type { ArrayValue, NdArray } from '#tensor';
import {
  describeValue,
  formatBadge,
  formatDimensions,
  isSingle,
  type Numbers,
  singleNumber,
} from '#trace';
import { type Block, heatMap } from './chip.ts';
import type { Mark, Run } from './drawing.ts';
import { bold, box, circle, line, nameRuns, oneLine, plain, text } from './marks.ts';
import { textWidth } from './metrics.ts';
import { hues, mix, type Palette } from './palette.ts';

/** As nodes.css has them. */
const border = 1.6;
const portRadius = 6;
const operationWidth = 76;
const sourceHeight = 50;

/** A node as it is drawn: where it lies, and where its wires start and end. */
export interface DrawnNode {
  readonly rect: Rect;
  /** The right edge of its output port, and the left edge of an input port. */
  output(port: string): Position;
  input(port: string): Position;
  readonly marks: readonly Mark[];
}

/** What the film says of a node. */
export interface NodeState {
  readonly activity: 'idle' | 'forward' | 'backward';
  readonly error: boolean;
  readonly isLoss: boolean;
  readonly values: boolean;
}

export function operationNode(
  document: GraphDocument,
  node: GraphNode,
  operation: Operation,
  stated: Operation,
  { activity, error, isLoss }: NodeState,
  palette: Palette,
): DrawnNode {
  const { ports, height } = shownPorts(document, node, operation);
  const rect = { ...node.position, width: operationWidth, height };
  const { x, y } = rect;
  const tops = new Map(ports.map(({ name, top }) => [name, y + top]));
  const middle = { x: x + rect.width / 2, y: y + height / 2 };
  const bypassed = node.bypassed !== undefined;
  const stroke = outline(activity, error, palette.ink, palette);
  const isSink = indexOf(document).outgoing.get(node.id)?.length === 0;
  const marks: Mark[] = [
    box(x, y, rect.width, height, {
      radius: 16,
      fill: activity === 'backward' ? palette.hot : palette.panel,
      stroke,
      thick: activity === 'idle' ? border : 2.6,
      dash: bypassed ? [5, 4] : undefined,
    }),
    symbol(stated.symbol, middle, bypassed ? palette.faint : palette.ink),
    ...caption(
      stated.title,
      bypassed ? 'bypassed' : stated.nickname,
      middle.x,
      y + height,
      palette,
    ),
    ...ports
      .filter(({ further }) => !further)
      .map(({ top }) => port(x, y + top, palette.ink, palette)),
    port(x + rect.width, middle.y, palette.ink, palette),
    ...(isLoss && !isSink ? lossMark(rect, palette) : []),
  ];
  return {
    rect,
    output: () => ({ x: x + rect.width + portRadius, y: middle.y }),
    input: (name) => ({ x: x - portRadius, y: tops.get(name) ?? middle.y }),
    marks,
  };
}

function outline(
  activity: NodeState['activity'],
  error: boolean,
  usual: string,
  palette: Palette,
): string {
  if (activity === 'forward') return palette.value;
  if (activity === 'backward') return palette.gradient;
  return error ? palette.warning : usual;
}

function port(x: number, y: number, stroke: string, palette: Palette): Mark {
  return circle(x, y, portRadius - border / 2, { fill: palette.panel, stroke, thick: border });
}

function symbol(written: string, { x, y }: Position, colour: string): Mark {
  const runs = [bold(written)];
  const usual = [...written].length > 3 ? 14 : 21;
  const size = Math.min(usual, (usual * 70) / Math.max(1, textWidth(runs, usual)));
  return text(x, y + size * 0.36, size, colour, runs);
}

function caption(
  title: string,
  nickname: string | undefined,
  x: number,
  bottom: number,
  palette: Palette,
): readonly Mark[] {
  return [
    text(x, bottom + 18, 12, palette.ink, [bold(title)]),
    ...(nickname ? [text(x, bottom + 34, 12, palette.dim, nickname)] : []),
  ];
}

function lossMark({ x, y, width }: Rect, palette: Palette): readonly Mark[] {
  const own = textWidth([plain('loss')], 12) + 12;
  const left = x + width - 8 - own;
  return [
    box(left, y - 9, own, 18, { radius: 9, fill: palette.panel, stroke: palette.gradient }),
    text(left + own / 2, y + 4, 12, palette.gradient, 'loss'),
  ];
}

/** A source: a pill with its name and its value. */
export function sourceNode(
  node: GraphNode,
  { activity, error, values }: NodeState,
  numbers: Numbers,
  palette: Palette,
): DrawnNode {
  const name = outputName(node);
  const named = node.op !== 'constant' || Number.isNaN(Number(node.label || 0));
  const runs = named ? nameRuns(name) : [];
  const nameWidth = textWidth(runs, 17);
  const held = values || !named ? sourceValue(node, numbers, palette) : undefined;
  const gap = named && held ? 10 : 0;
  const content = nameWidth + gap + (held?.width ?? 0);
  const width = Math.round(Math.max(held || !values ? 96 : 76, content + 40));
  const { x, y } = node.position;
  const middle = y + sourceHeight / 2;
  const start = x + (width - content) / 2;
  const marks: Mark[] = [
    box(x, y, width, sourceHeight, {
      radius: sourceHeight / 2,
      fill: activity === 'backward' ? palette.hot : palette.panel,
      stroke: outline(activity, error, palette.value, palette),
      thick: activity === 'idle' ? border : 2.6,
      dash: node.op === 'constant' ? [5, 4] : undefined,
    }),
    ...(named ? [text(start, middle + 6, 17, palette.ink, runs, 'start')] : []),
    ...(held ? held.draw(start + nameWidth + gap + held.width / 2, middle) : []),
    port(x + width, middle, palette.value, palette),
  ];
  return {
    rect: { x, y, width, height: sourceHeight },
    output: () => ({ x: x + width + portRadius, y: middle }),
    input: () => ({ x, y: middle }),
    marks,
  };
}

function sourceValue(node: GraphNode, numbers: Numbers, palette: Palette): Block {
  const { attrs } = node;
  const held = 'value' in attrs && isArray(attrs.value) ? attrs.value : undefined;
  if (!held) return words([plain(emptyNote(node))], 12, palette.dim);
  const batched = 'batched' in attrs && attrs.batched === true;
  const shape = batched ? held.shape.slice(1) : held.shape;
  const value = { batched, shape, data: held };
  if (isSingle(value)) {
    return words([bold(numbers.format(singleNumber(value)))], 16, palette.value);
  }
  if (held.data.length <= 4 && held.shape.length === 1 && !batched) {
    const entries = [...held.data].map((x) => numbers.format(x, 3)).join(', ');
    return words([bold(`[${entries}]`)], 16, palette.value);
  }
  return tensorLine(value, 48, 28, palette);
}

function isArray(value: unknown): value is NdArray {
  return (
    typeof value === 'object' &&
    value !== null &&
    'data' in value &&
    value.data instanceof Float64Array
  );
}

/** What stands in a source that holds nothing: where it comes from, or how large it is. */
function emptyNote({ op, attrs }: GraphNode): string {
  const shape = 'shape' in attrs && Array.isArray(attrs.shape) ? formatDimensions(attrs.shape) : '';
  if ('field' in attrs && typeof attrs.field === 'string') {
    return [`data ${attrs.field}`, shape].filter(Boolean).join(' · ');
  }
  return op === 'parameter' ? shape || 'random' : '?';
}

function words(runs: readonly Run[], size: number, colour: string): Block {
  return {
    width: textWidth(runs, size),
    height: size,
    draw: (x, y) => [text(x, y + size * 0.36, size, colour, runs)],
  };
}

/** A tensor in one line: a picture of it and its shape. */
function tensorLine(value: ArrayValue, width: number, height: number, palette: Palette): Block {
  const map = heatMap(value, palette.value, width, height, palette);
  const badge = words([plain(formatBadge(value))], 12, palette.dim);
  const total = map.width + 8 + badge.width;
  return {
    width: total,
    height,
    draw: (x, y) => [
      ...map.draw(x - total / 2 + map.width / 2, y),
      ...badge.draw(x + total / 2 - badge.width / 2, y),
    ],
  };
}

/** What comes out at the end: the loss's value and gradient on a stub of wire, and the result in a pill. */
export function readout(
  from: Position,
  node: GraphNode,
  value: ArrayValue | undefined,
  isLoss: boolean,
  card: Block | undefined,
  numbers: Numbers,
  palette: Palette,
): readonly Mark[] {
  const stroke = isLoss ? mix(palette.gradient, palette.paper, 0.6) : palette.faint;
  const name = nameRuns(outputName(node));
  const nameWidth = textWidth(name, 17);
  const shown = !value
    ? undefined
    : isSingle(value)
      ? words([bold(numbers.format(singleNumber(value)))], 16, palette.value)
      : tensorLine(value, 40, 20, palette);
  const content = nameWidth + (shown ? 14 + shown.width : 0);
  const width = Math.max(76, content + 40);
  const cardLeft = from.x + 38;
  const left = card ? cardLeft + card.width + 26 : from.x + 38;
  const start = left + (width - content) / 2;
  return [
    line(from.x, from.y, left, from.y, stroke, border),
    ...(card ? card.draw(cardLeft + card.width / 2, from.y) : []),
    box(left, from.y - 25, width, 50, {
      radius: 25,
      fill: palette.panel,
      stroke: isLoss ? palette.gradient : palette.faint,
      thick: border,
    }),
    text(start, from.y + 6, 17, palette.ink, name, 'start'),
    ...(shown ? shown.draw(start + nameWidth + 14 + shown.width / 2, from.y) : []),
  ];
}

/** At a fan-out: the sum of what its wires have brought back. */
export function total(rect: Rect, value: ArrayValue, numbers: Numbers, palette: Palette): Mark {
  const written = `Σ ${describeValue(value, numbers)}`;
  return text(rect.x + rect.width / 2, rect.y - 8, 13, palette.gradient, [bold(written)]);
}

/** A folded frame: one node with the ports by which wires enter and leave it. */
export function groupNode(
  group: Group,
  at: Position,
  nameOf: (id: NodeId) => string,
  { activity, error, isLoss }: NodeState,
  palette: Palette,
): DrawnNode {
  const { frame, inputs, outputs } = group;
  const rect = { ...at, width: groupWidth, height: groupHeight(group) };
  const { x, y, width, height } = rect;
  const hue = hues[frame.color ?? ''];
  const stroke = outline(activity, error, hue ?? palette.ink, palette);
  const fill = hue ? mix(hue, palette.panel, 0.12) : palette.panel;
  const sheets = frame.repeats === undefined ? [4] : [8, 4];
  const place = (ports: Group['inputs'], id: string) =>
    y + groupPortTop(ports.findIndex((each) => each.id === id));
  const title = [
    bold(shortened(frame.title, width - 24, 14)),
    ...(frame.repeats === undefined ? [] : [plain(` ×${frame.repeats}`)]),
  ];
  const count = frame.nodes.length === 1 ? '1 node' : `${frame.nodes.length} nodes`;
  return {
    rect,
    output: (id) => ({ x: x + width + portRadius, y: place(outputs, id) }),
    input: (id) => ({ x: x - portRadius, y: place(inputs, id) }),
    marks: [
      ...sheets.map((by) =>
        box(x + by, y + by, width, height, {
          radius: 16,
          fill: palette.panel,
          stroke: palette.faint,
        }),
      ),
      box(x, y, width, height, { radius: 16, fill, stroke, thick: border }),
      text(x + width / 2, y + 21, 14, palette.ink, title),
      text(x + width / 2, y + 37, 11, palette.dim, isLoss ? `${count} · loss` : count),
      ...inputs.flatMap((each, index) => {
        const own = y + groupPortTop(index);
        const name = shortened(`${nameOf(each.node)}.${each.port}`, 62, 11);
        return [
          text(x + 12, own + 4, 11, palette.ink, name, 'start'),
          port(x, own, palette.ink, palette),
        ];
      }),
      ...outputs.flatMap((each, index) => {
        const own = y + groupPortTop(index);
        const name = shortened(nameOf(each.node), 62, 11);
        return [
          text(x + width - 12, own + 4, 11, palette.ink, name, 'end'),
          port(x + width, own, palette.ink, palette),
        ];
      }),
    ],
  };
}

/** A frame around what it holds. */
export function frameMarks(rect: Rect, frame: Frame, palette: Palette): readonly Mark[] {
  const hue = hues[frame.color ?? ''];
  const base = mix(palette.panel, palette.paper, hue ? 0.7 : 0.6);
  const { x, y, width, height } = rect;
  return [
    box(x, y, width, height, {
      radius: 16,
      fill: hue ? mix(hue, base, 0.09) : base,
      stroke: hue ?? palette.faint,
      dash: [4, 3],
    }),
    text(
      x + 14,
      y + 24,
      13,
      hue ? palette.ink : palette.dim,
      shortened(frame.title, width - 28, 13),
      'start',
    ),
  ];
}

/** As much of a text as there is room for. */
function shortened(written: string, room: number, size: number): string {
  const all = oneLine(written);
  if (textWidth([plain(all)], size) <= room) return all;
  const letters = [...all];
  while (letters.length > 1 && textWidth([plain(`${letters.join('')}…`)], size) > room) {
    letters.pop();
  }
  return `${letters.join('')}…`;
}
