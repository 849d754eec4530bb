import type { Piece } from '#graph';
import type { Mark } from './drawing.ts';
import { textWidth } from './metrics.ts';

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The smallest whole-numbered box around everything that is drawn, with a margin; a small sheet where there is nothing. */
export function around(marks: readonly Mark[], margin: number): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const mark of marks) {
    const [x0, y0, x1, y1] = extent(mark);
    left = Math.min(left, x0);
    top = Math.min(top, y0);
    right = Math.max(right, x1);
    bottom = Math.max(bottom, y1);
  }
  if (left > right) [left, top, right, bottom] = [0, 0, 160, 90];
  left = Math.floor(left - margin);
  top = Math.floor(top - margin);
  return {
    left,
    top,
    width: Math.ceil(right + margin) - left,
    height: Math.ceil(bottom + margin) - top,
  };
}

function extent(mark: Mark): readonly [number, number, number, number] {
  switch (mark.kind) {
    case 'box': {
      const half = mark.stroke ? (mark.thick ?? 1) / 2 : 0;
      return [
        mark.x - half,
        mark.y - half,
        mark.x + mark.width + half,
        mark.y + mark.height + half,
      ];
    }
    case 'path': {
      const points = mark.pieces.flatMap(([, ...at]) => at);
      const [xs, ys] = [points.filter((_, at) => at % 2 === 0), points.filter((_, at) => at % 2)];
      const half = mark.thick / 2;
      return [
        Math.min(...xs) - half,
        Math.min(...ys) - half,
        Math.max(...xs) + half,
        Math.max(...ys) + half,
      ];
    }
    case 'text': {
      const width = textWidth(mark.runs, mark.size);
      const before = mark.anchor === 'start' ? 0 : mark.anchor === 'end' ? width : width / 2;
      return [
        mark.x - before,
        mark.y - mark.size,
        mark.x - before + width,
        mark.y + mark.size * 0.35,
      ];
    }
  }
}

/** Marks made smaller or larger around a point. */
export function scaled(marks: readonly Mark[], x: number, y: number, by: number): readonly Mark[] {
  if (by === 1) return marks;
  const [atX, atY] = [(own: number) => x + (own - x) * by, (own: number) => y + (own - y) * by];
  return marks.map((mark): Mark => {
    if (mark.kind === 'path') {
      return { ...mark, pieces: mark.pieces.map((piece) => scaledPiece(piece, atX, atY)) };
    }
    const moved = { x: atX(mark.x), y: atY(mark.y) };
    if (mark.kind === 'text') return { ...mark, ...moved, size: mark.size * by };
    const { width, height, radius } = mark;
    return { ...mark, ...moved, width: width * by, height: height * by, radius: radius * by };
  });
}

function scaledPiece(piece: Piece, atX: (x: number) => number, atY: (y: number) => number): Piece {
  if (piece[0] !== 'C') return [piece[0], atX(piece[1]), atY(piece[2])];
  const [, x1, y1, x2, y2, x3, y3] = piece;
  return ['C', atX(x1), atY(y1), atX(x2), atY(y2), atX(x3), atY(y3)];
}
