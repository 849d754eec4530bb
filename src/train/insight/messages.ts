import { z } from 'zod';

/** What somebody who looks at a net may ask of its trainer, and what they are told. */

/** The parts of a data set. */
export const partNames = ['train', 'validation', 'test'] as const;

export type PartName = (typeof partNames)[number];

const numbers = z.custom<Float32Array<ArrayBuffer>>((data) => data instanceof Float32Array);
const count = z.int().min(0);
/** What a net makes may be no number at all, or infinite. */
const real = z.custom<number>((value) => typeof value === 'number');
const node = z.string();

/** Examples of the data set, or one of a person's own: all that the net is given, one input after the other. */
export const choiceSchema = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('data'),
    part: z.enum(partNames),
    indices: z.array(count).min(1).max(256),
  }),
  z.strictObject({
    from: z.literal('own'),
    values: numbers,
    /** The class or number that would be right; only the loss asks for it. */
    target: z.number().optional(),
  }),
]);

/** Which examples a question is about. */
export type ExampleChoice = z.output<typeof choiceSchema>;

export const askSchema = z.discriminatedUnion('kind', [
  /** What there is to look at. */
  z.strictObject({ kind: z.literal('facts') }),
  /** How activations, gradients and weights are spread, and how large they are. */
  z.strictObject({ kind: z.literal('spreads') }),
  /** How the net answers the examples of a part; at most so many of them. */
  z.strictObject({
    kind: z.literal('answers'),
    part: z.enum(partNames),
    atMost: z.int().min(1),
  }),
  /** The parameters themselves. */
  z.strictObject({ kind: z.literal('weights') }),
  /** What the net makes of the plane, or the line, that its examples lie in. */
  z.strictObject({ kind: z.literal('region') }),
  /** How it answers these examples; with `maps`, also what every layer makes of the first one. */
  z.strictObject({
    kind: z.literal('examples'),
    choice: choiceSchema,
    maps: z.boolean(),
  }),
  /** Everything that a trace of these examples needs. */
  z.strictObject({ kind: z.literal('moment'), choice: choiceSchema }),
]);

export type Ask = z.output<typeof askSchema>;
export type AskKind = Ask['kind'];

/** An image: `channels` is 1 (grey) or 3 (red, green, blue), which come last in memory. */
export const pictureSchema = z.strictObject({
  height: z.int(),
  width: z.int(),
  channels: z.union([z.literal(1), z.literal(3)]),
});

export type Picture = z.output<typeof pictureSchema>;

/** An input that the net is given. */
const givenSchema = z.strictObject({
  node,
  name: z.string(),
  shape: z.array(z.int()),
  picture: pictureSchema.optional(),
});

/** What the net answers: one of several classes, yes or no, or numbers. */
const verdictSchema = z.strictObject({
  kind: z.enum(['classes', 'yesNo', 'numbers']),
  /** How many classes, or numbers. */
  size: z.int(),
  /** What the numbers are an image of. */
  picture: pictureSchema.optional(),
});

const factsSchema = z.strictObject({
  kind: z.literal('facts'),
  given: z.array(givenSchema),
  /** Absent where the loss is of no kind that tells. */
  verdict: verdictSchema.optional(),
  /** Examples in each part that there is. */
  counts: z.partialRecord(z.enum(partNames), count),
  /** Names of the classes, where the data set has some. */
  classes: z.array(z.string()).optional(),
  /** Whether some operation works otherwise in training than in use. */
  modes: z.boolean(),
});

export type Facts = z.output<typeof factsSchema>;

/** Where the numbers of one tensor lie. */
export const spreadSchema = z.strictObject({
  count,
  mean: real,
  /** The root of the mean squared distance from the mean. */
  deviation: real,
  low: real,
  high: real,
  /** Share of exact zeros. */
  zeros: z.number(),
  /** Share of entries where the function is as good as flat; for functions that saturate. */
  saturated: z.number().optional(),
  /** Numbers that are none, or infinite; they count nowhere else. */
  notFinite: count,
  /** How many entries lie in each of equally wide bars from `low` to `high`. */
  bars: z.array(count),
});

export type Spread = z.output<typeof spreadSchema>;

export const spreadRoles = ['activation', 'gradient', 'weight'] as const;

export type SpreadRole = (typeof spreadRoles)[number];

const spreadsSchema = z.strictObject({
  kind: z.literal('spreads'),
  /** Examples that they are of. */
  examples: count,
  spreads: z.array(
    z.strictObject({ node, name: z.string(), role: z.enum(spreadRoles), spread: spreadSchema }),
  ),
  norms: z.array(
    z.strictObject({
      node,
      name: z.string(),
      weight: real,
      gradient: real,
      /** Of what the last step changed; absent where no step was seen. */
      update: real.optional(),
    }),
  ),
});

export type Spreads = z.output<typeof spreadsSchema>;

/** One example and what the net makes of it. */
const answeredSchema = z.strictObject({
  part: z.enum(partNames).optional(),
  index: count.optional(),
  loss: real,
  /** All that the net is given, one input after the other. */
  given: numbers,
  /** Probabilities, or the numbers predicted. */
  output: numbers,
  /** What would be right: a class, or numbers. */
  target: numbers,
});

export type Answered = z.output<typeof answeredSchema>;

const answersSchema = z.strictObject({
  kind: z.literal('answers'),
  part: z.enum(partNames),
  /** Examples that were asked, of so many. */
  examples: count,
  of: count,
  loss: real,
  /** Rows are the true classes, columns the predicted ones; absent where there are none. */
  confusion: z
    .strictObject({ classes: z.int(), counts: z.array(count), top1: z.number(), top5: z.number() })
    .optional(),
  /** Those with the largest loss, the worst first; in a classification only wrong ones. */
  worst: z.array(answeredSchema),
});

export type Answers = z.output<typeof answersSchema>;

const arraySchema = z.strictObject({
  node,
  name: z.string(),
  shape: z.array(z.int()),
  data: numbers,
});

const weightsSchema = z.strictObject({ kind: z.literal('weights'), weights: z.array(arraySchema) });

export type Weights = z.output<typeof weightsSchema>;

const regionSchema = z.strictObject({
  kind: z.literal('region'),
  /** 1 for a line, 2 for a plane. */
  dimensions: z.union([z.literal(1), z.literal(2)]),
  /** Lowest and highest coordinate along each axis. */
  bounds: z.array(z.tuple([z.number(), z.number()])),
  /** Places along each axis. */
  side: z.int(),
  /** The net's output at every place: the first coordinate runs fastest, the second grows row by row. */
  output: numbers,
  /** Numbers of output at one place. */
  size: z.int(),
  /** Examples: their coordinates, their targets, and whether they are trained on. */
  points: numbers,
  targets: numbers,
  trained: z.array(z.boolean()),
});

export type Region = z.output<typeof regionSchema>;

const examplesSchema = z.strictObject({
  kind: z.literal('examples'),
  answered: z.array(answeredSchema),
  /** What the layers with images make of the first example. */
  maps: z.array(arraySchema),
});

export type Examples = z.output<typeof examplesSchema>;

const momentSchema = z.strictObject({
  kind: z.literal('moment'),
  /** The values of the inputs, the batch axis first. */
  inputs: z.array(arraySchema),
  parameters: z.array(arraySchema),
  averages: z.array(
    z.strictObject({ node, attribute: z.string(), shape: z.array(z.int()), data: numbers }),
  ),
});

export type TracedMoment = z.output<typeof momentSchema>;

export const answerSchema = z.discriminatedUnion('kind', [
  factsSchema,
  spreadsSchema,
  answersSchema,
  weightsSchema,
  regionSchema,
  examplesSchema,
  momentSchema,
  /** Why there is no answer, in one sentence. */
  z.strictObject({ kind: z.literal('refused'), message: z.string() }),
]);

export type Answer = z.output<typeof answerSchema>;

/** The memory of an answer, which may travel with it. */
export function buffersOf(answer: Answer): ArrayBuffer[] {
  switch (answer.kind) {
    case 'answers':
      return answer.worst.flatMap(ofAnswered);
    case 'weights':
      return answer.weights.map(({ data }) => data.buffer);
    case 'region':
      return [answer.output.buffer, answer.points.buffer, answer.targets.buffer];
    case 'examples':
      return [
        ...answer.answered.flatMap(ofAnswered),
        ...answer.maps.map(({ data }) => data.buffer),
      ];
    case 'moment':
      return [...answer.inputs, ...answer.parameters, ...answer.averages].map(
        ({ data }) => data.buffer,
      );
    default:
      return [];
  }
}

function ofAnswered({ given, output, target }: Answered): ArrayBuffer[] {
  return [given.buffer, output.buffer, target.buffer];
}
