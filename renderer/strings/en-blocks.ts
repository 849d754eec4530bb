/** What the person's own blocks say. */
export const blocking = {
  heading: 'Your blocks',
  title: 'Save as a block',
  hint: 'It stands in the palette from now on, for every graph. A block of the same name is replaced.',
  name: 'Name',
  usual: 'Block',
  save: 'Save',
  cancel: 'Cancel',
  add: (title: string) => `Add ${title}`,
  detail: 'your block',
  remove: (title: string) => `Remove ${title} from your blocks`,
  removed: (title: string) => `${title} is no block any more.`,
  saved: (title: string) => `${title} is one of your blocks now.`,
  selectNodes: 'Select the nodes to keep as a block first.',
  noTitle: 'A block needs a name.',
  tooLarge: 'There is no more room for blocks here: remove some, or keep smaller values in them.',
  damaged: (title: string, why: string) => `${title} cannot be added. ${why}`,
};
