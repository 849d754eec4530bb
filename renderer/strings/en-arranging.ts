/** What arranging nodes says. */

const nodes = (count: number) => (count === 1 ? '1 node' : `${count} nodes`);

export const arranging = {
  layout: (count: number) => `Arrange ${nodes(count)}`,
  align: (count: number) => `Align ${nodes(count)}`,
  distribute: (count: number) => `Distribute ${nodes(count)}`,
  working: 'The graph is being arranged.',
  arranged: (count: number) => `${nodes(count)} arranged from left to right.`,
  nothing: 'There is nothing to arrange so far.',
  changed: 'The graph was changed meanwhile. Arrange it again.',
  failed: 'This graph could not be arranged.',
  selectTwo: 'Select two or more nodes to align.',
  selectThree: 'Select three or more nodes to distribute.',
};
