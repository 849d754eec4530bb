import type { Nested } from '#tensor';

/** The groups of worked examples, in the menu's order. */
export const topics = [
  'First graphs',
  'Gates',
  'The sigmoid neuron',
  'Vectors and matrices',
  'Networks',
  'Networks to train',
  'Normalization and regularization',
  'Losses and likelihoods',
] as const;

export type Topic = (typeof topics)[number];

/** A worked example, in the file's own form. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly topic: Topic;
  /** Two or three sentences: what there is to see. */
  readonly text: string;
  readonly file: LessonFile;
  /** Digits behind the point that the board shows; without, digits that count. */
  readonly decimals?: number;
  /** The numbers a teacher knows by heart. Missing where the example waits for a data set. */
  readonly expected?: Expected;
}

export type LessonFile = Readonly<Record<string, unknown>>;

/**
 * What a trace must give: from a lecture, from an independent program, or calculated by hand, never
 * from Gradwire itself. A batched value has its batch axis first; a constant's gradient is null.
 */
export interface Expected {
  /** The objective without the seed. */
  readonly loss?: number;
  readonly nodes?: Readonly<Record<string, ExpectedNode>>;
  readonly wires?: Readonly<Record<string, ExpectedWire>>;
}

export interface ExpectedNode {
  readonly value?: Nested;
  readonly gradient?: Nested | null;
}

export interface ExpectedWire extends ExpectedNode {
  readonly upstream?: Nested;
}
