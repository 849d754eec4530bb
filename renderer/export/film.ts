import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Drawing } from '#export';
import { exporting } from '../strings/en-export.ts';
import { paint, painted } from './paint.ts';

/** One picture of the film, and for how many milliseconds it stands. */
export interface Shot {
  readonly draw: () => Drawing;
  readonly duration: number;
}

type Progress = (done: number, all: number) => void;

/** Films are no wider than this, in pixels. */
const widest = 1600;

function scaleFor({ width }: Drawing): number {
  return Math.min(1.5, widest / width);
}

/** Lets the page breathe between pictures. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

/** The film as a GIF that plays for ever. */
export async function gifOf(
  shots: readonly Shot[],
  progress: Progress,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = GIFEncoder();
  for (const [at, shot] of shots.entries()) {
    signal.throwIfAborted();
    progress(at, shots.length);
    const drawing = shot.draw();
    const canvas = painted(drawing, scaleFor(drawing));
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height);
    if (!pixels) throw new Error(exporting.tooLarge);
    const palette = quantize(pixels.data, 256);
    encoder.writeFrame(applyPalette(pixels.data, palette), width, height, {
      palette,
      delay: shot.duration,
    });
    await breathe();
  }
  encoder.finish();
  return new Uint8Array(encoder.bytes());
}

const videoType = 'video/webm';

/** The film as a WebM, recorded while it plays. */
export async function webmOf(
  shots: readonly Shot[],
  progress: Progress,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof MediaRecorder === 'undefined' || !MediaRecorder.isTypeSupported(videoType)) {
    throw new Error(exporting.noVideo);
  }
  const first = shots[0]?.draw();
  if (!first) throw new Error(exporting.noFilm);
  const scale = scaleFor(first);
  const canvas = painted(first, scale);
  const recorder = new MediaRecorder(canvas.captureStream(25), {
    mimeType: videoType,
    videoBitsPerSecond: 6_000_000,
  });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  recorder.start();
  try {
    for (const [at, shot] of shots.entries()) {
      signal.throwIfAborted();
      progress(at, shots.length);
      const until = performance.now() + shot.duration;
      const drawing = shot.draw();
      // Painted again and again: a canvas that does not change gives no pictures.
      do {
        paint(canvas, drawing, scale);
        await new Promise((resolve) => setTimeout(resolve, 40));
      } while (performance.now() < until);
    }
  } finally {
    recorder.stop();
    await stopped;
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
