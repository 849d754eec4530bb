import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useResolvedTheme } from '../../ui/theme.ts';

export interface Line {
  readonly name: string;
  /** The custom property of its colour. */
  readonly tone: string;
  /** Null where nothing was measured. */
  readonly values: readonly (number | null)[];
}

interface LinesProps {
  readonly label: string;
  readonly steps: readonly number[];
  readonly lines: readonly Line[];
  format(x: number): string;
}

const height = 148;

/** Several positive quantities over the steps, on a logarithmic scale. */
export function Lines({ label, steps, lines, format }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const theme = useResolvedTheme();
  const latest = useRef({ format });
  latest.current.format = format;
  const tones = lines.map(({ tone }) => tone).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a theme has other colours
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis: UPlot.Axis = {
      stroke: colour('--dim'),
      font: '12px "Inter Variable", sans-serif',
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
    };
    const made = new UPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 8, 0, 0],
        scales: { x: { time: false }, y: { distr: 3 } },
        axes: [
          { ...axis, grid: { show: false }, size: 28, space: 60 },
          {
            ...axis,
            // A line for each power of ten.
            grid: { ...axis.grid, filter: decades },
            filter: decades,
            size: 56,
            space: 28,
            values: (_, ticks) =>
              ticks.map((tick) => (tick === null ? '' : latest.current.format(tick))),
          },
        ],
        series: [
          {},
          ...tones.split(',').map((tone) => ({
            stroke: colour(tone),
            width: 1.8,
            spanGaps: true,
            points: { show: false },
          })),
        ],
      },
      [[], ...tones.split(',').map(() => [])],
      element,
    );
    plot.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [tones, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot has to be given the data again
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      plot.current?.setData([
        [...steps],
        // A logarithm knows no 0.
        ...lines.map(({ values }) => values.map((x) => (x !== null && x > 0 ? x : null))),
      ]),
    );
    return () => cancelAnimationFrame(frame);
  }, [steps, lines, theme]);

  return <div ref={box} className="curve" role="img" aria-label={label} />;
}

function decades(_: UPlot, splits: readonly number[]): (number | null)[] {
  return splits.map((x) => (Number.isInteger(Number(Math.log10(x).toFixed(9))) ? x : null));
}
