/** What the pictures of a run say. */

const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

export const views = {
  label: 'Pictures of the net',
  names: {
    curves: 'Curves',
    distributions: 'Distributions',
    norms: 'Norms',
    optimizer: 'Optimizer',
    confusion: 'Confusion',
    mistakes: 'Mistakes',
    weights: 'Weights',
    regions: 'Regions',
    try: 'Try it',
  },
  larger: 'Give the pictures the room of the graph',
  smaller: 'Show the graph beside the pictures',

  parts: { train: 'train', validation: 'validation', test: 'test' },
  part: 'Part of the data',
  step: (step: number | undefined) => (step === undefined ? 'as in the graph' : `step ${step}`),
  waiting: 'Asking the net …',
  needsData: 'Choose a data set: then the net can be looked at, before, during and after training.',
  needsLoss: 'Mark the loss: then the net can be looked at.',
  noClasses: 'There are no classes to confuse: the net answers with numbers.',
  noVerdict:
    'The loss does not tell what the net answers: use softmax cross-entropy, hinge, binary cross-entropy or a squared error.',

  spreads: {
    roles: { activation: 'Activations', gradient: 'Gradients', weight: 'Weights' },
    which: 'What is spread',
    of: (examples: number) => `over ${examples} examples`,
    history:
      'Each strip shows one step after another from left to right: the darker, the more numbers lie there. The bars at its end are now.',
    mean: 'mean',
    deviation: 'sd',
    zeros: (share: number) => `${percent(share)} zeros`,
    saturated: (share: number) => `${percent(share)} saturated`,
    notFinite: (count: number) => `${count} not finite`,
    none: 'There is no layer with parameters and no activation function to look at.',
    label: (name: string, mean: string, deviation: string, low: string, high: string) =>
      `${name}: mean ${mean}, standard deviation ${deviation}, from ${low} to ${high}`,
  },

  norms: {
    gradient: 'Gradient norm',
    weight: 'Weight norm',
    ratio: 'Update / weight',
    ratioHint: 'How much a step changes a parameter, beside its own size: about 0.001 is healthy.',
    parameter: 'Parameter',
    none: 'All parameters are frozen, so there is no gradient to measure.',
    plot: (name: string, steps: number) => `${name}, measured at ${steps} steps`,
    noRatio: 'The updates are measured while the net trains.',
  },

  confusion: {
    title: 'Confusion matrix',
    truth: 'true',
    predicted: 'predicted',
    accuracy: 'accuracy',
    right: 'right',
    top1: 'top-1 error',
    top5: 'top-5 error',
    loss: 'loss',
    examples: (examples: number, of: number) =>
      examples === of
        ? `all ${examples.toLocaleString('en')} examples`
        : `${examples.toLocaleString('en')} of ${of.toLocaleString('en')} examples, at even distances`,
    cell: (truth: string, predicted: string, count: number) =>
      `${count} of class ${truth} predicted as ${predicted}`,
    share: percent,
    yesNo: ['no', 'yes'],
  },

  mistakes: {
    title: (count: number) =>
      count === 1 ? 'The one mistake' : `The ${count} most wrong, the worst first`,
    none: 'Not one mistake: every example is answered rightly.',
    says: (answer: string) => `says ${answer}`,
    is: (truth: string) => `is ${truth}`,
    example: (part: string, index: number) => `${part} ${index}`,
    pick: (answer: string, truth: string, index: number) =>
      `Example ${index}: the net ${answer}, it ${truth}`,
  },

  weights: {
    which: 'Parameter',
    row: (row: number) => `row ${row}`,
    filter: (filter: number) => `filter ${filter}`,
    templates: 'Each row as an image: what its output answers to most',
    filters: 'Each filter as an image',
    matrix: 'Rows and columns',
    more: (shown: number, all: number) => `The first ${shown} of ${all}.`,
    signed: 'Blue is positive, ink negative.',
    none: 'The graph has no parameters.',
  },

  regions: {
    none: 'Regions are drawn where the net is given two numbers, a curve where it is given one.',
    plane: 'What the net answers at each point of the plane',
    line: 'What the net answers along the line',
    trained: 'trained on',
    held: 'held back',
    class: (name: string) => `class ${name}`,
    low: 'low',
    high: 'high',
    of: (at: number) => `output ${at}`,
  },

  try: {
    way: 'Where the example comes from',
    ways: { data: 'Data', draw: 'Draw', image: 'Image', numbers: 'Type' },
    example: 'Example',
    random: 'Another one, at random',
    of: (count: number) => `of ${count.toLocaleString('en')}`,
    is: 'It is',
    drawHint: 'Draw with the mouse, a pen or a finger.',
    drawLabel: 'Field to draw in; the image tab takes files',
    clear: 'Clear',
    noDrawing: 'Drawing needs a net that is given an image in grey.',
    imageHint: 'Drop an image here, paste one, or',
    choose: 'Choose image…',
    invert: 'Invert light and dark',
    noImage: 'An image needs a net that is given one.',
    badImage: 'This is no image that can be read: use PNG, JPEG or another that browsers show.',
    numbersLabel: (count: number) => `The ${count} numbers that the net is given`,
    numbersCount: (wanted: number, given: number) =>
      `The net is given ${wanted} ${wanted === 1 ? 'number' : 'numbers'}; here ${given === 1 ? 'is 1' : `are ${given}`}.`,
    given: 'given',
    answer: 'The net says',
    says: (name: string, share: string) => `${name}, ${share}`,
    output: 'Output',
    truth: 'right would be',
    loss: 'loss',
    maps: 'What the layers make of it',
    map: (name: string, channel: number) => `${name}, channel ${channel}`,
    vector: (name: string, count: number) => `${name}: ${count} numbers`,
    moreMaps: (count: number) => `${count} more`,
    nothing: 'Draw, drop or type something: the net answers at once.',
  },

  trace: {
    title: 'Trace with these numbers',
    example: 'Trace this example',
    some: 'Trace an example',
    batch: 'Trace a mini-batch of',
    size: 'Examples in the mini-batch',
    busy: 'Fetching the numbers …',
    step: (step: number | undefined) => (step === undefined ? '' : `Step ${step}, `),
    of: (part: string, index: number) => `${part} example ${index}`,
    own: 'example of your own',
    ofBatch: (part: string, first: number, last: number, count: number) =>
      `mini-batch of ${count}, ${part} examples ${first} to ${last}`,
    inUse: ', as in use',
    failed: 'The numbers could not be had. Try again.',
    open: 'These numbers are of another document.',
  },
};
