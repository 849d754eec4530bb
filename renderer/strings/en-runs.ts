import type { Standing } from '../training/runs/record.ts';

/** What is said of runs that were kept. */
export const runs = {
  title: 'Runs',
  open: 'Runs',
  openHint: 'All runs: compare, resume, rename, delete',
  close: 'Close',
  none: 'No run has been kept yet. Each one that you start is listed here, with its settings and curves.',
  ofDocument: (name: string) => `Runs of “${name}”`,
  ofOthers: 'Runs of other documents',
  compare: (name: string) => `Compare “${name}”`,
  chooseToCompare: 'Check the runs to compare.',
  metric: 'Shown',
  metrics: {
    validationLoss: 'Validation loss',
    trainLoss: 'Training loss',
    validationAccuracy: 'Validation accuracy',
    trainAccuracy: 'Training accuracy',
    learningRate: 'Learning rate',
  },
  atStep: (step: number | null) => (step === null ? 'At the end of each' : `At step ${step}`),
  none0: '—',
  rename: 'Rename',
  name: 'Name of the run',
  remove: 'Delete',
  removeQuestion: 'Delete this run and its checkpoint?',
  keep: 'Keep',
  resume: 'Resume',
  resumeFrom: (step: number) => `Resume from step ${step}`,
  noMore: 'It is finished: set more epochs to train on',
  noState: 'It has no checkpoint to go on from',
  bringIn: 'Put its parameters into the graph',
  exportIt: 'Export its checkpoint…',
  importIt: 'Import checkpoint…',
  standings: {
    running: 'under way',
    stopped: 'stopped',
    finished: 'finished',
    failed: 'failed',
    interrupted: 'interrupted',
  } satisfies Record<Standing, string>,
  about: (parts: readonly string[]) => parts.join(' · '),
  epochs: (done: number, all: number) => `epoch ${done} of ${all}`,
  batch: (size: number) => `batch ${size}`,
  seed: (seed: number) => `seed ${seed}`,
  loss: (loss: string) => `loss ${loss}`,
  all: 'All runs…',

  state: {
    none: 'There is no run of this graph whose optimizer could be looked at: start one, or take one step.',
    step: (step: number, method: string) => `${method} after step ${step}`,
    stateless: (method: string) => `${method} keeps nothing from step to step.`,
    norm: 'norm',
    low: 'least',
    high: 'most',
    parts: {
      parameter: 'θ, itself',
      v: 'v, velocity',
      m: 'm, mean gradient',
      a: 'a, squares',
    } as Readonly<Record<string, string>>,
  },
  revived: (why: string, step: number) =>
    step === 0
      ? `${why} The run started again by itself.`
      : `${why} The run went on by itself from step ${step}.`,
  chooseData: (name: string) => `Choose the data “${name}” first: the run was trained on them.`,
  noCheckpoint: (name: string) => `“${name}” has no checkpoint that can be read.`,
  nothingFits: (name: string) =>
    `None of the parameters of “${name}” fits the graph: it was another graph’s run.`,
};
