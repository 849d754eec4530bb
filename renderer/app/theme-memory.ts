import type { ThemeChoice } from '../store/index.ts';

const key = 'gradwire.theme';

/** The theme of the last session; following the system where there was none. */
export function rememberedTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem(key);
    return kept === 'light' || kept === 'dark' || kept === 'contrast' ? kept : 'system';
  } catch {
    // Storage is switched off: nothing is remembered.
    return 'system';
  }
}

export function keepTheme(theme: ThemeChoice): void {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // Storage is switched off: the choice holds for this session.
  }
}
