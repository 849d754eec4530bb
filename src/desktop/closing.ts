/** Closing a window with unsaved changes: the page decides, but one that hangs cannot keep the app open for ever. */

import { dialog } from 'electron';
import type { Editor } from './editor.ts';
import { tell } from './ipc.ts';
import { STRINGS } from './strings.ts';

/** A page that works hears a request within milliseconds, even while it trains. */
const PATIENCE_MS = 4000;

/** @param stayed the person, or the page, decided to keep the window: a quit under way ends here */
export function guardClosing(editor: Editor, stayed: () => void): void {
  let allowed = false;
  let timer: NodeJS.Timeout | undefined;
  let offering = false;

  const offerForce = async () => {
    if (offering || editor.window.isDestroyed()) return;
    offering = true;
    const { response } = await dialog.showMessageBox(editor.window, {
      type: 'warning',
      message: STRINGS.hangingQuestion,
      detail: STRINGS.hangingDetail,
      buttons: [STRINGS.wait, STRINGS.close],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    offering = false;
    if (response === 0) return stayed();
    // The recovery copy stays: nobody decided about the changes.
    if (!editor.window.isDestroyed()) editor.window.destroy();
  };

  editor.window.on('close', (event) => {
    if (allowed || !editor.dirty) return;
    event.preventDefault();
    clearTimeout(timer);
    timer = setTimeout(() => void offerForce(), PATIENCE_MS);
    tell(editor, 'window.closeRequest', null);
  });
  editor.window.on('closed', () => clearTimeout(timer));

  editor.closing = {
    heard: () => clearTimeout(timer),
    answer: async (close) => {
      clearTimeout(timer);
      if (!close) return stayed();
      await editor.recovery.discard().catch(() => undefined);
      allowed = true;
      if (!editor.window.isDestroyed()) editor.window.close();
    },
  };
}
