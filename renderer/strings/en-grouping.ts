/** What frames and groups say. */

const nodes = (count: number) => (count === 1 ? '1 node' : `${count} nodes`);

export const grouping = {
  title: (at: number) => (at === 1 ? 'Group' : `Group ${at}`),
  group: (count: number) => `Group ${nodes(count)}`,
  grouped: (title: string, count: number) => `${title} holds ${nodes(count)} now.`,
  ungroup: (title: string) => `Ungroup ${title}`,
  fold: (title: string) => `Fold ${title}`,
  unfold: (title: string) => `Unfold ${title}`,
  foldHint: 'Fold into one node',
  unfoldHint: 'Unfold',
  enter: (title: string) => `Open ${title}`,
  entered: (title: string) => `Inside ${title}.`,
  leftAll: 'The whole graph is shown.',
  moveInto: (title: string) => `Move into ${title}`,
  takeOut: (title: string) => `Take out of ${title}`,
  repeat: (title: string, count: number) => `Repeat ${title} ${count} times`,
  repeatTitle: 'Repeat the group',
  repeatHint:
    'The copies stand one behind the other, each with parameters of its own, and are drawn once with their number.',
  copies: 'Copies',
  repeatDo: 'Repeat',
  cancel: 'Cancel',
  times: (count: number) => `×${count}`,
  color: 'Color the group',
  colors: 'Color',
  colorNames: {
    '': 'no color',
    gray: 'gray',
    blue: 'blue',
    green: 'green',
    yellow: 'yellow',
    red: 'red',
    purple: 'purple',
  },
  whole: 'Whole graph',
  path: 'Where you are',
  spoken: (title: string, count: number, repeats?: number) =>
    `group ${title}, ${repeats === undefined ? '' : `${repeats} copies, `}${nodes(count)}`,
  count: nodes,
  input: (title: string, name: string) => `input ${name} of ${title}`,
  output: (title: string, name: string) => `output ${name} of ${title}`,
  outside: (name: string) => `${name}, outside of this group`,
  selectNodes: 'Select the nodes to group first.',
  selectFramed: 'Select something inside a group first.',
  notInside: 'The whole graph is shown already.',
};

export type FrameColor = keyof typeof grouping.colorNames;

export function isFrameColor(color: string): color is FrameColor {
  return Object.hasOwn(grouping.colorNames, color);
}
