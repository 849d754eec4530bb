/** What the interface says about how it writes numbers. */
export const writing = {
  label: 'Numbers',
  title: 'Numbers',
  by: { significant: 'Significant digits', decimals: 'Decimals' },
  digits: 'Digits',
  sample: (text: string) => `1/3 reads ${text}`,
  blackboard: 'Round like the blackboard',
  blackboardHint:
    'Every number is rounded before it is used, so 0.20 × 2 gives 0.40. Off, only what is shown is rounded.',
  thickness: 'Thickness of wires',
  thicknessHint:
    'As large as the gradient, before it is known the value; for a tensor its norm. The scale is always the same.',
  note: (decimals: number) =>
    `Rounded like the blackboard: every number to ${decimals} ${decimals === 1 ? 'decimal' : 'decimals'} before it is used`,
  exact: 'Show exact numbers',
};
