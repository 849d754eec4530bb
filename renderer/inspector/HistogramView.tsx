import { useNumbers } from '../store/index.ts';
import { density, type Histogram, type Law } from './distribution.ts';

interface HistogramViewProps {
  readonly histogram: Histogram;
  /** The line over the bars, where there is one. */
  readonly law: Law | null;
  readonly label: string;
}

const width = 280;
const height = 72;
/** Room for the line above its highest place. */
const headroom = 4;

/** Bars of the numbers that are there, and over them the density they come from. */
export function HistogramView({ histogram, law, label }: HistogramViewProps) {
  const numbers = useNumbers();
  const { low, high, bars } = histogram;
  const line = law && high > low ? densityLine(law, low, high) : [];
  const top = Math.max(...bars, ...line.map(([, y]) => y));
  const yOf = (y: number) => height - (y / top) * (height - headroom);
  const step = width / bars.length;
  const points = line.map(([x, y]) => `${((x - low) / (high - low)) * width},${yOf(y)}`);
  const zero = (-low / (high - low)) * width;
  return (
    <figure className="histogram">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {bars.map((y, at) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={at}
            x={at * step + 0.5}
            width={step - 1}
            y={yOf(y)}
            height={height - yOf(y)}
          />
        ))}
        <line className="histogram-base" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        {zero > 0 && zero < width && (
          <line className="histogram-zero" x1={zero} x2={zero} y1={0} y2={height} />
        )}
        {points.length > 0 && <polyline points={points.join(' ')} />}
      </svg>
      <figcaption className="numeric" aria-hidden="true">
        <span>{numbers.format(low, 3)}</span>
        {zero > width * 0.15 && zero < width * 0.85 && (
          <span style={{ position: 'absolute', left: `${(zero / width) * 100}%` }}>0</span>
        )}
        <span>{numbers.format(high, 3)}</span>
      </figcaption>
    </figure>
  );
}

/** The density as points; a uniform one has its corners. */
function densityLine(law: Law, low: number, high: number): readonly (readonly [number, number])[] {
  if (law.kind === 'uniform') {
    if (!(law.high > law.low)) return [];
    const y = density(law, law.low);
    return [
      [law.low, 0],
      [law.low, y],
      [law.high, y],
      [law.high, 0],
    ];
  }
  if (law.deviation === 0) return [];
  return Array.from({ length: 71 }, (_, at) => {
    const x = low + (at / 70) * (high - low);
    return [x, density(law, x)];
  });
}
