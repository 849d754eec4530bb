import { useSyncExternalStore } from 'react';
import { useEditor } from '../store/index.ts';

export type ShownTheme = 'light' | 'dark' | 'contrast';

const dark = '(prefers-color-scheme: dark)';
const contrast = '(prefers-contrast: more)';

function subscribe(changed: () => void): () => void {
  const queries = [dark, contrast].map((query) => window.matchMedia(query));
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    for (const query of queries) query.removeEventListener('change', changed);
  };
}

function ofTheSystem(): ShownTheme {
  if (window.matchMedia(contrast).matches) return 'contrast';
  return window.matchMedia(dark).matches ? 'dark' : 'light';
}

/** What is on the screen now. */
export function useResolvedTheme(): ShownTheme {
  const choice = useEditor(({ theme }) => theme);
  const system = useSyncExternalStore(subscribe, ofTheSystem);
  return choice === 'system' ? system : choice;
}
