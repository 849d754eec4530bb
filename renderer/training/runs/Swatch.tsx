import { toneOf } from './tones.ts';

/** A piece of the line that a compared run has in the plot. */
export function Swatch({ place }: { readonly place: number }) {
  const { color, dash } = toneOf(place);
  return (
    <svg className="run-swatch" width="28" height="10" aria-hidden="true">
      <line
        x1="1"
        x2="27"
        y1="5"
        y2="5"
        stroke={`var(${color})`}
        strokeWidth="3"
        strokeDasharray={dash?.map((length) => length * 0.6).join(' ')}
      />
    </svg>
  );
}
