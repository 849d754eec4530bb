/** An entry's background, and whether the text on it is that of the panel instead of ink. */
export interface CellFill {
  readonly backgroundColor: string;
  readonly strong: boolean;
}

/** From this share of the largest entry on, a cell is filled so strongly that its number is written in reverse. */
const strongFrom = 0.55;

/**
 * The stronger the larger; negative entries in ink. Where a number stands in the cell, middle strengths are
 * left out: on them neither light nor dark text has the contrast it needs (WCAG 2.2, 1.4.3).
 *
 * @param share of the largest entry, from 0 to 1
 */
export function cellFill(
  x: number,
  share: number,
  tone: 'local' | 'gradient',
  figures: boolean,
): CellFill {
  const negative = x < 0;
  const color = Number.isNaN(x) ? '--validation' : negative ? '--ink' : `--${tone}`;
  const strong = share > strongFrom;
  const percent = Math.round(figures ? legible(share, negative) : share * 100);
  return { backgroundColor: `color-mix(in srgb, var(${color}) ${percent}%, var(--chip))`, strong };
}

function legible(share: number, negative: boolean): number {
  if (share > strongFrom) return 92 + (8 * (share - strongFrom)) / (1 - strongFrom);
  return (share / strongFrom) * (negative ? 26 : 42);
}
