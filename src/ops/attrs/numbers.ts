import { z } from 'zod';

/** Any finite number; the sentence names the attribute. */
export function numberAttr(name: string) {
  return z.number({ error: `${name} must be a finite number.` });
}

/** A number that lies where `holds` says, in words: `more than 0`. */
export function numberWhere(name: string, words: string, holds: (value: number) => boolean) {
  return numberAttr(name).refine(holds, { error: `${name} must be ${words}.` });
}

/** A whole number from `least` on. */
export function wholeAttr(name: string, least: number) {
  const error = `${name} must be a whole number from ${least} on.`;
  return z.int({ error }).min(least, { error });
}
