/** What the lists to choose from say. */
export const finding = {
  add: 'Add a node',
  addPlaceholder: 'Operation, number or expression',
  parts: 'Find a node or wire',
  partsPlaceholder: 'Name, operation or wire',
  commands: 'Command palette',
  commandsPlaceholder: 'Command or worked example',

  constant: 'constant',
  graphOf: (text: string) => `Graph of ${text}`,
  formulaOf: (text: string) => `One node that computes ${text}`,

  wire: (from: string, to: string) => `wire ${from} → ${to}`,
  example: (topic: string) => `Example · ${topic}`,

  nothingFits: (text: string) =>
    text ? `No operation called “${text}” fits this port.` : 'No operation fits this port.',
  shown: (name: string, at: number, count: number) => `${name}, ${at} of ${count}`,

  noOperation: (text: string) => `No operation is called “${text}”.`,
  noPart: (text: string) =>
    text ? `No node or wire is called “${text}”.` : 'The graph is empty so far.',
  noCommand: (text: string) => `No command is called “${text}”.`,
  more: (count: number) => `${count} more: type on to narrow the list.`,
};
