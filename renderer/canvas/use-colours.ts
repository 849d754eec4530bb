import { useMemo } from 'react';
import { useResolvedTheme } from '../ui/theme.ts';

/** A colour of the theme, or another of the style sheets' variables, by name. */
export type Colours = (name: string) => string;

/**
 * The theme's colours for drawing, each asked for once: asking the page at every frame would have it work out all of
 * its styles then and there. Another function for another theme.
 */
export function useColours(): Colours {
  const theme = useResolvedTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  return useMemo(() => {
    const known = new Map<string, string>();
    return (name) => {
      const value =
        known.get(name) ?? getComputedStyle(document.documentElement).getPropertyValue(name);
      known.set(name, value);
      return value;
    };
  }, [theme]);
}
