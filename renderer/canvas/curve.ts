/** From an output port to an input port, in the coordinates of the canvas. */
export interface Curve {
  readonly x0: number;
  readonly y0: number;
  readonly x3: number;
  readonly y3: number;
}

/** A point of the Bézier curve that React Flow draws between two ports, `t` from 0 to 1. */
export function onCurve({ x0, y0, x3, y3 }: Curve, t: number): { x: number; y: number } {
  const distance = x3 - x0;
  const reach = distance >= 0 ? distance / 2 : 6.25 * Math.sqrt(-distance);
  const s = 1 - t;
  const at = (a: number, b: number, c: number, d: number) =>
    s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
  return { x: at(x0, x0 + reach, x3 - reach, x3), y: at(y0, y0, y3, y3) };
}
