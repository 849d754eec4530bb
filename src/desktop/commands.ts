/**
 * The commands of menu and keyboard: one table for the native menu, for the page's own keyboard handling and for the
 * hints in the interface. No Electron here: the page imports it too. Where they stand is in `menus.ts`.
 */

export interface Command {
  /** As in the menu; an ellipsis where a dialog follows. */
  readonly label: string;
  /**
   * Its usual keys, the one to show first, in Electron's notation, `CmdOrCtrl` being ⌘ on a Mac. Those without a main
   * modifier belong to the page: typed into a field they are text.
   */
  readonly keys?: readonly string[];
  readonly checkable?: true;
}

/** `satisfies` keeps the literal ids, from which `CommandId` comes. */
const table = {
  'file.new': { label: 'New', keys: ['CmdOrCtrl+N'] },
  'file.open': { label: 'Open…', keys: ['CmdOrCtrl+O'] },
  'file.save': { label: 'Save', keys: ['CmdOrCtrl+S'] },
  'file.saveAs': { label: 'Save As…', keys: ['CmdOrCtrl+Shift+S'] },
  'file.revert': { label: 'Revert to Saved…' },
  'file.versions': { label: 'Earlier Versions…' },
  'file.import': { label: 'Import ONNX Model…' },
  'file.export': { label: 'Export…', keys: ['CmdOrCtrl+E'] },
  'edit.undo': { label: 'Undo', keys: ['CmdOrCtrl+Z'] },
  'edit.redo': { label: 'Redo', keys: ['CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y'] },
  'edit.cut': { label: 'Cut', keys: ['CmdOrCtrl+X'] },
  'edit.copy': { label: 'Copy', keys: ['CmdOrCtrl+C'] },
  'edit.paste': { label: 'Paste', keys: ['CmdOrCtrl+V'] },
  'edit.pasteKeeping': { label: 'Paste Keeping Incoming Wires', keys: ['CmdOrCtrl+Shift+V'] },
  'edit.duplicate': { label: 'Duplicate', keys: ['CmdOrCtrl+D'] },
  'edit.delete': { label: 'Delete', keys: ['Delete'] },
  'edit.deleteReconnect': { label: 'Delete and Reconnect', keys: ['CmdOrCtrl+Delete'] },
  'edit.rename': { label: 'Rename', keys: ['F2'] },
  'edit.selectAll': { label: 'Select All', keys: ['CmdOrCtrl+A'] },
  'edit.selectUpstream': { label: 'Select Upstream', keys: ['U'] },
  'edit.selectDownstream': { label: 'Select Downstream', keys: ['D'] },
  'edit.find': { label: 'Find Node or Wire…', keys: ['CmdOrCtrl+F'] },
  'edit.findNext': { label: 'Find Next', keys: ['F3'] },
  'edit.findPrevious': { label: 'Find Previous', keys: ['Shift+F3'] },
  'edit.nextProblem': { label: 'Next Problem', keys: ['F8'] },
  'edit.previousProblem': { label: 'Previous Problem', keys: ['Shift+F8'] },
  'graph.add': { label: 'Add Node…', keys: ['A'] },
  'graph.note': { label: 'Add Note', keys: ['N'] },
  'graph.insert': { label: 'Insert Node on Wire', keys: ['I'] },
  'graph.arrange': { label: 'Arrange', keys: ['CmdOrCtrl+L'] },
  'graph.alignLeft': { label: 'Left', keys: ['Alt+A'] },
  'graph.alignCenter': { label: 'Center', keys: ['Alt+H'] },
  'graph.alignRight': { label: 'Right', keys: ['Alt+D'] },
  'graph.alignTop': { label: 'Top', keys: ['Alt+W'] },
  'graph.alignMiddle': { label: 'Middle', keys: ['Alt+V'] },
  'graph.alignBottom': { label: 'Bottom', keys: ['Alt+S'] },
  'graph.distributeAcross': { label: 'Distribute Horizontally', keys: ['Alt+Shift+H'] },
  'graph.distributeDown': { label: 'Distribute Vertically', keys: ['Alt+Shift+V'] },
  'graph.bypass': { label: 'Bypass', keys: ['B'], checkable: true },
  'graph.loss': { label: 'Use as the Loss', keys: ['L'], checkable: true },
  'graph.group': { label: 'Group', keys: ['CmdOrCtrl+G'] },
  'graph.ungroup': { label: 'Ungroup', keys: ['CmdOrCtrl+Shift+G'] },
  'graph.takeOut': { label: 'Take Out of Group', keys: ['CmdOrCtrl+Alt+G'] },
  'graph.fold': { label: 'Fold Group', keys: ['G'], checkable: true },
  'graph.enter': { label: 'Open Group', keys: ['CmdOrCtrl+Down'] },
  'graph.leave': { label: 'Leave Group', keys: ['CmdOrCtrl+Up'] },
  'graph.repeat': { label: 'Repeat Group…' },
  'graph.saveBlock': { label: 'Save as Block…' },
  'graph.expand': { label: 'Expand', keys: ['E'] },
  'graph.collapse': { label: 'Collapse', keys: ['Shift+E'] },
  'view.build': { label: 'Build', keys: ['CmdOrCtrl+1'], checkable: true },
  'view.trace': { label: 'Trace', keys: ['CmdOrCtrl+2'], checkable: true },
  'view.train': { label: 'Train', keys: ['CmdOrCtrl+3'], checkable: true },
  'view.present': { label: 'Present', keys: ['F5'], checkable: true },
  'view.zoomIn': { label: 'Zoom In', keys: ['CmdOrCtrl+=', 'CmdOrCtrl+Plus'] },
  'view.zoomOut': { label: 'Zoom Out', keys: ['CmdOrCtrl+-'] },
  'view.zoomReset': { label: 'Actual Size', keys: ['CmdOrCtrl+0'] },
  'view.zoomFit': { label: 'Fit Graph in Window', keys: ['CmdOrCtrl+9'] },
  'view.zoomSelection': { label: 'Zoom to Selection', keys: ['F'] },
  'view.themeSystem': { label: 'Like the System', checkable: true },
  'view.themeLight': { label: 'Light', checkable: true },
  'view.themeDark': { label: 'Dark', checkable: true },
  'view.themeContrast': { label: 'High Contrast', checkable: true },
  'view.scaleLarger': { label: 'Larger Interface', keys: ['CmdOrCtrl+Alt+='] },
  'view.scaleSmaller': { label: 'Smaller Interface', keys: ['CmdOrCtrl+Alt+-'] },
  'view.scaleUsual': { label: 'Usual Size of the Interface', keys: ['CmdOrCtrl+Alt+0'] },
  'view.groupColours': { label: 'Color by Operation Group', checkable: true },
  'view.wheelPans': { label: 'Wheel Pans', checkable: true },
  'view.blackboard': { label: 'Round Like the Blackboard', checkable: true },
  'view.replicas': { label: 'Replicas of the Batch', keys: ['M'], checkable: true },
  'run.playPause': { label: 'Play or Pause', keys: ['Space'] },
  'run.stepForward': { label: 'Step Forward', keys: ['Right'] },
  'run.stepBack': { label: 'Step Back', keys: ['Left'] },
  'run.toStart': { label: 'Go to Start', keys: ['Home'] },
  'run.toEnd': { label: 'Go to End', keys: ['End'] },
  'run.toSelected': { label: 'Run to Selection', keys: ['R'] },
  'graph.check': { label: 'Check All Gradients' },
  'train.start': { label: 'Start Training', keys: ['CmdOrCtrl+Enter'] },
  'train.stop': { label: 'Stop Training', keys: ['CmdOrCtrl+.'] },
  'train.resume': { label: 'Resume Training', keys: ['CmdOrCtrl+Shift+Enter'] },
  'train.pause': { label: 'Pause Training' },
  'train.step': { label: 'Take One Step' },
  'train.runs': { label: 'Runs…' },
  'train.chooseData': { label: 'Choose Data…' },
  'help.commands': { label: 'Command Palette…', keys: ['CmdOrCtrl+Shift+P'] },
  'help.licences': { label: 'Licenses' },
  'help.shortcuts': { label: 'Keyboard Shortcuts', keys: ['?', 'CmdOrCtrl+/'] },
} as const satisfies Record<string, Command>;

/**
 * Commands of the menu and of the keyboard. `edit.*` commands reach the page only while the focus is outside of text
 * fields: inside, the host lets the field do its own undo, copy, …
 */
export type CommandId = keyof typeof table;

export const COMMANDS: Readonly<Record<CommandId, Command>> = table;

const isCommandId = (id: string): id is CommandId => Object.hasOwn(table, id);

export const COMMAND_IDS: readonly CommandId[] = Object.keys(table).filter(isCommandId);

const modifier = '(CmdOrCtrl|Alt|Shift)\\+';
const named =
  'Plus|Space|Tab|Delete|Insert|Enter|Escape|Up|Down|Left|Right|Home|End|PageUp|PageDown';
const notation = new RegExp(
  `^(${modifier}){0,3}([A-Z0-9]|F([1-9]|1\\d|2[0-4])|[!-*,-/:-@[-\`{-~]|${named})$`,
);

/** Whether this is a combination of keys as Electron writes them; with others it refuses to build a menu. */
export function isKeys(value: unknown): value is string {
  return typeof value === 'string' && notation.test(value);
}

/** Whether keys stand for text wherever text is typed: they hold no main modifier, nor are they a function key. */
export function isTyped(keys: string): boolean {
  return !/(^|\+)(CmdOrCtrl|Alt|F\d{1,2})(\+|$)/.test(keys);
}
