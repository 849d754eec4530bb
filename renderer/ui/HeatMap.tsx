import { useLayoutEffect, useRef } from 'react';
import type { NdArray } from '#tensor';
import { cellsOf } from './heat-cells.ts';
import { useResolvedTheme } from './theme.ts';

interface HeatMapProps {
  readonly array: NdArray;
  /** The colour of positive entries; negative ones are ink. */
  readonly tone: 'value' | 'gradient' | 'local';
  /** At most this large, in CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const rootColor = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A tensor in the small: rows and columns, the stronger the larger. */
export function HeatMap({ array, tone, width, height }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useResolvedTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours behind the names change with the theme
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const { rows, columns, entries } = cellsOf(
      array,
      Math.floor(height / 3),
      Math.floor(width / 3),
    );
    const size = Math.max(1, Math.min(height / rows, width / columns, 10));
    const scale = window.devicePixelRatio || 1;
    canvas.current.width = Math.round(columns * size * scale);
    canvas.current.height = Math.round(rows * size * scale);
    canvas.current.style.width = `${columns * size}px`;
    canvas.current.style.height = `${rows * size}px`;
    context.scale(scale, scale);
    const positive = rootColor(`--${tone}`);
    const negative = rootColor('--ink');
    const spoilt = rootColor('--validation');
    context.fillStyle = rootColor('--chip');
    context.fillRect(0, 0, columns * size, rows * size);
    entries.forEach((entry, at) => {
      context.globalAlpha = Number.isNaN(entry) ? 1 : Math.min(1, Math.abs(entry));
      context.fillStyle = Number.isNaN(entry) ? spoilt : entry < 0 ? negative : positive;
      context.fillRect((at % columns) * size, Math.floor(at / columns) * size, size, size);
    });
  }, [array, tone, width, height, theme]);
  return <canvas ref={canvas} className="heat-map" />;
}
