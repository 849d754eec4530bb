/** What main itself shows: titles, dialogs, menus (labels of commands are in `commands.ts`, of menus in `menus.ts`). */
export const STRINGS = {
  app: 'Gradwire',
  untitled: 'Untitled',
  documents: 'Gradwire documents',
  anyFile: 'All files',
  openTitle: 'Open a graph',
  saveTitle: 'Save the graph',
  checkpoints: 'Gradwire checkpoints',
  models: 'ONNX models',
  modelTitle: 'Import an ONNX model',
  exportTitle: 'Export',
  checkpointTitle: 'Export the checkpoint',
  checkpointOpenTitle: 'Import a checkpoint',
  dataTitle: 'Choose a folder of training data',
  dataFileTitle: 'Choose a file of training data',
  data: 'Training data',

  replaceQuestion: (name: string) => `“${name}” exists already. Replace it?`,
  replace: 'Replace',
  cancel: 'Cancel',

  unsavedQuestion: (name: string) => `Save the changes to “${name}”?`,
  unsavedDetail: 'Without saving, they are lost.',
  save: 'Save',
  discard: 'Don’t Save',

  conflictQuestion: (name: string) => `“${name}” was changed by another program.`,
  conflictDetail: 'Overwriting it loses those changes; saving under another name keeps both.',
  overwrite: 'Overwrite',
  saveAs: 'Save As…',

  revertQuestion: (name: string) => `Go back to “${name}” as it was saved?`,
  revertDetail: 'The changes since then are lost.',
  revert: 'Revert',

  reloadDetail: 'It has no unsaved changes here.',
  reloadLoses: 'Loading it again loses the unsaved changes here.',
  reload: 'Load Again',
  keep: 'Keep Mine',

  openElsewhere: (name: string) =>
    `“${name}” is open in another window; choose another name, or save it there.`,

  hangingQuestion: 'The window does not answer. Close it all the same?',
  hangingDetail: 'Gradwire offers the last recovery copy of the document at its next start.',
  wait: 'Wait',
  close: 'Close',

  editorGoneQuestion: 'The editor ended unexpectedly. Open it again?',
  editorGoneDetail: 'The last recovery copy of the document is kept.',
  reopen: 'Open Again',

  copyGone: 'This recovery copy is no longer there.',

  pageMissing: 'The editor’s page could not be loaded; the installation seems damaged.',

  menuNewWindow: 'New Window',
  menuRecent: 'Open Recent',
  menuNoRecent: 'No Recent Files',
  menuClearRecent: 'Clear List',
  menuClose: 'Close Window',
  menuQuit: 'Quit',
  menuFullScreen: 'Full Screen',
  menuDeveloper: 'Developer Tools',
  menuAbout: 'About Gradwire',
  menuUpdates: 'Look for Updates',

  updateQuestion: 'Look for newer versions of Gradwire at each start?',
  updateDetail: (host: string) =>
    `Gradwire then asks ${host}, over https, which version is the newest. Nothing of yours is sent, and nothing is downloaded or installed before you are asked.`,
  updateYes: 'Look for Updates',
  updateNone: 'This is the newest version.',
  updateNoAddress:
    'This copy of Gradwire has no address to look for updates at; it never uses the network for them.',
  updateNotSecure:
    'The address to look for updates at is not a secure one (https), so it is not asked.',
  updateFailed: (host: string, reason: string) =>
    `${host} could not be asked for updates: ${reason}`,
  updateFound: (version: string, own: string) =>
    `Gradwire ${version} is there; this is ${own}. Download it?`,
  updateDownload: 'Download',
  updateLater: 'Later',
  updateReady: (version: string) => `Gradwire ${version} is downloaded. Install it now?`,
  updateReadyDetail:
    'Gradwire ends and starts again; documents that are not saved are asked about.',
  updateRestart: 'Install and Restart',

  trainerCrashed: 'The trainer process crashed.',
  trainerKilled: 'The trainer process was ended from outside.',
  trainerMemory: 'The trainer process ran out of memory.',
  trainerHung: 'The trainer process stopped answering and was ended.',
  trainerNotStarted: 'The trainer process could not be started.',
} as const;
