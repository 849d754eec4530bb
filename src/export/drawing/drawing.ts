import type { Piece } from '#graph';

/**
 * A picture as a list of what is drawn, back to front. SVG, PDF, TikZ and the page's canvas are four ways of
 * writing the same list, so a picture looks the same in all of them.
 */
export interface Drawing {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The colour behind everything; null for none. */
  readonly paper: string | null;
  readonly title: string;
  readonly marks: readonly Mark[];
}

/** Colours are `#rrggbb`: what is half transparent in the app is mixed beforehand. */
export type Mark = BoxMark | PathMark | TextMark;

export interface BoxMark {
  readonly kind: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius: number;
  readonly fill?: string | undefined;
  readonly stroke?: string | undefined;
  readonly thick?: number | undefined;
  readonly dash?: readonly number[] | undefined;
}

export interface PathMark {
  readonly kind: 'path';
  readonly pieces: readonly Piece[];
  readonly stroke: string;
  readonly thick: number;
  readonly dash?: readonly number[] | undefined;
}

export type Face = 'plain' | 'bold' | 'name';

/** A stretch of text in one face. */
export interface Run {
  readonly text: string;
  readonly face: Face;
  /** A subscript: smaller and lower. */
  readonly low?: boolean | undefined;
  readonly colour?: string | undefined;
}

export interface TextMark {
  readonly kind: 'text';
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly size: number;
  readonly colour: string;
  readonly runs: readonly Run[];
}

/** How much smaller a subscript is, and by how much of the size it hangs below the line. */
const subscriptSize = 0.7;
export const subscriptDrop = 0.24;

/** A name stands in a face whose letters are smaller. */
const nameScale = 1.14;

/** The size in which a run is set. */
export function runSize({ face, low }: Run, size: number): number {
  return size * (low ? subscriptSize : face === 'name' ? nameScale : 1);
}
