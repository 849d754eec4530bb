import { Eraser } from 'lucide-react';
import { type PointerEvent, useEffect, useRef } from 'react';
import type { Picture } from '#train';
import { views } from '../../strings/en-views.ts';
import { centred } from './digit.ts';

const text = views.try;

/** Places along each side of what is drawn. */
const side = 112;
const penWidth = side / 11;

interface DrawPadProps {
  readonly picture: Picture;
  /** What is drawn, as the net takes it; undefined for nothing. */
  onDrawn(values: Float32Array<ArrayBuffer> | undefined): void;
}

/** A field to draw a digit in, light on dark like those that nets learn from. */
export function DrawPad({ picture, onDrawn }: DrawPadProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const last = useRef<readonly [number, number] | null>(null);
  const context = () => element.current?.getContext('2d', { willReadFrequently: true });
  const clear = () => {
    const pen = context();
    if (!pen) return;
    pen.fillStyle = '#000000';
    pen.fillRect(0, 0, side, side);
    onDrawn(undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the field appears
  useEffect(clear, []);
  const placeOf = ({ clientX, clientY }: PointerEvent): readonly [number, number] => {
    const box = element.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    return [((clientX - box.left) / box.width) * side, ((clientY - box.top) / box.height) * side];
  };
  const lineTo = (event: PointerEvent) => {
    const pen = context();
    const to = placeOf(event);
    if (!pen || !last.current) return;
    pen.strokeStyle = '#ffffff';
    pen.lineWidth = penWidth;
    pen.lineCap = 'round';
    pen.beginPath();
    pen.moveTo(...last.current);
    pen.lineTo(...to);
    pen.stroke();
    last.current = to;
  };
  const tell = () => {
    const image = context()?.getImageData(0, 0, side, side);
    if (!image) return;
    const ink = Float32Array.from(
      { length: side * side },
      (_, at) => (image.data[4 * at] ?? 0) / 255,
    );
    onDrawn(centred(ink, side, picture));
  };
  return (
    <div className="pad">
      <canvas
        ref={element}
        className="pad-field"
        width={side}
        height={side}
        role="img"
        aria-label={text.drawLabel}
        data-testid="draw-pad"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          last.current = placeOf(event);
          lineTo(event);
        }}
        onPointerMove={(event) => {
          if (last.current) lineTo(event);
        }}
        onPointerUp={() => {
          last.current = null;
          tell();
        }}
      />
      <button type="button" className="button" onClick={clear}>
        <Eraser size={15} aria-hidden="true" />
        {text.clear}
      </button>
      <p className="quiet-text">{text.drawHint}</p>
    </div>
  );
}
