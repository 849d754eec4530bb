import type { PlotLine } from '../Curve.tsx';

/** Colours of compared runs: none of those that mean something elsewhere. */
const colors = ['--run-1', '--run-2', '--run-3', '--run-4', '--run-5', '--run-6'] as const;

const dashes = [undefined, [10, 6], [3, 5]] as const;

/** How the line of a compared run looks, by its place among them: colours first, then dashes. */
export function toneOf(place: number): Pick<PlotLine, 'color' | 'dash'> {
  const color = colors[place % colors.length] ?? colors[0];
  const dash = dashes[Math.floor(place / colors.length) % dashes.length];
  return dash ? { color, dash } : { color };
}
