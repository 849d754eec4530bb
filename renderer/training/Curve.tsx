import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useResolvedTheme } from '../ui/theme.ts';

interface CurveProps {
  readonly label: string;
  readonly steps: readonly number[];
  readonly train: readonly (number | null)[];
  readonly test: readonly (number | null)[];
  /** Upper end of the scale, where it is fixed. */
  readonly top?: number;
  format(x: number): string;
}

const height = 176;

/** One curve of a run, with the test set's points over it. */
export function Curve({ label, steps, train, test, top, format }: CurveProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const theme = useResolvedTheme();
  const latest = useRef({ format });
  latest.current.format = format;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a theme has other colours
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const color = (name: string) =>
      getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const axis: UPlot.Axis = {
      stroke: color('--dim'),
      font: '12px "Inter Variable", sans-serif',
      grid: { stroke: color('--line'), width: 1 },
      ticks: { show: false },
    };
    const made = new UPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: false },
        padding: [8, 8, 0, 0],
        scales: {
          x: { time: false },
          y: { range: (_, low, high) => [Math.min(0, low), top ?? Math.max(high * 1.05, 1e-9)] },
        },
        axes: [
          { ...axis, grid: { show: false }, size: 28, space: 60 },
          {
            ...axis,
            size: 48,
            space: 36,
            values: (_, ticks) => ticks.map((tick) => latest.current.format(tick)),
          },
        ],
        series: [
          {},
          { stroke: color('--train'), width: 1.8, points: { show: false } },
          {
            stroke: color('--validation'),
            width: 1.8,
            spanGaps: true,
            points: { show: true, size: 7, fill: color('--panel') },
          },
        ],
      },
      [[], [], []],
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
  }, [top, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot has to be given the data again
  useEffect(() => {
    const frame = requestAnimationFrame(() =>
      plot.current?.setData([[...steps], [...train], [...test]]),
    );
    return () => cancelAnimationFrame(frame);
  }, [steps, train, test, theme]);

  return <div ref={box} className="curve" role="img" aria-label={label} />;
}
