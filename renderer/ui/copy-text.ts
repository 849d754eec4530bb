/**
 * Puts text on the clipboard by the copy command, which a click allows; the asynchronous clipboard would need a
 * permission that the app grants to nobody. False where it did not work.
 */
export function copyText(text: string): boolean {
  let taken = false;
  const take = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  window.addEventListener('copy', take, { capture: true });
  try {
    return document.execCommand('copy') && taken;
  } finally {
    window.removeEventListener('copy', take, { capture: true });
  }
}
