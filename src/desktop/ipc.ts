/** The one door by which pages talk to main: who asks and what is asked is checked here, for every request. */

import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { checks } from './checks.ts';
import {
  CHANNELS,
  EDITOR_PATH,
  type EventName,
  type Events,
  type OpenRequest,
  ORIGIN,
  type Outcome,
  type Payload,
  type Reply,
  type RequestName,
} from './contract.ts';
import type { Editor } from './editor.ts';
import { DesktopError, toFailure } from './errors.ts';
import { isFrom } from './security.ts';

/** What main does for each request; it throws a DesktopError where it cannot. */
export type Handlers = {
  readonly [N in RequestName]: (
    payload: Payload<N>,
    editor: Editor,
  ) => Promise<Reply<N>> | Reply<N>;
};

/**
 * @param findEditor the editor whose page has this id, if it is one
 * @param drop opens what was dropped on a window, and says what of it is for that window
 */
export function listen(
  handlers: Handlers,
  findEditor: (contentsId: number) => Editor | undefined,
  drop: (paths: readonly string[], editor: Editor) => Promise<OpenRequest | null>,
): void {
  ipcMain.handle(
    CHANNELS.request,
    async (event, name: unknown, payload: unknown): Promise<Outcome<unknown>> => {
      try {
        const editor = senderOf(event, findEditor);
        const { schemas } = await checks();
        if (!isKeyOf(schemas, name)) throw refused('it is not known');
        return { ok: true, value: await run(handlers, name, payload, editor) };
      } catch (error) {
        return toFailure(error);
      }
    },
  );
  ipcMain.handle(
    CHANNELS.drop,
    async (event, paths: unknown): Promise<Outcome<OpenRequest | null>> => {
      try {
        const editor = senderOf(event, findEditor);
        const { droppedPaths } = await checks();
        const checked = droppedPaths.safeParse(paths);
        if (!checked.success) throw refused('nothing that can be opened was dropped');
        return { ok: true, value: await drop(checked.data, editor) };
      } catch (error) {
        return toFailure(error);
      }
    },
  );
}

const isKeyOf = <T extends object>(of: T, name: unknown): name is keyof T =>
  typeof name === 'string' && Object.hasOwn(of, name);

function senderOf(
  event: IpcMainInvokeEvent,
  findEditor: (contentsId: number) => Editor | undefined,
): Editor {
  const editor = findEditor(event.sender.id);
  if (editor && isFrom(event, editor.contents, ORIGIN + EDITOR_PATH)) return editor;
  throw refused('it does not come from an editor window');
}

async function run<N extends RequestName>(
  handlers: Handlers,
  name: N,
  payload: unknown,
  editor: Editor,
): Promise<Reply<N>> {
  const { schemas } = await checks();
  const checked = schemas[name].safeParse(payload);
  if (!checked.success) throw refused(`its content is not valid for ${name}`);
  return handlers[name](checked.data, editor);
}

const refused = (why: string) =>
  new DesktopError('bad-request', `A request to the app was refused: ${why}.`);

/** Tells a page something; a page that is gone or going hears nothing. */
export function tell<N extends EventName>(editor: Editor, name: N, payload: Events[N]): void {
  if (editor.window.isDestroyed() || editor.contents.isDestroyed()) return;
  editor.contents.send(CHANNELS.event, { name, payload });
}
