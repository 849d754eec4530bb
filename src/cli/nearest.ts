/** How many letters have to be changed, added, left out or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [(last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1)];
      if (swapped) ways.push((before[j - 2] ?? 0) + 1);
      row.push(Math.min(...ways));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** The word that was probably meant; undefined where none is near. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, off: word.startsWith(typed) ? 1 : distance(typed, word) }))
    .toSorted((a, b) => a.off - b.off)[0];
  return near && near.off <= Math.max(1, Math.floor(typed.length / 3)) ? near.word : undefined;
}

/** “; did you mean WORD?”, or what else to do. */
export function orElse(typed: string, words: readonly string[], otherwise: string): string {
  const word = nearest(typed, words);
  return word === undefined ? otherwise : `did you mean ${word}?`;
}
