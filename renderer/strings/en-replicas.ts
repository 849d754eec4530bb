/** What the interface says about replicas. */
export const replicating = {
  button: 'Replicas',
  hint: 'One copy of the graph for each example of the batch, shared nodes once (M)',
  note: (examples: number) =>
    `${examples === 1 ? '1 replica' : `${examples} replicas`}, one for each example: at what they share, gradients add`,
  close: 'Back to the batch',
  shown: (examples: number) => `Fanned out into ${examples} replicas`,
  closed: 'Back to the batch',
  sameShape: (name: string, shape: string) => `Each example of “${name}” is ${shape}.`,
  closeFirst: 'These are replicas: go back to the batch to change the graph.',
};
