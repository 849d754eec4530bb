import type { GraphDocument, GraphNode, Position } from '../document.ts';
import type { Fragment } from './fragment.ts';

/** What a node takes up with its caption. */
const size = { width: 116, height: 100 };
/** Where a wire leaves the copy no longer, its result stands to the right. */
const result = 120;
/** How far each further copy lies from the one before. */
const step = 40;
/** Copies closer than this to a node lie on it. */
const near = 20;
/** Nothing is put further out than this: sums of positions stay exact there. */
export const furthest = 1e6;

/** A position moved by a shift, in whole units, on the canvas. */
export function moved({ x, y }: Position, shift: Position): Position {
  return { x: onCanvas(x + shift.x), y: onCanvas(y + shift.y) };
}

/** The nearest place on the canvas, in whole units. */
export function onCanvas(at: number): number {
  // Adding 0 turns −0, which JSON does not know, into 0.
  return Math.round(Math.max(-furthest, Math.min(furthest, at))) + 0;
}

/**
 * How far to move a fragment so that it lies below where it was and covers no node: its columns stay where they are,
 * and none of its wires runs among others.
 */
export function shiftBeside({ nodes }: GraphDocument, { graph }: Fragment): Position {
  const { x, y, width, height } = boundsOf(graph.nodes);
  const beside = nodes.filter(
    ({ position }) => position.x < x + width + result && position.x + size.width > x,
  );
  let top = y;
  for (;;) {
    const inTheWay = beside.filter(
      ({ position }) => position.y < top + height && position.y + size.height > top,
    );
    if (inTheWay.length === 0) return { x: 0, y: top - y };
    const lowest = inTheWay.reduce((most, { position }) => Math.max(most, position.y), -Infinity);
    top = Math.round(lowest + size.height + step);
  }
}

/**
 * How far to move a fragment so that its middle lies at `middle`; a little further as long as it would lie exactly on
 * other nodes, as the second of two copies would.
 */
export function shiftTo({ nodes }: GraphDocument, { graph }: Fragment, middle: Position): Position {
  const { x, y, width, height } = boundsOf(graph.nodes);
  let shift = {
    x: Math.round(middle.x - x - width / 2),
    y: Math.round(middle.y - y - height / 2),
  };
  const occupied = new Occupied(nodes);
  for (let steps = 0; steps < nodes.length && occupied.holds(graph.nodes, shift); steps++) {
    shift = { x: shift.x + step, y: shift.y + step };
  }
  return shift;
}

/** The box around a fragment's nodes. */
export function boundsOf(nodes: readonly GraphNode[]): Position & typeof size {
  const { x, y } = cornerOf(nodes);
  const right = nodes.reduce((most, { position }) => Math.max(most, position.x), x);
  const bottom = nodes.reduce((most, { position }) => Math.max(most, position.y), y);
  return { x, y, width: right - x + size.width, height: bottom - y + size.height };
}

function cornerOf(nodes: readonly GraphNode[]): Position {
  const [first] = nodes;
  return nodes.reduce(
    (corner, { position }) => ({
      x: Math.min(corner.x, position.x),
      y: Math.min(corner.y, position.y),
    }),
    first?.position ?? { x: 0, y: 0 },
  );
}

/** The nodes by the cells of a grid, so that looking for near ones does not compare all with all. */
class Occupied {
  readonly #cells = new Map<string, Position[]>();

  constructor(nodes: readonly GraphNode[]) {
    for (const { position } of nodes) {
      const key = cellOf(position);
      const known = this.#cells.get(key);
      if (known) known.push(position);
      else this.#cells.set(key, [position]);
    }
  }

  /** Whether one of these nodes, moved, would lie on a node. */
  holds(nodes: readonly GraphNode[], shift: Position): boolean {
    return nodes.some(({ position }) => {
      const at = { x: position.x + shift.x, y: position.y + shift.y };
      return around(at).some((key) =>
        this.#cells
          .get(key)
          ?.some(({ x, y }) => Math.abs(x - at.x) < near && Math.abs(y - at.y) < near),
      );
    });
  }
}

const cell = (at: number) => Math.floor(at / near);

function cellOf({ x, y }: Position): string {
  return `${cell(x)} ${cell(y)}`;
}

function around({ x, y }: Position): string[] {
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => `${cell(x) + dx} ${cell(y) + dy}`));
}
