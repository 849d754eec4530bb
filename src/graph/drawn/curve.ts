/** From an output port to an input port, in the coordinates of the canvas. */
export interface Curve {
  readonly x0: number;
  readonly y0: number;
  readonly x3: number;
  readonly y3: number;
  /** Straight on at this height in between, past what stands in the way. */
  readonly detour?: Detour | undefined;
}

export interface Detour {
  readonly x1: number;
  readonly x2: number;
  readonly y: number;
}

/** A point of a wire, `t` from 0 to 1. */
export function onCurve(curve: Curve, t: number): { x: number; y: number } {
  const { x0, y0, x3, y3, detour } = curve;
  if (!detour) return onBezier(x0, y0, x3, y3, t);
  const { x1, x2, y } = detour;
  const part = t * 3;
  if (part < 1) return onBezier(x0, y0, x1, y, part);
  if (part <= 2) return { x: x1 + (x2 - x1) * (part - 1), y };
  return onBezier(x2, y, x3, y3, part - 2);
}

/** A piece of a path: where it starts, a straight line to a point, a Bézier curve (two handles and its end). */
export type Piece =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number];

/** The pieces a wire consists of. */
export function piecesOf({ x0, y0, x3, y3, detour }: Curve): readonly Piece[] {
  const start: Piece = ['M', x0, y0];
  if (!detour) return [start, bezierTo(x0, y0, x3, y3)];
  const { x1, x2, y } = detour;
  return [start, bezierTo(x0, y0, x1, y), ['L', x2, y], bezierTo(x2, y, x3, y3)];
}

/** A wire as a path of SVG. */
export function pathOf(curve: Curve): string {
  return piecesOf(curve)
    .map(([kind, ...at]) => {
      const points = at.map((x, index) => (index % 2 === 0 ? x : `,${x} `)).join('');
      return `${kind}${points.trim()}`;
    })
    .join(' ');
}

function bezierTo(x0: number, y0: number, x3: number, y3: number): Piece {
  const reach = reachOf(x3 - x0);
  return ['C', x0 + reach, y0, x3 - reach, y3, x3, y3];
}

/** The Bézier curve that leaves and arrives level. */
function onBezier(x0: number, y0: number, x3: number, y3: number, t: number) {
  const reach = reachOf(x3 - x0);
  const s = 1 - t;
  const at = (a: number, b: number, c: number, d: number) =>
    s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
  return { x: at(x0, x0 + reach, x3 - reach, x3), y: at(y0, y0, y3, y3) };
}

/** How far its ends go on level; one that leads back reaches out beyond them. */
function reachOf(distance: number): number {
  return distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
}

/** The end of a wire that is a replica, where the other one is shared. */
export type ReplicaEnd = 'source' | 'target';

/**
 * So far above or below a replica's port stands what its wire to something shared carries: in the gap between
 * two rows. Further up from a gate's lower port, to pass the gate itself.
 */
const offRow = { usual: 64, pastGate: 92 };

/**
 * How far along such a wire its label stands, from 0 to 1: beside its own replica, where all of them do not
 * yet run together. A second such wire of a replica has its label further along.
 */
export function besideReplica({ y0, y3 }: Curve, end: ReplicaEnd, rank: number): number {
  const off = end === 'target' && y3 > y0 ? offRow.pastGate : offRow.usual;
  const share = Math.min(0.35, off / Math.max(1, Math.abs(y3 - y0)));
  // 3t² − 2t³ = share, solved for t between 0 and 0.5.
  const nearest = 0.5 - Math.sin(Math.asin(1 - 2 * share) / 3);
  const beside = rank > 0 ? Math.min(0.57, 0.29 + 0.14 * rank) : nearest;
  return end === 'target' ? 1 - beside : beside;
}
