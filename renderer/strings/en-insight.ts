/** What the interface says beyond the numbers: checks, diagnoses, counters, composites, formulas. */

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

export const insight = {
  check: {
    label: 'numeric check',
    pending: '…',
    agrees: (numeric: string) => `${numeric} ✓`,
    entries: (checked: number, entries: number) =>
      checked === entries ? `all ${entries} entries ✓` : `${checked} of ${entries} entries ✓`,
    mismatch: (numeric: string, analytic: string) => `${numeric} ✗ not ${analytic}`,
    kink: 'a kink: no single slope',
    'not-finite': 'not finite',
    short: { kink: 'kink', 'not-finite': 'not finite' },
    hint: {
      agrees: (difference: string) =>
        `The central difference agrees with the gradient; relative difference ${difference}.`,
      mismatch: (difference: string) =>
        `The central difference disagrees with the gradient; relative difference ${difference}.`,
      kink: 'To the left and to the right of this value the slope differs; the gradient is one of the slopes between.',
      'not-finite': 'The objective is not finite here, so there is no slope to compare with.',
    },
    title: 'Gradient check',
    all: 'Check all gradients',
    again: 'Check again',
    running: (count: number) => `${counted(count, 'gradient', 'gradients')} checked so far`,
    noLoss: 'There is no loss yet, so there are no gradients to check.',
    passed: (count: number) =>
      count === 1
        ? 'The one gradient agrees with its central difference.'
        : `All ${count} gradients agree with their central differences.`,
    kinks: (kinks: number, count: number) =>
      `${counted(kinks, 'gradient stands', 'gradients stand')} at a kink; the other ${count - kinks} agree.`,
    failed: (failed: number, count: number) =>
      `${failed} of ${counted(count, 'gradient', 'gradients')} could not be confirmed.`,
    crashed: 'The check ended unexpectedly. Try it again.',
    columns: { place: 'wire', analytic: 'gradient', numeric: 'numeric', difference: 'difference' },
    atNode: (name: string) => `Σ at ${name}`,
    into: (name: string, target: string) => `${name} → ${target}`,
    more: (count: number) => `and ${count} more that agree better`,
  },

  diagnoses: {
    count: { error: 'problem', warning: 'warning', hint: 'hint' },
    counts: { error: 'problems', warning: 'warnings', hint: 'hints' },
    label: 'Problems and hints',
    goTo: 'Go to the node',
  },

  counters: {
    title: 'Size',
    shape: 'shape',
    scalar: 'scalar',
    weights: 'weights',
    biases: 'biases',
    connections: 'connections',
    multiplications: 'multiplications',
    activations: 'activations',
    receptiveField: 'receptive field',
    perExample: 'Work and memory count for one example.',
    parameters: 'parameters',
  },

  composites: {
    expand: 'Expand',
    expandHint: 'Show what this operation consists of (E)',
    collapse: 'Collapse',
    collapseHint: 'Put the operation back in place of its parts (Shift+E)',
    frame: 'Frame',
    frameName: (title: string) => `Frame ${title}`,
    nodes: (count: number) => counted(count, 'node inside', 'nodes inside'),
    remove: 'Remove the frame',
    removeHint: 'The nodes stay',
    selectNode: 'Select the node to expand first.',
    selectFrame: 'Select a node inside a frame to collapse it.',
  },

  formula: {
    graphOf: 'Graph of',
    nodeOf: 'Formula node',
    addGraph: (text: string) => `Add the graph of ${text}`,
    addNode: (text: string) => `Add a formula node ${text}`,
    edit: (text: string) => `Add ${text}`,
    copy: 'Copy as text',
    copied: 'Copied',
    copyFailed: 'The text could not be copied.',
  },

  help: {
    title: 'Local gradients',
    passes: (passes: string) => `Backward, it ${passes}.`,
  },

  jacobian: {
    show: 'Show the Jacobian',
    title: 'Jacobian',
    explain: 'A row for each entry of the input, a column for each of the output.',
    part: (rows: number, columns: number, ofRows: number, ofColumns: number) =>
      `The first ${rows} × ${columns} of ${ofRows} × ${ofColumns}.`,
    cell: (row: number, column: number, text: string) => `row ${row}, column ${column}: ${text}`,
  },
};
