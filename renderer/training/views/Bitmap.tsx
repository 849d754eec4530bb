import { useEffect, useRef } from 'react';
import type { Picture } from '#train';
import { useResolvedTheme } from '../../ui/theme.ts';
import { imagePixels, rgbOf, signedPixels } from './bitmap.ts';

interface BitmapProps {
  /** What a screen reader says in its place; empty where it is said beside it. */
  readonly label: string;
  readonly data: ArrayLike<number>;
  readonly picture: Picture;
  /** Pixels of an image, or numbers with a sign. */
  readonly kind: 'image' | 'signed';
  /** CSS pixels that it is wide and high at most. */
  readonly size: number;
}

/** A small image, pixel by pixel. */
export function Bitmap({ label, data, picture, kind, size }: BitmapProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const theme = useResolvedTheme();
  const { height, width } = picture;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours behind the names change with the theme
  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    canvas.width = width;
    canvas.height = height;
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => rgbOf(style.getPropertyValue(name).trim());
    const image =
      kind === 'image'
        ? imagePixels(data, picture)
        : signedPixels(data, picture, {
            none: colour('--chip'),
            positive: colour('--value'),
            negative: colour('--ink'),
          });
    context.putImageData(image, 0, 0);
  }, [data, picture, kind, theme]);
  const scale = size / Math.max(height, width);
  return (
    <canvas
      ref={element}
      className="bitmap"
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
      style={{ width: width * scale, height: height * scale }}
    />
  );
}
