/** What the commands and their keys say; their own labels stand beside them in the table of commands. */
export const commanding = {
  /** A step's name goes into the middle of a sentence. */
  undo: (step: string) => `Undo ${lowerFirst(step)}`,
  redo: (step: string) => `Redo ${lowerFirst(step)}`,
  noProblem: 'There is no problem to go to.',
  nothingFound: 'Look for a node or wire first.',

  keysTitle: 'Keyboard shortcuts',
  keysHint: 'Click a shortcut and press other keys; Backspace takes it away.',
  gestures: 'Mouse and canvas',
  gestureRows: [
    ['Add a node where you are', 'Double click, or Tab'],
    ['Add a number or an expression', 'Type it'],
    ['Add a node at the end of a wire', 'Let the wire go'],
    ['Insert a node on a wire', 'Drop it there'],
    ['Lead a wire elsewhere', 'Drag its end'],
    ['Cut a wire', 'Alt and click'],
    ['Name a wire', 'Double click'],
    ['Edit the value of a source', 'Enter'],
    ['Show the selected wire’s story large', 'Enter'],
    ['Edit a note', 'Double click, or Enter'],
    ['Select further parts', 'Ctrl or Shift and click'],
    ['Select by a rubber band', 'Shift and drag'],
    ['Nudge the selected nodes', 'Arrows in Build'],
    ['Look for an operation', '/'],
    ['Move the view', 'Drag; over nodes with Space, or the middle button'],
    ['Zoom', 'Wheel, with Ctrl where the wheel pans'],
  ] as readonly (readonly [string, string])[],
  pressKeys: 'Press keys…',
  noKeys: 'none',
  change: (label: string, keys: string) => `${label}: ${keys}. Change.`,
  taken: (label: string) => `“${label}” had these keys and has none of them now.`,
  assigned: (label: string, keys: string) => `“${label}” is ${keys} now.`,
  removed: (label: string) => `“${label}” has no keys now.`,
  kept: (keys: string) => `${keys} has a meaning of its own everywhere.`,
  notKeys: 'These keys cannot be used.',
  list: 'All shortcuts',
  fixed: 'These keys are the system’s own.',
  reset: 'Usual Shortcuts',
};

/** “Move” becomes “move”; names in quotation marks, symbols and abbreviations stay as they are. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
