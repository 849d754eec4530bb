/** The native dialogs, each as one question with one answer. */

import { access } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { ConflictAnswer, UnsavedAnswer } from './contract.ts';
import { STRINGS } from './strings.ts';

const EXTENSION = '.gradwire';

const FILTERS = [
  { name: STRINGS.documents, extensions: ['gradwire', 'json'] },
  { name: STRINGS.anyFile, extensions: ['*'] },
];

const DATA_FILTERS = [
  { name: STRINGS.data, extensions: ['csv', 'tsv', 'npy', 'npz', 'zip', 'tar', 'tgz', 'gz'] },
  { name: STRINGS.anyFile, extensions: ['*'] },
];

/** The path to open, or null. */
export async function askOpen(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: STRINGS.openTitle,
    filters: FILTERS,
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The path to write, or null; whether it replaces a file has been asked by then. */
export async function askSave(
  window: BrowserWindow,
  suggestedName: string,
  folder: string | null,
): Promise<string | null> {
  const name = withExtension(suggestedName.trim() || STRINGS.untitled);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: STRINGS.saveTitle,
    defaultPath: folder === null ? name : join(folder, name),
    filters: FILTERS,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (canceled || filePath === '') return null;
  const path = withExtension(filePath);
  // Not every system's dialog adds the ending; then it asked about another name than the one that is written.
  if (path === filePath || !(await exists(path))) return path;
  return (await confirmReplace(window, basename(path))) ? path : null;
}

const withExtension = (path: string) => (extname(path) === '' ? path + EXTENSION : path);

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function confirmReplace(window: BrowserWindow, name: string): Promise<boolean> {
  const answer = await ask(window, STRINGS.replaceQuestion(name), '', [
    [STRINGS.replace, 'replace'],
    [STRINGS.cancel, 'cancel'],
  ]);
  return answer === 'replace';
}

const CHECKPOINTS = [
  { name: STRINGS.checkpoints, extensions: ['gradwire-checkpoint'] },
  { name: STRINGS.anyFile, extensions: ['*'] },
];

/** Where a checkpoint is to be written, or null. */
/** The path for a copy in another format, or null; the ending of the name says which. */
export async function askExportTarget(
  window: BrowserWindow,
  suggestedName: string,
): Promise<string | null> {
  const ending = extname(suggestedName).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: STRINGS.exportTitle,
    defaultPath: suggestedName,
    filters: [
      { name: ending.toUpperCase(), extensions: [ending] },
      { name: STRINGS.anyFile, extensions: ['*'] },
    ],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : filePath;
}

export async function askCheckpointTarget(
  window: BrowserWindow,
  suggestedName: string,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: STRINGS.checkpointTitle,
    defaultPath: suggestedName,
    filters: CHECKPOINTS,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  return canceled || filePath === '' ? null : filePath;
}

/** The checkpoint to read, or null. */
export async function askCheckpoint(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: STRINGS.checkpointOpenTitle,
    filters: CHECKPOINTS,
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The model of another program to read, or null. */
export async function askModel(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: STRINGS.modelTitle,
    filters: [{ name: STRINGS.models, extensions: ['onnx'] }],
    properties: ['openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

/** The path of a folder or a file of training data, or null. */
export async function askData(
  window: BrowserWindow,
  what: 'folder' | 'file',
): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: what === 'folder' ? STRINGS.dataTitle : STRINGS.dataFileTitle,
    filters: what === 'folder' ? [] : DATA_FILTERS,
    properties: [what === 'folder' ? 'openDirectory' : 'openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

export function confirmUnsaved(window: BrowserWindow, name: string): Promise<UnsavedAnswer> {
  return ask<UnsavedAnswer>(window, STRINGS.unsavedQuestion(name), STRINGS.unsavedDetail, [
    [STRINGS.save, 'save'],
    [STRINGS.discard, 'discard'],
    [STRINGS.cancel, 'cancel'],
  ]);
}

export function confirmConflict(window: BrowserWindow, name: string): Promise<ConflictAnswer> {
  return ask<ConflictAnswer>(window, STRINGS.conflictQuestion(name), STRINGS.conflictDetail, [
    [STRINGS.saveAs, 'saveAs'],
    [STRINGS.overwrite, 'overwrite'],
    [STRINGS.cancel, 'cancel'],
  ]);
}

/** Whether to go back to the file as it was saved. */
export async function confirmRevert(window: BrowserWindow, name: string): Promise<boolean> {
  const answer = await ask(window, STRINGS.revertQuestion(name), STRINGS.revertDetail, [
    [STRINGS.revert, 'revert'],
    [STRINGS.cancel, 'cancel'],
  ]);
  return answer === 'revert';
}

/** Whether to show the file as another program left it. */
export async function confirmReload(
  window: BrowserWindow,
  name: string,
  dirty: boolean,
): Promise<boolean> {
  const detail = dirty ? STRINGS.reloadLoses : STRINGS.reloadDetail;
  const reload = [STRINGS.reload, 'reload'] as const;
  const keep = [STRINGS.keep, 'cancel'] as const;
  // Where something would be lost, nothing is lost by default.
  const choices = dirty ? [keep, reload] : [reload, keep];
  return (await ask(window, STRINGS.conflictQuestion(name), detail, choices)) === 'reload';
}

/** The first choice is the default one; Escape and the close button mean “cancel”. */
async function ask<A extends string>(
  window: BrowserWindow,
  message: string,
  detail: string,
  choices: readonly (readonly [label: string, answer: A | 'cancel'])[],
): Promise<A | 'cancel'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message,
    detail,
    buttons: choices.map(([label]) => label),
    defaultId: 0,
    cancelId: choices.findIndex(([, answer]) => answer === 'cancel'),
    noLink: true,
  });
  return choices[response]?.[1] ?? 'cancel';
}
