/** What the quiz asks and answers. */

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;

export const quizzing = {
  label: 'Quiz',
  /** What the quiz is about, where it is not about every wire. */
  chosen: (count: number) => `Quiz: ${counted(count, 'chosen wire', 'chosen wires')}`,
  hint: 'Hide the gradients and find them yourself',
  impossible: 'There is nothing to ask yet: the graph needs a loss that can be computed',
  start: 'Which gradient flows back on each wire? Click a ?, or start with the next one.',
  ask: (name: string, target: string) => `Which gradient flows back on ${name}, from ${target}?`,
  askShape: (name: string, target: string) =>
    `Which shape has the gradient that flows back on ${name}, from ${target}?`,
  askWay: {
    input: (target: string) => `Which way does the gradient go back from ${target}?`,
    through: (name: string, target: string) =>
      `Does the gradient go back through ${target}, to ${name}?`,
    entry: (name: string, target: string) =>
      `To which entry of ${name} does the gradient go back from ${target}?`,
  },
  ways: 'The ways it may go',
  way: {
    input: (name: string) => `to ${name}`,
    split: 'split: a part to each',
    whole: 'passes',
    part: 'passes in part',
    nothing: 'is stopped',
    entry: (place: string, value: string) => `${place} = ${value}`,
  },
  isNumber: (name: string, value: string) => `${name} is ${value}`,
  here: (parts: readonly string[]) => `Here ${parts.join(', and ')}.`,
  tensorForm: 'Type its shape, as 2x2, or the tensor itself, as [2, 3; −1, 0].',
  chip: (name: string, target: string) => `Answer: the gradient on ${name}, from ${target}`,
  field: (name: string) => `Gradient on ${name}`,
  shapeField: (name: string) => `Shape of the gradient on ${name}`,
  tensorField: (name: string) => `Gradient on ${name}, or its shape`,
  right: (name: string, shown: string) => `Right: ${shown} flows back on ${name}.`,
  revealed: (name: string, shown: string) => `${shown} flows back on ${name}.`,
  wrong: {
    sign: 'The size is right, the sign is not.',
    local: 'That is the local gradient alone: it is still to be multiplied by the upstream one.',
    upstream: 'That is the upstream gradient alone: the gate still multiplies it by its local one.',
    number: 'That is not what flows back here.',
    shape: 'That is not its shape.',
    entries: 'Read as a tensor it has the right shape, but not the right entries.',
    way: 'That is not the way it goes.',
  },
  rule: 'A gradient has the shape of the value it belongs to.',
  localIs: (local: string) => `Local gradient: ${local}.`,
  upstreamIs: (upstream: string) => `Upstream gradient: ${upstream}.`,
  valueShape: (name: string, shape: string) => `The value on ${name} has the shape ${shape}.`,
  unknown: '?',
  first: (name: string) => `What arrives at ${name} is asked for, too: find it first.`,
  numbers: (local: string, upstream: string) => `local × upstream, here ${local} × ${upstream} = ?`,
  firstHint: 'Hint: which rule',
  secondHint: 'Hint: which numbers',
  reveal: 'Reveal',
  next: 'Next',
  only: (count: number) =>
    `Only the ${counted(count, 'selected wire is', 'selected wires are')} asked for.`,
  askOnly: (count: number) => (count === 1 ? 'Only this wire' : `Only these ${count} wires`),
  again: 'Start over',
  end: 'End the quiz',
  settled: (count: number, all: number) => `${count} of ${all}`,
  result: (right: number, all: number, hinted: number, revealed: number) =>
    [
      `${right} of ${all} right`,
      ...(hinted > 0 ? [`${hinted} with a hint`] : []),
      ...(revealed > 0 ? [`${counted(revealed, 'gradient', 'gradients')} revealed`] : []),
    ].join(', '),
  mark: 'right',
  hiddenAbove: 'What arrives from above is still asked for: its story is told once that is found.',
  hidden: 'The quiz hides what flows here: answer it on the wire.',
};
