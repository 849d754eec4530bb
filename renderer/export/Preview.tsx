import { useLayoutEffect, useRef } from 'react';
import type { Drawing } from '#export';
import { exporting as text } from '../strings/en-export.ts';
import { paint } from './paint.ts';

/** What there is to see of an export. */
export interface Shown {
  readonly drawing?: Drawing;
  /** Where pixels are saved: how many times the size on the screen. */
  readonly scale?: number;
  readonly text?: string;
  readonly bytes?: Uint8Array;
  readonly problem?: string;
}

/** More of a text than this nobody reads here. */
const most = 6000;

export function Preview({ shown }: { readonly shown: Shown }) {
  const { drawing, scale, bytes } = shown;
  return (
    <section className="export-preview" aria-label={text.preview}>
      {drawing && <Picture drawing={drawing} />}
      {drawing && scale !== undefined && (
        <p className="quiet-text">{text.pixels(drawing.width * scale, drawing.height * scale)}</p>
      )}
      {shown.text !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled with the keyboard too
        <pre className="export-text" tabIndex={0}>
          {shown.text.slice(0, most)}
          {shown.text.length > most && `\n${text.shortened}`}
        </pre>
      )}
      {bytes && <p className="quiet-text">{text.binary(bytes.length)}</p>}
    </section>
  );
}

const room = { width: 520, height: 340 };

function Picture({ drawing }: { readonly drawing: Drawing }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const fit = Math.min(1, room.width / drawing.width, room.height / drawing.height);
  const [width, height] = [drawing.width * fit, drawing.height * fit];
  useLayoutEffect(() => {
    if (!canvas.current) return;
    const sharp = window.devicePixelRatio || 1;
    canvas.current.width = Math.max(1, Math.round(width * sharp));
    canvas.current.height = Math.max(1, Math.round(height * sharp));
    paint(canvas.current, drawing, fit * sharp);
  }, [drawing, fit, width, height]);
  return (
    <canvas
      ref={canvas}
      className="export-picture"
      data-testid="export-picture"
      style={{ width, height }}
    />
  );
}
