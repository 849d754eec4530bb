/** What the wire's story says. */

const counted = (count: number, one: string, many: string) =>
  count === 1 ? `1 ${one}` : `${count.toLocaleString('en')} ${many}`;

export const telling = {
  enlarge: 'Enlarge the story',
  dialog: (name: string) => `The story of ${name}`,
  close: 'Close',
  layout:
    'Denominator layout: a gradient has the shape of what it belongs to. The product is read from right to left.',
  elementwise: 'Entry by entry.',
  summed: {
    examples: (count: number) =>
      `All ${count} examples share this value, so their parts are summed.`,
    stretched: (count: number) =>
      `The value was stretched, so ${counted(count, 'entry is', 'entries are')} summed back into each of its own.`,
  },
  large: (rows: number, columns: number) =>
    `The Jacobian, ${rows.toLocaleString('en')} × ${columns.toLocaleString('en')}, is too large to link its entries.`,

  maps: {
    grid: (part: string, rows: number, columns: number) => `${part}, ${rows} × ${columns}`,
    hint: 'Point at an entry: what made it lights up.',
    play: 'Walk through the entries',
    pause: 'Pause',
    next: 'Next entry',
    of: (example: string, place: string) => (example ? `${place} of ${example}` : place),
    example: (number: number) => `example ${number}`,
    column: (row: number, column: number) => `row ${row}, column ${column}`,
    nothing: (entry: string) => `${entry} = 0: nothing comes here`,
    sum: (entry: string, terms: string, total: string) => `${entry} = ${terms} = ${total}`,
    reaches: (entry: string, places: string) => `${entry} goes into ${places}`,
    reachesNothing: (entry: string) => `${entry} goes into nothing that is shown`,
    more: (places: string, more: number) => `${places} and ${more} more`,
    window: (from: number, to: number, all: number, what: 'rows' | 'columns') =>
      `${what} ${from}–${to} of ${all.toLocaleString('en')}`,
    up: 'Rows before',
    down: 'Rows after',
    left: 'Columns before',
    right: 'Columns after',
  },

  copy: {
    copy: (what: string) => `Copy ${what}`,
    copied: 'Copied',
    failed: 'The numbers could not be copied.',
  },

  fanOut: {
    title: (count: number) => `Fan-out: ${count} wires, their gradients add`,
    goTo: (name: string, target: string) => `${name} into ${target}`,
    total: 'total',
  },

  examples: {
    title: (count: number) => `Σ over ${counted(count, 'example', 'examples')}`,
    one: (number: number) => `example ${number}`,
    more: (count: number) => `and ${counted(count, 'further example', 'further examples')}`,
    sum: (terms: readonly string[], more: number, total: string) =>
      `${[...terms, ...(more > 0 ? ['…'] : [])].join(' + ')} = ${total}`,
  },

  stack: {
    show: 'Show the stack ∂y/∂W',
    title: (out: string, weights: string) => `The stack ∂${out}/∂${weights}`,
    explain: (count: number, x: string) =>
      `${counted(count, 'slice', 'slices')}, one for each output; each is zero but for one row, ${x}ᵀ.`,
    slider: 'Weigh and collapse',
    collapse: 'Collapse',
    unfold: 'Unfold',
    phase: {
      stack: 'Each slice answers for one output.',
      weigh: 'Each slice is weighed with its own entry of the upstream gradient.',
      collapse: 'No two slices have a row in common: added up they lie beside each other.',
      done: (g: string, x: string) => `The sum is ${g}·${x}ᵀ.`,
    },
    previous: 'Column before',
    next: 'Column after',
    column: (at: number, all: number) => `column ${at} of ${all}`,
    example: (at: number, all: number) => `example ${at} of ${all}`,
    both: (example: string, column: string) => `${example}, ${column}`,
    total: (all: number) => `Sum of all ${all}`,
    totalDone: (all: number, weights: string) => `All ${all} of these sum to dL/d${weights}.`,
    part: (shown: number, all: number, what: 'slices' | 'columns') =>
      `The first ${shown} of ${all.toLocaleString('en')} ${what} are drawn.`,
  },
};
