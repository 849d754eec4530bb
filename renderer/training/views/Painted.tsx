import { useEffect, useRef } from 'react';
import { useResolvedTheme } from '../../ui/theme.ts';

/** What is painted on: its size in CSS pixels, and the colours of the theme by name. */
export interface Canvas {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  colour(name: string): string;
}

interface PaintedProps {
  /** What a screen reader says in its place. */
  readonly label: string;
  readonly className?: string;
  /** Called anew for another size or theme, and whenever it is another function. */
  draw(canvas: Canvas): void;
}

/** A picture that is painted; how large it is, the style sheet says. */
export function Painted({ label, className, draw }: PaintedProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const theme = useResolvedTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours behind the names change with the theme
  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const paint = () => {
      const { clientWidth: width, clientHeight: height } = canvas;
      if (width === 0 || height === 0) return;
      const scale = window.devicePixelRatio || 1;
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      context.setTransform(scale, 0, 0, scale, 0, 0);
      draw({ context, width, height, colour });
    };
    paint();
    const resized = new ResizeObserver(paint);
    resized.observe(canvas);
    return () => resized.disconnect();
  }, [draw, theme]);
  return (
    <canvas
      ref={element}
      className={className ? `painted ${className}` : 'painted'}
      role="img"
      aria-label={label}
    />
  );
}
