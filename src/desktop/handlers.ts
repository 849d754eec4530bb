/** What main does for each request of a page. */

import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { app, nativeTheme } from 'electron';
import type {
  FileRef,
  Keymap,
  OpenedFile,
  RecoveryCopy,
  RecoveryId,
  SaveRequest,
  SaveResult,
} from './contract.ts';
import type { Datasets } from './datasets.ts';
import {
  askCheckpoint,
  askCheckpointTarget,
  askData,
  askExportTarget,
  askModel,
  askOpen,
  askSave,
  confirmConflict,
  confirmReload,
  confirmRevert,
  confirmUnsaved,
} from './dialogs.ts';
import { inTurn, readBinaryFile, writeWhole } from './disk.ts';
import type { Documents } from './documents.ts';
import type { Editor } from './editor.ts';
import { DesktopError, fileError } from './errors.ts';
import { type Handlers, tell } from './ipc.ts';
import type { RecentFiles } from './recent.ts';
import type { KeptCopy, Recovery } from './recovery.ts';
import type { Runs } from './runs.ts';
import { openExternal } from './security.ts';
import { STRINGS } from './strings.ts';
import { startTrainer, stopTrainer, trainerMemory } from './trainer.ts';
import { raise, showDocument } from './windows.ts';

export interface Services {
  readonly documents: Documents;
  readonly datasets: Datasets;
  readonly runs: Runs;
  readonly recent: RecentFiles;
  readonly recovery: Recovery;
  /** Folders of data that are offered without asking. */
  readonly knownData: readonly string[];
  readonly preload: string;
  /** The window that shows a file, other than this one. */
  showing(ref: FileRef, except: Editor): Promise<Editor | undefined>;
  /** Opens a window that takes over a recovery copy. */
  restoreElsewhere(id: RecoveryId): void;
  /** What the window says of its commands has changed. */
  menuChanged(editor: Editor): void;
  setKeymap(keymap: Keymap): void;
}

export function createHandlers(services: Services): Handlers {
  const { documents, datasets, recent, recovery, runs } = services;
  /** In which window the copies of earlier sessions are offered. */
  let offering: Editor | null = null;

  const read = async (ref: FileRef): Promise<OpenedFile> => {
    const { path } = documents.origin(ref);
    try {
      const file = await documents.read(ref);
      remember(path);
      return file;
    } catch (error) {
      if (error instanceof DesktopError && error.code === 'not-found') recent.remove(path);
      throw error;
    }
  };

  const remember = (path: string) => {
    recent.add(path);
    app.addRecentDocument(path);
  };

  const saveTo = async (
    ref: FileRef,
    request: SaveRequest,
    overwrite: boolean,
  ): Promise<SaveResult> => {
    const { path } = documents.origin(ref);
    const { name } = documents.refer(path);
    if (!(await documents.write(ref, request.text, overwrite))) {
      return { status: 'conflict', ref, name };
    }
    remember(path);
    return { status: 'saved', ref, name };
  };

  const toPage = (id: RecoveryId, copy: KeptCopy): RecoveryCopy => {
    const { text, name, origin, keptAt } = copy;
    return { id, text, name, ref: origin === null ? null : documents.restore(origin), keptAt };
  };

  return {
    'files.open': async (_payload, editor) => {
      const path = await askOpen(editor.window);
      if (path === null) return null;
      const { ref } = documents.refer(path);
      const other = await services.showing(ref, editor);
      if (other === undefined) return read(ref);
      raise(other);
      return null;
    },
    'files.read': ({ ref }) => read(ref),
    'files.change': ({ ref }) => documents.change(ref),
    'files.versions': ({ ref }) => documents.versions(ref),
    'files.version': async ({ ref, id }) => ({ text: await documents.version(ref, id) }),
    'files.save': async (request, editor) => {
      if (request.ref !== null) return saveTo(request.ref, request, request.overwrite ?? false);
      const latest = recent.list[0];
      const folder = latest === undefined ? null : dirname(latest);
      const path = await askSave(editor.window, request.suggestedName, folder);
      if (path === null) return { status: 'cancelled' };
      const { ref, name } = documents.refer(path);
      if (await services.showing(ref, editor)) {
        throw new DesktopError('open-elsewhere', STRINGS.openElsewhere(name));
      }
      // The dialog has asked about replacing a file that exists.
      return saveTo(ref, request, true);
    },
    'files.import': async (_payload, editor) => {
      const path = await askModel(editor.window);
      return path === null ? null : { name: basename(path), bytes: await readBinaryFile(path) };
    },
    'files.saveBytes': async ({ bytes, suggestedName }, editor) => {
      const path = await askExportTarget(editor.window, suggestedName);
      if (path === null) return false;
      await inTurn(path, () => writeWhole(path, bytes));
      return true;
    },
    'files.ready': (_payload, editor) => {
      editor.ready = true;
      for (const { name, payload } of editor.waiting.splice(0)) tell(editor, name, payload);
      return null;
    },

    'recovery.keep': async ({ text, name, ref }, editor) => {
      const origin = ref === null ? null : documents.origin(ref);
      await editor.recovery.keep({ text, name, origin, keptAt: Date.now() });
      return null;
    },
    'recovery.offers': async (_payload, editor) => {
      // Its own one is there where its page crashed or was loaded again.
      const own = editor.recovery;
      const copy = await own.load();
      if (copy !== null) {
        recovery.leave(own, copy);
        editor.recovery = recovery.slot();
      }
      if (offering === null || offering.window.isDestroyed()) offering = editor;
      return recovery.left
        .filter(({ id }) => offering === editor || id === own.id)
        .map(({ id, name, keptAt }) => ({ id, name, keptAt }));
    },
    'recovery.read': async ({ id }) => {
      const copy = await recovery.read(id);
      if (copy === null) throw new DesktopError('not-found', STRINGS.copyGone);
      return { text: copy.text };
    },
    'recovery.take': async ({ id }, editor) => {
      if (!recovery.isLeft(id)) throw new DesktopError('not-found', STRINGS.copyGone);
      const own = editor.recovery;
      editor.recovery = recovery.slot(id);
      await own.discard();
      const copy = await editor.recovery.load();
      if (copy === null) throw new DesktopError('not-found', STRINGS.copyGone);
      return toPage(id, copy);
    },
    'recovery.takeElsewhere': ({ id }) => {
      if (recovery.isLeft(id)) services.restoreElsewhere(id);
      return null;
    },
    'recovery.refuse': async ({ id }) => {
      await recovery.refuse(id);
      return null;
    },
    'recovery.discard': async (_payload, editor) => {
      await editor.recovery.discard();
      return null;
    },

    'window.setDocument': (shown, editor) => {
      showDocument(editor, shown);
      return null;
    },
    'window.setTheme': ({ theme }) => {
      nativeTheme.themeSource = theme;
      return null;
    },
    'window.setScale': ({ scale }, editor) => {
      editor.contents.setZoomFactor(scale);
      return null;
    },
    'window.confirmUnsaved': ({ name }, editor) => confirmUnsaved(editor.window, name),
    'window.confirmConflict': ({ name }, editor) => confirmConflict(editor.window, name),
    'window.confirmRevert': ({ name }, editor) => confirmRevert(editor.window, name),
    'window.confirmReload': ({ name, dirty }, editor) => confirmReload(editor.window, name, dirty),
    'window.closeHeard': (_payload, editor) => {
      editor.closing.heard();
      return null;
    },
    'window.closeAnswer': async ({ close }, editor) => {
      await editor.closing.answer(close);
      return null;
    },

    'commands.setState': ({ disabled, checked, named }, editor) => {
      editor.disabled = new Set(disabled);
      editor.checked = new Set(checked);
      editor.named = named;
      services.menuChanged(editor);
      return null;
    },
    'commands.setKeymap': ({ keymap }) => {
      services.setKeymap(keymap);
      return null;
    },
    'commands.editText': ({ edit }, editor) => {
      editor.contents[edit]();
      return null;
    },

    'trainer.start': async (_payload, editor) => ({
      trainer: await startTrainer(editor, services.preload),
    }),
    'trainer.stop': ({ trainer }, editor) => {
      stopTrainer(editor, { id: trainer });
      return null;
    },

    'trainer.memory': ({ trainer }, editor) => trainerMemory(editor, trainer),

    'runs.list': () => runs.list(),
    'runs.keep': async ({ id, record }) => {
      await runs.keep(id, record);
      return null;
    },
    'runs.keepCheckpoint': async ({ id, bytes }) => {
      await runs.keepCheckpoint(id, bytes);
      return null;
    },
    'runs.checkpoint': ({ id }) => runs.checkpoint(id),
    'runs.remove': async ({ id }) => {
      await runs.remove(id);
      return null;
    },
    'runs.export': async ({ bytes, suggestedName }, editor) => {
      const path = await askCheckpointTarget(editor.window, suggestedName);
      if (path === null) return false;
      await inTurn(path, () => writeWhole(path, bytes));
      return true;
    },
    'runs.import': async (_payload, editor) => {
      const path = await askCheckpoint(editor.window);
      if (path === null) return null;
      const name = basename(path);
      try {
        return { name, bytes: await readFile(path) };
      } catch (error) {
        throw fileError(error, name, 'opened');
      }
    },

    'datasets.known': () => datasets.grantFound(services.knownData),
    'datasets.choose': async ({ what }, editor) => {
      const path = await askData(editor.window, what);
      return path === null ? null : datasets.grant(path);
    },

    'system.openExternal': async ({ url }) => {
      await openExternal(url);
      return null;
    },
  };
}
