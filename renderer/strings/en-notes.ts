/** What notes on the canvas say. */
export const noting = {
  add: 'Add note',
  edit: 'Edit note',
  move: 'Move note',
  resize: 'Resize note',
  color: 'Color note',
  remove: 'Delete note',
  removed: 'Note deleted.',
  name: (line: string) => `Note: ${line}`,
  empty: 'empty',
  keys: 'Enter edits it, the arrow keys move it, with Shift they resize it, Delete removes it.',
  tools: 'Of this note',
  text: 'Text of the note',
  placeholder: 'Markdown, and formulas between $ signs',
};
