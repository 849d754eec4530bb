/** electron-updater behind `Updater`. Loaded when it is used; its session gets to the network over https alone. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog, session } from 'electron';
import { parseUrl } from './paths.ts';
import { STRINGS } from './strings.ts';
import type { Update, UpdateDialogs, Updater } from './updates.ts';

/** The session that electron-updater asks through. */
const PARTITION = 'electron-updater';

/** The address that `npm run dist` wrote beside the app, where it was given one. Elsewhere there are no updates. */
export async function updateAddress(): Promise<string | null> {
  // On Linux only an AppImage can put a newer one in its own place.
  const replaceable = process.platform !== 'linux' || process.env.APPIMAGE !== undefined;
  if (!app.isPackaged || !replaceable) return null;
  const text = await readFile(join(process.resourcesPath, 'app-update.yml'), 'utf8').catch(
    () => '',
  );
  return /^url: *["']?([^\s"']+)/m.exec(text)?.[1] ?? null;
}

export async function loadUpdater(): Promise<Updater> {
  // Every session is cut off from the network when it is made; this one gets https back.
  session
    .fromPartition(PARTITION, { cache: false })
    .webRequest.onBeforeRequest((details, answer) => {
      answer({ cancel: parseUrl(details.url)?.protocol !== 'https:' });
    });
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.logger = null;
  // Without a listener an error that it reports twice would end the app.
  autoUpdater.on('error', () => undefined);
  return {
    find: async () => {
      const found = await autoUpdater.checkForUpdates();
      if (!found?.isUpdateAvailable) return null;
      const { version, releaseNotes } = found.updateInfo;
      return { version, notes: typeof releaseNotes === 'string' ? releaseNotes : '' };
    },
    download: async () => {
      await autoUpdater.downloadUpdate();
    },
    install: () => autoUpdater.quitAndInstall(),
  };
}

/** The system's dialogs, over the window in front where there is one. */
export function updateDialogs(window: () => BrowserWindow | undefined): UpdateDialogs {
  const show = async (message: string, detail: string, buttons: string[]) => {
    const options = {
      message,
      detail,
      buttons,
      defaultId: 0,
      cancelId: buttons.length - 1,
      noLink: true,
    };
    const parent = window();
    const { response } = await (parent
      ? dialog.showMessageBox(parent, options)
      : dialog.showMessageBox(options));
    return response === 0;
  };
  return {
    agree: (host) =>
      show(STRINGS.updateQuestion, STRINGS.updateDetail(host), [STRINGS.updateYes, STRINGS.cancel]),
    offer: ({ version, notes }: Update) =>
      show(STRINGS.updateFound(version, app.getVersion()), shortened(notes), [
        STRINGS.updateDownload,
        STRINGS.updateLater,
      ]),
    restart: (version) =>
      show(STRINGS.updateReady(version), STRINGS.updateReadyDetail, [
        STRINGS.updateRestart,
        STRINGS.updateLater,
      ]),
    say: async (sentence) => {
      await show(sentence, '', [STRINGS.close]);
    },
  };
}

/** A dialog has no room for more. */
const shortened = (notes: string) => (notes.length > 1_500 ? `${notes.slice(0, 1_500)}…` : notes);
