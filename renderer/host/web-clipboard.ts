import type { HostClipboard } from './host.ts';

/**
 * Cut, copy and paste from a menu of the page. Copying is allowed after a click; reading needs the person's permission,
 * and where a browser gives it to no page, only the keys are left.
 */
export const triggerClipboard: HostClipboard['trigger'] = async (edit) => {
  if (edit !== 'paste') return document.execCommand(edit);
  const clipboardData = new DataTransfer();
  try {
    clipboardData.setData('text/plain', await navigator.clipboard.readText());
  } catch {
    return false;
  }
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  return true;
};
