/** What no page of ours ever needs is refused for all of them, whatever a page may be tricked into. */

import { app, type Session, shell, type WebContents } from 'electron';
import { DesktopError } from './errors.ts';
import { parseUrl } from './paths.ts';

/** Pages keep to `app:`; the last four need no network. */
const LOCAL = new Set(['app:', 'blob:', 'data:', 'devtools:', 'chrome-extension:']);

/**
 * Denies permissions, devices, downloads and the network.
 * @param devServer address that development loads from, null otherwise
 */
export function lockSession(session: Session, devServer: string | null): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
  const devHost = devServer === null ? null : new URL(devServer).host;
  session.webRequest.onBeforeRequest((details, answer) => {
    const url = parseUrl(details.url);
    const allowed = url !== null && (LOCAL.has(url.protocol) || url.host === devHost);
    answer({ cancel: !allowed });
  });
}

/** Every page stays where it was loaded: no navigation, no further windows, no embedded pages. */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      // A link in a note or in the help: the person's browser shows it, never a window of ours.
      if (isSecureLink(url)) void openExternal(url).catch(() => undefined);
      return { action: 'deny' };
    });
  });
}

function isSecureLink(url: string): boolean {
  return parseUrl(url)?.protocol === 'https:';
}

/** @throws DesktopError for anything but https, or where the system knows no browser */
export async function openExternal(url: string): Promise<void> {
  const parsed = parseUrl(url);
  if (parsed?.protocol !== 'https:') {
    throw new DesktopError('bad-request', 'Only secure web pages (https) can be opened.');
  }
  try {
    await shell.openExternal(parsed.href);
  } catch (error) {
    throw new DesktopError(
      'unsupported',
      `The page ${parsed.host} could not be opened: the system offered no browser for it.`,
      { cause: error },
    );
  }
}

/** Whether a message really comes from the page itself: the right window, its top frame, our own address. */
export function isFrom(
  event: { readonly sender: WebContents; readonly senderFrame: WebContents['mainFrame'] | null },
  contents: WebContents,
  address: string,
): boolean {
  if (event.sender.id !== contents.id || event.senderFrame === null) return false;
  if (event.senderFrame !== contents.mainFrame) return false;
  const url = parseUrl(event.senderFrame.url);
  return url !== null && `${url.protocol}//${url.host}${url.pathname}` === address;
}
