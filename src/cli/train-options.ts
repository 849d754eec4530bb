import { failed, type Help, jsonOption } from './help.ts';

/** Options that say which data are trained on, and how they are prepared. */
export const dataOptions = {
  data: { type: 'string' },
  target: { type: 'string' },
  columns: { type: 'string' },
  missing: { type: 'string' },
  categories: { type: 'string' },
  limit: { type: 'string' },
  validation: { type: 'string' },
  fold: { type: 'string' },
  scale: { type: 'string' },
  per: { type: 'string' },
  smoothing: { type: 'string' },
  augment: { type: 'string' },
  examples: { type: 'string' },
  noise: { type: 'string' },
  order: { type: 'string' },
  'image-size': { type: 'string' },
  'data-seed': { type: 'string' },
} as const;

/** Options that become settings of the run. */
export const settingOptions = {
  ...dataOptions,
  epochs: { type: 'string' },
  batch: { type: 'string' },
  optimizer: { type: 'string' },
  'learning-rate': { type: 'string' },
  momentum: { type: 'string' },
  'weight-decay': { type: 'string' },
  l1: { type: 'string' },
  decoupled: { type: 'boolean' },
  'clip-norm': { type: 'string' },
  'clip-value': { type: 'string' },
  schedule: { type: 'string' },
  'warm-up': { type: 'string' },
  patience: { type: 'string' },
  seed: { type: 'string' },
  'no-shuffle': { type: 'boolean' },
  engine: { type: 'string' },
} as const;

export const trainOptions = {
  ...settingOptions,
  checkpoint: { type: 'string' },
  resume: { type: 'string' },
  save: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

export const trainHelp: Help = {
  usage: [
    'gradwire train FILE --data PATH [options]',
    'gradwire train FILE --data PATH --resume CHECKPOINT [--epochs N] [--learning-rate X] [--patience N]',
  ],
  about:
    'Trains the graph and reports as it goes, then once in summary. What is not given is as the document\nsays, else as it stands in brackets. The same seed and engine give the same numbers. Ctrl+C ends the\nrun in order.',
  options: {
    'The run': [
      ['--epochs N', 'passes over the data (5)'],
      ['--batch N', 'examples in a mini-batch (128)'],
      ['--optimizer NAME', 'sgd, momentum, nesterov, adagrad, rmsprop or adam (sgd)'],
      ['--learning-rate X', 'the step size (0.3)'],
      ['--momentum X', 'what is left of the velocity after a step (0.9)'],
      ['--weight-decay X', 'λ of L2 (0)'],
      ['--l1 X', 'λ of L1 (0)'],
      ['--decoupled', 'L2 and L1 shrink the parameters beside the step, not through the gradient'],
      ['--clip-norm X', 'the most that the norm of the gradient may be (anything)'],
      ['--clip-value X', 'the most that an entry of the gradient may be (anything)'],
      ['--schedule NAME', 'constant, step, exponential, plateau, cosine or cyclic (constant)'],
      ['--warm-up N', 'steps over which the rate grows from 0 (0)'],
      ['--patience N', 'epochs without a better loss after which the run ends (never)'],
      ['--seed S', 'of initial values, order and dropout (0)'],
      ['--no-shuffle', 'the examples in the order of the data'],
      ['--engine NAME', 'auto (the fastest of those that start), wasm, cpu or js (auto)'],
    ],
    'The data': [
      [
        '--data PATH',
        'a folder, a file, or a built-in set: blobs, xor, rings, spirals, three-classes, moons, line, polynomial, iris, digits (the set that the document names)',
      ],
      ['--validation SHARE', 'held back of what is trained on (0.2 where there is no test part)'],
      ['--fold K/N', 'part K of N is held back instead'],
      ['--limit N', 'at most so many examples are trained on (all)'],
      ['--data-seed S', 'of the split and of what is made up (0)'],
      ['--scale HOW', 'none, mean, standard or min-max (none)'],
      ['--per WHAT', 'feature or channel: what is scaled by itself (feature)'],
      ['--smoothing SHARE', 'of labels (0)'],
      [
        '--augment LIST',
        'flip, crop=4, shift=2, rotation=15, colour=0.2, with commas between (none)',
      ],
      ['--image-size N', 'height and width of images in folders (those of the first, at most 64)'],
      ['--target COLUMN', 'of a table: what is predicted (guessed)'],
      ['--columns NAME=TYPE,…', 'of a table: number, category, label or ignore (guessed)'],
      ['--missing HOW', 'fill or drop rows with missing values (fill)'],
      ['--categories HOW', 'one-hot or index (one-hot)'],
      ['--examples N', 'of a built-in set that is made up (300)'],
      ['--noise X', 'of a built-in set that is made up (its own)'],
      ['--order N', 'of the built-in polynomial (3)'],
    ],
    'What is kept': [
      ['--save FILE', 'the document with the trained parameters'],
      ['--checkpoint FILE', 'all that it takes to go on, every 5 seconds and at the end'],
      ['--resume CHECKPOINT', 'go on from there, with the settings of its run'],
      jsonOption('a line of JSON for each report, then {"summary": …}'),
    ],
  },
  exits: ['trained, or stopped by Ctrl+C', undefined, failed],
  examples: [
    'gradwire train net.gradwire --data mnist/ --epochs 2 --seed 0 --save trained.gradwire',
    'gradwire train net.gradwire --data spirals --optimizer adam --learning-rate 0.01 --json',
  ],
};
