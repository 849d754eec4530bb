import { useSyncExternalStore } from 'react';
import { useEditor } from '../store/index.ts';

const dark = '(prefers-color-scheme: dark)';

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(dark);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** What is on the screen now. */
export function useResolvedTheme(): 'light' | 'dark' {
  const choice = useEditor(({ theme }) => theme);
  const system = useSyncExternalStore(subscribe, () => window.matchMedia(dark).matches);
  if (choice !== 'system') return choice;
  return system ? 'dark' : 'light';
}
