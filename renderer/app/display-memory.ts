import { z } from 'zod';
import { defaultDisplay, type NumberDisplay } from '../format/numbers.ts';

const key = 'gradwire.numbers';

const kept = z.object({
  by: z.enum(['significant', 'decimals']),
  digits: z.number().int().min(1).max(12),
});

/** How numbers were written in the last session; rounding like the blackboard never comes back by itself. */
export function rememberedDisplay(): NumberDisplay {
  try {
    const { success, data } = kept.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return success ? { ...data, blackboard: false } : defaultDisplay;
  } catch {
    // Storage is switched off, or holds something else.
    return defaultDisplay;
  }
}

export function keepDisplay({ by, digits }: NumberDisplay): void {
  try {
    localStorage.setItem(key, JSON.stringify({ by, digits }));
  } catch {
    // Storage is switched off: the choice holds for this session.
  }
}
