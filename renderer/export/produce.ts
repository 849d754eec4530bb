import plainFont from '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf?url';
import boldFont from '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf?url';
import signsFont from 'katex/dist/fonts/KaTeX_Main-Regular.ttf?url';
import nameFont from 'katex/dist/fonts/KaTeX_Math-Italic.ttf?url';
import {
  type Drawing,
  picture,
  toCsv,
  toDot,
  toJson,
  toMarkdown,
  toNumpy,
  toOnnx,
  toPdf,
  toPyTorch,
  toSvg,
  toTikz,
} from '#export';
import { traceToJson } from '#trace';
import type { EditorStore } from '../store/index.ts';
import { exporting } from '../strings/en-export.ts';
import { gifOf, type Shot, webmOf } from './film.ts';
import type { ExportOptions } from './formats.ts';
import { painted } from './paint.ts';

/** What of the editor is exported: its own document, and the trace of what is shown. */
export type Subject = Pick<EditorStore, 'editor' | 'trace' | 'registry' | 'numbers' | 'selection'>;

/** More steps make a film that nobody waits for. */
const mostSteps = 400;

/** The picture of a moment; null for formats that are none. */
export function drawingOf(subject: Subject, options: ExportOptions): Drawing {
  const { trace, registry, numbers } = subject;
  const { theme, values, gradients, paper } = options;
  const step = options.step ?? undefined;
  return picture(trace, registry, { theme, numbers, values, gradients, paper, step });
}

/** What is written in the chosen format. Throws one sentence where the graph cannot be. */
export async function produce(
  subject: Subject,
  options: ExportOptions,
  progress: (done: number, all: number) => void,
  signal: AbortSignal,
): Promise<string | Uint8Array<ArrayBuffer>> {
  const { editor, trace, registry, numbers, selection } = subject;
  switch (options.format) {
    case 'svg':
      return toSvg(drawingOf(subject, options));
    case 'png': {
      const canvas = painted(drawingOf(subject, options), options.size);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
      if (!blob) throw new Error(exporting.tooLarge);
      return new Uint8Array(await blob.arrayBuffer());
    }
    case 'pdf':
      return new Uint8Array(toPdf(drawingOf(subject, options), await fonts()));
    case 'tikz':
      return toTikz(drawingOf(subject, options));
    case 'dot':
      return toDot(trace, registry, { ...options, numbers });
    case 'gif':
      return gifOf(shotsOf(subject, options), progress, signal);
    case 'webm':
      return webmOf(shotsOf(subject, options), progress, signal);
    case 'numpy':
      return toNumpy(trace, registry);
    case 'pytorch':
      return toPyTorch(trace, registry);
    case 'onnx':
      return new Uint8Array(toOnnx(trace, registry));
    case 'markdown':
      return toMarkdown(trace, registry, numbers);
    case 'json':
      return toJson(editor.document, registry, {
        only: options.onlySelected ? selection.nodes : undefined,
        parameters: options.parameters,
      });
    case 'trace':
      return `${JSON.stringify(traceToJson(trace))}\n`;
    case 'csv':
      return toCsv(trace);
  }
}

async function fonts() {
  const [plain, bold, name, signs] = await Promise.all(
    [plainFont, boldFont, nameFont, signsFont].map(
      async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer()),
    ),
  );
  if (!plain || !bold || !name || !signs) throw new Error(exporting.working);
  return { plain, bold, name, signs };
}

/** Steps on which a bead travels get several pictures; the others stand for a while. */
const beadPlaces = [0.1, 0.3, 0.5, 0.7, 0.9];

/** The film as a list of pictures. */
function shotsOf(subject: Subject, options: ExportOptions): readonly Shot[] {
  const { trace, registry, numbers } = subject;
  const { theme, values, gradients } = options;
  if (trace.steps.length === 0) throw new Error(exporting.noFilm);
  if (trace.steps.length > mostSteps) throw new Error(exporting.tooLong(mostSteps));
  const shot = (step: number, duration: number, bead?: number): Shot => ({
    duration,
    draw: () =>
      picture(trace, registry, { theme, numbers, values, gradients, paper: true, step, bead }),
  });
  return [
    shot(-1, 800),
    ...trace.steps.flatMap(({ kind }, at) =>
      kind === 'forward' || kind === 'product'
        ? [...beadPlaces.map((place) => shot(at, 110, place)), shot(at, 350, 1)]
        : [shot(at, 700)],
    ),
    shot(trace.steps.length - 1, 2000, 1),
  ];
}
