/**
 * The commands of menu and keyboard: one table for the native menu, for the web page's own keyboard handling and for
 * the hints in the interface. No Electron here: the page imports it too.
 */

export interface Command {
  /** As in the menu; an ellipsis where a dialog follows. */
  readonly label: string;
  /** Electron's notation, `CmdOrCtrl` being ⌘ on a Mac. */
  readonly accelerator?: string;
  /** A key without modifier, which the page handles itself; the menu only shows it. */
  readonly key?: string;
  readonly checkable?: true;
}

/** `satisfies` keeps the literal ids, from which `CommandId` comes. */
const table = {
  'file.new': { label: 'New', accelerator: 'CmdOrCtrl+N' },
  'file.open': { label: 'Open…', accelerator: 'CmdOrCtrl+O' },
  'file.save': { label: 'Save', accelerator: 'CmdOrCtrl+S' },
  'file.saveAs': { label: 'Save As…', accelerator: 'CmdOrCtrl+Shift+S' },
  'edit.undo': { label: 'Undo', accelerator: 'CmdOrCtrl+Z' },
  'edit.redo': { label: 'Redo', accelerator: 'CmdOrCtrl+Shift+Z' },
  'edit.cut': { label: 'Cut', accelerator: 'CmdOrCtrl+X' },
  'edit.copy': { label: 'Copy', accelerator: 'CmdOrCtrl+C' },
  'edit.paste': { label: 'Paste', accelerator: 'CmdOrCtrl+V' },
  'edit.pasteKeeping': { label: 'Paste Keeping Incoming Wires', accelerator: 'CmdOrCtrl+Shift+V' },
  'edit.duplicate': { label: 'Duplicate', accelerator: 'CmdOrCtrl+D' },
  'edit.delete': { label: 'Delete', key: 'Delete' },
  'edit.deleteReconnect': { label: 'Delete and Reconnect', accelerator: 'CmdOrCtrl+Delete' },
  'edit.rename': { label: 'Rename', key: 'F2' },
  'edit.selectAll': { label: 'Select All', accelerator: 'CmdOrCtrl+A' },
  'edit.selectUpstream': { label: 'Select Upstream', key: 'U' },
  'edit.selectDownstream': { label: 'Select Downstream', key: 'D' },
  'graph.insert': { label: 'Insert Node on Wire', key: 'I' },
  'graph.expand': { label: 'Expand', key: 'E' },
  'graph.collapse': { label: 'Collapse', key: 'Shift+E' },
  'view.build': { label: 'Build', accelerator: 'CmdOrCtrl+1', checkable: true },
  'view.trace': { label: 'Trace', accelerator: 'CmdOrCtrl+2', checkable: true },
  'view.train': { label: 'Train', accelerator: 'CmdOrCtrl+3', checkable: true },
  'view.present': { label: 'Present', accelerator: 'F5', checkable: true },
  'view.zoomIn': { label: 'Zoom In', accelerator: 'CmdOrCtrl+=' },
  'view.zoomOut': { label: 'Zoom Out', accelerator: 'CmdOrCtrl+-' },
  'view.zoomReset': { label: 'Actual Size', accelerator: 'CmdOrCtrl+0' },
  'view.zoomFit': { label: 'Fit Graph in Window', accelerator: 'CmdOrCtrl+9' },
  'view.themeSystem': { label: 'Like the System', checkable: true },
  'view.themeLight': { label: 'Light', checkable: true },
  'view.themeDark': { label: 'Dark', checkable: true },
  'view.blackboard': { label: 'Round Like the Blackboard', checkable: true },
  'view.replicas': { label: 'Replicas of the Batch', checkable: true },
  'run.playPause': { label: 'Play or Pause', key: 'Space' },
  'run.stepForward': { label: 'Step Forward', key: 'Right' },
  'run.stepBack': { label: 'Step Back', key: 'Left' },
  'run.toStart': { label: 'Go to Start', key: 'Home' },
  'run.toEnd': { label: 'Go to End', key: 'End' },
  'graph.check': { label: 'Check All Gradients' },
  'train.start': { label: 'Start Training', accelerator: 'CmdOrCtrl+Enter' },
  'train.stop': { label: 'Stop Training', accelerator: 'CmdOrCtrl+.' },
  'train.resume': { label: 'Resume Training', accelerator: 'CmdOrCtrl+Shift+Enter' },
  'train.chooseData': { label: 'Choose Data…' },
  'help.shortcuts': { label: 'Keyboard Shortcuts', accelerator: 'CmdOrCtrl+/' },
} as const satisfies Record<string, Command>;

/**
 * Commands of the menu and of the keyboard. `edit.*` commands reach the page only while the focus is outside of text
 * fields: inside, the host lets the field do its own undo, copy, …
 */
export type CommandId = keyof typeof table;

export const COMMANDS: Readonly<Record<CommandId, Command>> = table;

const isCommandId = (id: string): id is CommandId => Object.hasOwn(table, id);

export const COMMAND_IDS: readonly CommandId[] = Object.keys(table).filter(isCommandId);
