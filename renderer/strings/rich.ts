/** Sentences whose numbers keep the colour they have on the wires. */

export type Tone = 'value' | 'gradient' | 'local' | 'name';

export interface Part {
  readonly text: string;
  readonly tone?: Tone;
}

export type Rich = readonly Part[];

type Piece = string | number | Part | Rich;

/** Template of a rich sentence: rich`Start: ∂L/∂L = ${gradient('1')}`. */
export function rich(texts: TemplateStringsArray, ...pieces: readonly Piece[]): Rich {
  const parts = texts.flatMap((text, at) => [{ text }, ...toParts(pieces[at])]);
  return parts.filter(({ text }) => text !== '');
}

export const value = (text: string): Part => ({ text, tone: 'value' });
export const gradient = (text: string): Part => ({ text, tone: 'gradient' });
export const local = (text: string): Part => ({ text, tone: 'local' });
export const name = (text: string): Part => ({ text, tone: 'name' });

/** Parts with a separator between them: 2 + 3 + 4. */
export function joined(parts: readonly (Part | Rich)[], separator: string): Rich {
  return parts.flatMap((part, at) => [...(at > 0 ? [{ text: separator }] : []), ...toParts(part)]);
}

/** The sentence without its colours, for a screen reader. */
export function plainText(sentence: Rich): string {
  return sentence.map(({ text }) => text).join('');
}

function toParts(piece: Piece | undefined): readonly Part[] {
  if (piece === undefined) return [];
  if (typeof piece === 'string' || typeof piece === 'number') return [{ text: String(piece) }];
  return 'text' in piece ? [piece] : piece;
}
