import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Drawing } from '#export';
import { exporting } from '../strings/en-export.ts';
import { paint, painted } from './paint.ts';
import { type EncodedPicture, webmFile } from './webm.ts';

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

/** All pictures with the same edges, around whatever any of them shows: nodes grow as their numbers come. */
function inOneFrame(shots: readonly Shot[]): readonly Shot[] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { draw } of shots) {
    const drawing = draw();
    left = Math.min(left, drawing.left);
    top = Math.min(top, drawing.top);
    right = Math.max(right, drawing.left + drawing.width);
    bottom = Math.max(bottom, drawing.top + drawing.height);
  }
  const edges = { left, top, width: right - left, height: bottom - top };
  return shots.map(({ draw, duration }) => ({ duration, draw: () => ({ ...draw(), ...edges }) }));
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
  for (const [at, shot] of inOneFrame(shots).entries()) {
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

/** The kinds of video that a WebM holds, the better one first, in which text stays sharp. */
const codecs = [
  { codec: 'vp09.00.41.08', name: 'V_VP9', mode: { bitrateMode: 'quantizer' } },
  { codec: 'vp8', name: 'V_VP8', mode: { bitrate: 8_000_000 } },
] as const;

/** The smaller the quantizer, the sharper. */
type EncodeOptions = VideoEncoderEncodeOptions & { readonly vp9: { readonly quantizer: number } };

/** From a picture at least so often, in milliseconds, a player can begin. */
const longestRun = 4_000;

/** The first of the codecs that this system encodes. Throws one sentence where there is none. */
async function encoderFor(width: number, height: number) {
  for (const { codec, name, mode } of typeof VideoEncoder === 'undefined' ? [] : codecs) {
    const config: VideoEncoderConfig = { codec, width, height, ...mode };
    const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({
      supported: false,
    }));
    if (supported) return { name, config };
  }
  throw new Error(exporting.noVideo);
}

/** The film as a WebM. */
export async function webmOf(
  shots: readonly Shot[],
  progress: Progress,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const framed = inOneFrame(shots);
  const first = framed[0]?.draw();
  if (!first) throw new Error(exporting.noFilm);
  const scale = scaleFor(first);
  const canvas = painted(first, scale);
  // Video has half as many colors as pixels, in both directions.
  const [width, height] = [canvas.width & ~1, canvas.height & ~1];
  const { name, config } = await encoderFor(width, height);
  const pictures: EncodedPicture[] = [];
  let failure: Error | undefined;
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      const [at, duration] = [chunk.timestamp / 1000, (chunk.duration ?? 0) / 1000];
      pictures.push({ bytes, at, duration, isKey: chunk.type === 'key' });
    },
    error: (error) => {
      failure = error;
    },
  });
  try {
    encoder.configure(config);
    let [now, lastKey] = [0, Number.NEGATIVE_INFINITY];
    for (const [at, shot] of framed.entries()) {
      signal.throwIfAborted();
      if (failure) throw failure;
      progress(at, shots.length);
      paint(canvas, shot.draw(), scale);
      const frame = new VideoFrame(canvas, {
        timestamp: now * 1000,
        duration: shot.duration * 1000,
        visibleRect: { x: 0, y: 0, width, height },
      });
      const keyFrame = now - lastKey >= longestRun;
      if (keyFrame) lastKey = now;
      const options: EncodeOptions = { keyFrame, vp9: { quantizer: 24 } };
      encoder.encode(frame, options);
      frame.close();
      now += shot.duration;
      while (encoder.encodeQueueSize > 4) await breathe();
      await breathe();
    }
    await encoder.flush();
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  if (failure) throw failure;
  return webmFile(pictures, { codec: name, width, height });
}
