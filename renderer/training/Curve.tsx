import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useResolvedTheme } from '../ui/theme.ts';

/** One line of a plot. */
export interface PlotLine {
  /** The custom property that holds its colour. */
  readonly color: string;
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
  readonly dash?: readonly number[];
  /** Whether its points are marked: where there are few. */
  readonly marked?: boolean;
}

interface CurveProps {
  readonly label: string;
  readonly lines: readonly PlotLine[];
  /** Upper end of the scale, where it is fixed. */
  readonly top?: number;
  readonly height?: number;
  format(x: number): string;
  /** The step under the pointer; null where that is elsewhere. */
  onHover?(step: number | null): void;
}

const usualHeight = 176;

/** Lines over the steps of a run. */
export function Curve({ label, lines, top, height = usualHeight, format, onHover }: CurveProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const theme = useResolvedTheme();
  const latest = useRef({ format, onHover });
  latest.current = { format, onHover };
  const styles = JSON.stringify(lines.map(({ color, dash, marked }) => ({ color, dash, marked })));
  const hovers = onHover !== undefined;

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
    const looks: Pick<PlotLine, 'color' | 'dash' | 'marked'>[] = JSON.parse(styles);
    const made = new UPlot(
      {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { show: hovers, y: false, points: { show: hovers }, drag: { x: false, y: false } },
        padding: [8, 8, 0, 0],
        scales: {
          // Runs begin at 0, also where their first point comes later.
          x: { time: false, range: (_, _low, high) => [0, high ?? 1] },
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
          ...looks.map((look) => ({
            stroke: color(look.color),
            width: 1.8,
            spanGaps: true,
            ...(look.dash ? { dash: [...look.dash] } : {}),
            points: look.marked ? { show: true, size: 7, fill: color('--panel') } : { show: false },
          })),
        ],
        hooks: {
          setCursor: [
            ({ cursor, data }) => {
              const step = cursor.idx == null ? null : (data[0]?.[cursor.idx] ?? null);
              latest.current.onHover?.(step);
            },
          ],
        },
      },
      [[], ...looks.map(() => [])],
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
  }, [top, theme, styles, height, hovers]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new plot has to be given the data again
  useEffect(() => {
    const frame = requestAnimationFrame(() => plot.current?.setData(joined(lines)));
    return () => cancelAnimationFrame(frame);
  }, [lines, theme, styles, height, top]);

  return <div ref={box} className="curve" role="img" aria-label={label} />;
}

/** All lines over the steps that any of them has. */
function joined(lines: readonly PlotLine[]): UPlot.AlignedData {
  if (lines.length === 0) return [[]];
  return UPlot.join(lines.map(({ steps, values }) => [[...steps], [...values]]));
}
