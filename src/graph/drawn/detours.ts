import type { NodeId, WireId } from '../document.ts';
import { type Curve, type Detour, onCurve } from './curve.ts';

/** What a wire must not run through, with the room around it that one which passes it leaves. */
export interface Obstacle {
  readonly id: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Where the node itself ends, above its caption. */
  readonly edge: number;
}

export interface RoutedWire {
  readonly id: WireId;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly curve: Curve;
}

export type Detours = ReadonlyMap<WireId, Detour>;

export const noDetours: Detours = new Map();

/** Where more is compared than this, wires go straight: nobody waits for tidiness. */
export const mostCompared = 12_000;
/** In how many pieces a wire is compared with what is in its way. */
const pieces = 24;
/** Between an obstacle and a wire that passes it; half a label's height. */
const clearance = 24;
/** What a wire needs to rise or fall beside an obstacle. */
const turn = 44;
const leastTurn = 20;
/** Between wires that take the same way. */
const lane = 16;
const attempts = 4;

/** How wires that would run through nodes pass above or below them, each the shorter way. */
export function detoursOf(wires: readonly RoutedWire[], obstacles: readonly Obstacle[]): Detours {
  if (wires.length * obstacles.length > mostCompared) return noDetours;
  const detours = new Map<WireId, Detour>();
  for (const wire of wires) {
    const others = obstacles.filter(({ id }) => id !== wire.from && id !== wire.to);
    // A wire that only grazes a caption stays as it is.
    const hit = hits(wire.curve, others, 'edge');
    if (hit.length === 0 || wire.curve.x3 - wire.curve.x0 < 2 * turn) continue;
    const middle = (wire.curve.y0 + wire.curve.y3) / 2;
    const [best] = [
      around(wire.curve, hit, others, 'above'),
      around(wire.curve, hit, others, 'below'),
    ]
      .filter((detour) => detour !== null)
      .toSorted((a, b) => Math.abs(a.y - middle) - Math.abs(b.y - middle));
    if (best)
      detours.set(wire.id, inOwnLane(best, [...detours.values()], best.y < middle ? -lane : lane));
  }
  return detours;
}

/** A way on that side past what is in the way, and past what else stands there; null where there is none. */
function around(
  curve: Curve,
  first: readonly Obstacle[],
  others: readonly Obstacle[],
  side: 'above' | 'below',
): Detour | null {
  const passed = new Set(first);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const all = [...passed];
    const left = Math.min(...all.map((obstacle) => obstacle.left));
    const right = Math.max(...all.map((obstacle) => obstacle.right));
    const y =
      side === 'above'
        ? Math.min(...all.map((obstacle) => obstacle.top)) - clearance
        : Math.max(...all.map((obstacle) => obstacle.bottom)) + clearance;
    const x1 = Math.max(left - turn / 4, curve.x0 + leastTurn);
    const x2 = Math.min(right + turn / 4, curve.x3 - leastTurn);
    if (x2 <= x1) return null;
    const detour = { x1, x2, y };
    const hit = hits({ ...curve, detour }, others);
    if (hit.length === 0) return detour;
    if (hit.every((obstacle) => passed.has(obstacle))) return null;
    for (const obstacle of hit) passed.add(obstacle);
  }
  return null;
}

function hits(
  curve: Curve,
  obstacles: readonly Obstacle[],
  lowest: 'edge' | 'bottom' = 'bottom',
): readonly Obstacle[] {
  const points = Array.from({ length: pieces + 1 }, (_, at) => onCurve(curve, at / pieces));
  return obstacles.filter((obstacle) => {
    const { left, top, right, [lowest]: end } = obstacle;
    return points.some(({ x, y }) => x > left && x < right && y > top && y < end);
  });
}

/** Further out as long as another wire goes there already. */
function inOwnLane(detour: Detour, taken: readonly Detour[], by: number): Detour {
  const meets = (y: number) =>
    taken.some(
      (other) => Math.abs(other.y - y) < lane / 2 && other.x1 < detour.x2 && detour.x1 < other.x2,
    );
  let { y } = detour;
  while (meets(y)) y += by;
  return { ...detour, y };
}

/** Around a node's box: its caption below, where it has one. */
export const obstacleRoom = { side: 4, above: 6, below: 6, caption: 32 };
