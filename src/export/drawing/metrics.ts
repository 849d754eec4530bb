import { type Run, runSize } from './drawing.ts';

/** Widths of Inter's letters in shares of the size, for laying out where no font is at hand; digits are tabular. */
const widths: readonly (readonly [letters: string, plain: number])[] = [
  ["ijl|!.,:;'·", 0.27],
  [' ftrI()[]{}/\\-"`', 0.36],
  ['abcdeghknopqsuvxyzJL?_¹²³', 0.58],
  ['0123456789+−=×÷<>~#$±∞√*^', 0.64],
  ['ABCDEFGHKNOPQRSTUVXYZ&', 0.69],
  ['mwMW%@…—', 0.89],
];
const byLetter = new Map(
  widths.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width])),
);

/** Combining marks take no room; ideographs and pictures a whole square. */
const none = /\p{M}/u;
const wide =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;

/** About how wide a text of one line is. */
export function textWidth(runs: readonly Run[], size: number): number {
  let total = 0;
  for (const run of runs) {
    const scale = runSize(run, size) * (run.face === 'bold' ? 1.05 : 1);
    for (const letter of run.text) {
      total +=
        scale * (byLetter.get(letter) ?? (none.test(letter) ? 0 : wide.test(letter) ? 1 : 0.64));
    }
  }
  return total;
}
