import type { Shape } from '#tensor';

export type ParsedShape =
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'problem'; readonly why: 'not-closed' }
  /** `text` stands where the length of an axis is needed. */
  | { readonly kind: 'problem'; readonly why: 'no-length'; readonly text: string };

/**
 * Reads the shape of one example as people write it: `3×4`, `3 x 4`, `3, 4`, `[3, 4]`; nothing at all is the
 * shape of a single number. A −1, the length that follows from the others, passes: whether it may stand there is
 * the operation's own affair.
 */
export function parseShape(text: string): ParsedShape {
  const plain = text.replaceAll('−', '-').trim();
  const inside = /^\[(.*)\]$|^\((.*)\)$/.exec(plain);
  const lengths = inside ? (inside[1] ?? inside[2] ?? '') : plain;
  if (/[[\]()]/.test(lengths)) return { kind: 'problem', why: 'not-closed' };
  const tokens = lengths.split(/\s*[×x*,;]\s*|\s+/i).filter(Boolean);
  const odd = tokens.find((token) => !/^\d+$|^-1$/.test(token) || Number(token) === 0);
  if (odd !== undefined) return { kind: 'problem', why: 'no-length', text: odd };
  return { kind: 'shape', shape: tokens.map(Number) };
}

/** A shape as `parseShape` reads it: `3 × 4`. */
export function shapeText(shape: Shape): string {
  return shape.join(' × ').replaceAll('-', '−');
}
