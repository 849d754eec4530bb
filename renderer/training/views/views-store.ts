import { create } from 'zustand';
import type { PartName } from '#train';

/** The pictures of a run, in their order. */
export const viewNames = [
  'curves',
  'distributions',
  'norms',
  'optimizer',
  'confusion',
  'mistakes',
  'weights',
  'regions',
  'try',
] as const;

export type ViewName = (typeof viewNames)[number];

/** Where the example of one's own comes from. */
export const tryWays = ['data', 'draw', 'image', 'numbers'] as const;

export type TryWay = (typeof tryWays)[number];

export interface Own {
  readonly values: Float32Array<ArrayBuffer>;
  readonly target?: number;
}

interface ViewsState {
  readonly view: ViewName;
  /** Whether the pictures take the canvas's room too. */
  readonly large: boolean;
  /** The example that is picked: of this part, counted from 0. */
  readonly part: PartName | undefined;
  readonly index: number;
  /** Whether a person picked it. */
  readonly picked: boolean;
  readonly way: TryWay;
  /** The example of one's own, and the class or number that is right for it. */
  readonly own: Own | undefined;
  /** Examples in a mini-batch that is traced. */
  readonly batch: number;
}

/** Which picture is looked at, and which example: it stays when one looks elsewhere for a moment. */
export const viewsStore = create<ViewsState>()(() => ({
  view: 'curves',
  large: false,
  part: undefined,
  index: 0,
  picked: false,
  way: 'data',
  own: undefined,
  batch: 4,
}));
