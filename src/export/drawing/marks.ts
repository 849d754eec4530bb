import { nameParts, type Piece } from '#graph';
import type { BoxMark, PathMark, Run, TextMark } from './drawing.ts';

/** A box from its corner, size and looks. */
export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  looks: Omit<BoxMark, 'kind' | 'x' | 'y' | 'width' | 'height' | 'radius'> & {
    readonly radius?: number;
  },
): BoxMark {
  const { radius = 0, ...rest } = looks;
  return { kind: 'box', x, y, width, height, radius, ...rest };
}

export function circle(
  x: number,
  y: number,
  radius: number,
  looks: Omit<Parameters<typeof box>[4], 'radius'>,
): BoxMark {
  return box(x - radius, y - radius, 2 * radius, 2 * radius, { radius, ...looks });
}

export function line(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  stroke: string,
  thick = 1,
): PathMark {
  const pieces: readonly Piece[] = [
    ['M', x0, y0],
    ['L', x1, y1],
  ];
  return { kind: 'path', pieces, stroke, thick };
}

export function text(
  x: number,
  y: number,
  size: number,
  colour: string,
  runs: string | readonly Run[],
  anchor: TextMark['anchor'] = 'middle',
): TextMark {
  const list = typeof runs === 'string' ? [plain(runs)] : runs;
  return { kind: 'text', x, y, anchor, size, colour, runs: list };
}

export function plain(written: string, colour?: string): Run {
  return { text: oneLine(written), face: 'plain', colour };
}

export function bold(written: string, colour?: string): Run {
  return { text: oneLine(written), face: 'bold', colour };
}

/** A name as mathematics sets it: italic, with its subscript. */
export function nameRuns(name: string, colour?: string): readonly Run[] {
  const { base, subscript } = nameParts(oneLine(name));
  const first: Run = { text: base, face: 'name', colour };
  return subscript ? [first, { text: subscript, face: 'plain', low: true, colour }] : [first];
}

/** Names may hold anything; a picture's text has one line and no control characters. */
export function oneLine(written: string): string {
  return written.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
