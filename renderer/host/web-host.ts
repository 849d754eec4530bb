/** The host of the plain web page: the browser's own means in place of the desktop's. */

import type { Host } from './host.ts';
import type { Platform } from './keys.ts';
import { Commands } from './shared.ts';
import { triggerClipboard } from './web-clipboard.ts';
import { createWebDatasets, type FolderPicker } from './web-datasets.ts';
import { ask } from './web-dialog.ts';
import { createWebFiles, type FilePickers } from './web-files.ts';
import { createWebRecovery } from './web-recovery.ts';
import { createWebRuns } from './web-runs.ts';
import { WEB_STRINGS } from './web-strings.ts';
import { createTrainerStarter } from './web-trainer.ts';

function detectPlatform(): Platform {
  const { userAgent } = navigator;
  if (/Mac|iPhone|iPad/.test(userAgent)) return 'mac';
  return userAgent.includes('Windows') ? 'windows' : 'linux';
}

export function createWebHost(): Host {
  const platform = detectPlatform();
  const commands = new Commands(platform);
  // TypeScript's library does not know the pickers yet.
  const pickers: Window & FilePickers & FolderPicker = window;
  let dirty = false;

  // A browser asks in its own words, and only if the page prevents the event.
  window.addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault();
  });

  return {
    kind: 'web',
    platform,
    files: createWebFiles(pickers),
    recovery: createWebRecovery(),
    window: {
      setDocument: (state) => {
        dirty = state.dirty;
        document.title = `${dirty ? '• ' : ''}${state.name} — ${WEB_STRINGS.app}`;
      },
      // A page cannot change what the browser tells it of the system; the theme is the page's own.
      setTheme: () => undefined,
      setScale: () => undefined,
      confirmUnsaved: (name) =>
        ask(WEB_STRINGS.unsaved(name), WEB_STRINGS.unsavedDetail, [
          { label: WEB_STRINGS.save, answer: 'save' },
          { label: WEB_STRINGS.discard, answer: 'discard' },
          { label: WEB_STRINGS.cancel, answer: 'cancel' },
        ]),
      confirmConflict: (name) =>
        ask(WEB_STRINGS.conflict(name), WEB_STRINGS.conflictDetail, [
          { label: WEB_STRINGS.saveAs, answer: 'saveAs' },
          { label: WEB_STRINGS.overwrite, answer: 'overwrite' },
          { label: WEB_STRINGS.cancel, answer: 'cancel' },
        ]),
      confirmRevert: async (name) =>
        (await ask(WEB_STRINGS.revert(name), WEB_STRINGS.revertDetail, [
          { label: WEB_STRINGS.revertNow, answer: 'revert' },
          { label: WEB_STRINGS.cancel, answer: 'cancel' },
        ])) === 'revert',
      confirmReload: async (name, changed) => {
        const reload = { label: WEB_STRINGS.reload, answer: 'reload' } as const;
        const keep = { label: WEB_STRINGS.keep, answer: 'cancel' } as const;
        const detail = changed ? WEB_STRINGS.reloadLoses : WEB_STRINGS.reloadDetail;
        const choices = changed ? [keep, reload] : [reload, keep];
        return (await ask(WEB_STRINGS.conflict(name), detail, choices)) === 'reload';
      },
      // The browser's own question (above) is all there is.
      onCloseRequest: () => () => undefined,
    },
    commands: {
      onCommand: (listener) => commands.add(listener),
      run: (id) => commands.tell(id),
      setState: ({ disabled }) => commands.disable(disabled),
      // There is no native menu.
      setKeymap: () => undefined,
    },
    clipboard: { trigger: triggerClipboard },
    datasets: createWebDatasets(pickers),
    runs: createWebRuns(),
    startTrainer: createTrainerStarter(),
    openExternal: async (url) => {
      if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
        return { ok: false, code: 'bad-request', message: WEB_STRINGS.httpsOnly };
      }
      window.open(url, '_blank', 'noopener,noreferrer');
      return { ok: true, value: null };
    },
  };
}
