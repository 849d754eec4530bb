import { useEffect, useRef, useState } from 'react';
import type { Overview, PartName, Scatter } from '#data';
import { useNumbers } from '../store/index.ts';
import { dataText } from '../strings/en-data.ts';
import { ChoiceField } from '../training/ChoiceField.tsx';
import { useResolvedTheme } from '../ui/theme.ts';
import { toneCount, toneOf } from '../ui/tones.ts';
import { numberColumns } from './looker.ts';
import { ticksIn } from './ticks.ts';
import { useAnswer } from './use-answer.ts';

interface ScatterTabProps {
  readonly overview: Overview;
  readonly part: PartName;
}

/** Two columns against each other, every example a point in the colour of its class. */
export function ScatterTab({ overview, part }: ScatterTabProps) {
  const columns = numberColumns(overview);
  const [across, setAcross] = useState<string>();
  const [up, setUp] = useState<string>();
  const [first = '', second = ''] = columns;
  const a = across !== undefined && columns.includes(across) ? across : first;
  const b = up !== undefined && columns.includes(up) ? up : second;
  const scatter = useAnswer({ kind: 'scatter', part, a, b })?.scatter;
  const names = overview.classNames ?? [];
  return (
    <>
      <div className="data-choices">
        <ChoiceField
          label={dataText.horizontal}
          value={a}
          options={columns}
          textOf={(name) => name}
          onChange={setAcross}
        />
        <ChoiceField
          label={dataText.vertical}
          value={b}
          options={columns}
          textOf={(name) => name}
          onChange={setUp}
        />
      </div>
      {scatter && <Plot scatter={scatter} label={dataText.scatterLabel(a, b)} />}
      {names.length > 1 && names.length <= toneCount && (
        <ul className="scatter-legend">
          {names.map((name, at) => (
            <li key={name}>
              <span
                className="tone"
                style={{ background: `var(${toneOf(at)})` }}
                aria-hidden="true"
              />
              {name}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Room for the numbers beside and below. */
const margin = { left: 56, bottom: 32, top: 8, right: 12 };

function Plot({ scatter, label }: { readonly scatter: Scatter; readonly label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useResolvedTheme();
  const numbers = useNumbers();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a theme has other colours
  useEffect(() => {
    const [element, area] = [canvas.current, box.current];
    if (!element || !area) return;
    const draw = () => drawScatter(element, area, scatter, (x) => numbers.format(x));
    draw();
    const resize = new ResizeObserver(draw);
    resize.observe(area);
    return () => resize.disconnect();
  }, [scatter, theme, numbers]);
  return (
    <div ref={box} className="scatter">
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}

function drawScatter(
  canvas: HTMLCanvasElement,
  box: HTMLElement,
  { x, y, labels }: Scatter,
  format: (x: number) => string,
): void {
  const { clientWidth: width, clientHeight: height } = box;
  const ratio = window.devicePixelRatio;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(ratio, ratio);
  const style = getComputedStyle(box);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const across = scaleOf(x, margin.left, width - margin.right);
  const up = scaleOf(y, height - margin.bottom, margin.top);
  context.font = '12px "Inter Variable", sans-serif';
  context.fillStyle = color('--dim');
  context.strokeStyle = color('--line');
  context.lineWidth = 1;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of ticksIn(across.low, across.high)) {
    const at = across.place(tick);
    line(context, at, margin.top, at, height - margin.bottom);
    context.fillText(format(tick), at, height - margin.bottom + 8);
  }
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const tick of ticksIn(up.low, up.high)) {
    const at = up.place(tick);
    line(context, margin.left, at, width - margin.right, at);
    context.fillText(format(tick), margin.left - 8, at);
  }
  const tones = Array.from({ length: toneCount }, (_, at) => color(toneOf(at)));
  const radius = x.length > 1000 ? 2.5 : 4;
  context.globalAlpha = x.length > 1000 ? 0.7 : 0.9;
  for (let point = 0; point < x.length; point++) {
    const label = labels[point] ?? -1;
    context.fillStyle = (label < 0 ? color('--value') : tones[label % toneCount]) ?? '';
    context.beginPath();
    context.arc(across.place(x[point] ?? 0), up.place(y[point] ?? 0), radius, 0, 2 * Math.PI);
    context.fill();
  }
}

function line(
  context: CanvasRenderingContext2D,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
): void {
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX, toY);
  context.stroke();
}

/** From numbers to places, with a little room around. */
function scaleOf(values: Float32Array, from: number, to: number) {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 1];
  const room = (high - low) * 0.04 || 0.5;
  low -= room;
  high += room;
  return {
    low,
    high,
    place: (value: number) => from + ((value - low) / (high - low)) * (to - from),
  };
}
