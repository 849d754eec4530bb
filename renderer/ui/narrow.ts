import { useSyncExternalStore } from 'react';

/** A small window, or a large interface: two panels leave no room for the graph. As in app.css. */
const query = '(max-width: 760px)';

function subscribe(changed: () => void): () => void {
  const watched = window.matchMedia(query);
  watched.addEventListener('change', changed);
  return () => watched.removeEventListener('change', changed);
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
