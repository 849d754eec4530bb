/** The page without a network, and its threads where the server sends no headers for them: both by a service worker. */

const RELOADED = 'gradwire-isolated';

/** Call it when the page starts. Where there are no service workers, the page works all the same, with a network. */
export function keepOffline(): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  const { serviceWorker } = navigator;
  // Once only, and in the first moments, when there is nothing to lose: isolation comes with the page itself.
  serviceWorker.addEventListener('controllerchange', () => {
    if (crossOriginIsolated || sessionStorage.getItem(RELOADED) !== null) return;
    sessionStorage.setItem(RELOADED, '');
    location.reload();
  });
  serviceWorker.register('./sw.js').catch(() => undefined);
}
