import { memo, useEffect, useRef } from 'react';
import type { Overview, Page } from '#data';
import { formatCount } from '../format/numbers.ts';
import { dataText } from '../strings/en-data.ts';

interface ImageGridProps {
  readonly page: Page;
  readonly overview: Overview;
}

/** Images side by side, each with its class. */
export function ImageGrid({ page, overview }: ImageGridProps) {
  const [height = 1, width = 1] = overview.image ?? [];
  const length = height * width * 4;
  const { pixels } = page;
  if (!pixels) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
    <section className="data-scroll" tabIndex={0} aria-label={dataText.tabs.examples}>
      <ul className="image-grid">
        {Array.from({ length: page.count }, (_, at) => page.from + at).map((example) => {
          const at = example - page.from;
          const label = overview.classNames?.[page.labels[at] ?? -1];
          const name = dataText.example(formatCount(example + 1), label);
          return (
            <li key={example}>
              <Picture
                pixels={pixels.subarray(at * length, (at + 1) * length)}
                width={width}
                height={height}
                name={name}
              />
              <span className="image-label" title={name}>
                {label ?? formatCount(example + 1)}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface PictureProps {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

const Picture = memo(function Picture({ pixels, width, height, name }: PictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (pixels.length === 4 * width * height) {
      context?.putImageData(new ImageData(pixels, width, height), 0, 0);
    }
  }, [pixels, width, height]);
  return <canvas ref={canvas} width={width} height={height} role="img" aria-label={name} />;
});
