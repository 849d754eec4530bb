const counted = /^(.*?)(\d+|[₀-₉]+)$/su;
const low = '₀₁₂₃₄₅₆₇₈₉';

/**
 * Gives each name that is taken already another number at its end: x → x2 → x3, W₁ → W₂. Every name it gives is
 * taken from then on. What would become longer than `longest` loses characters in front of the number.
 */
export function uniqueNames(
  names: Iterable<string>,
  longest = Number.POSITIVE_INFINITY,
): (wanted: string) => string {
  const taken = new Set(names);
  /** Where to go on counting, so that a thousand nodes of one name are not counted through each time. */
  const next = new Map<string, number>();
  return (wanted) => {
    if (!taken.has(wanted)) {
      taken.add(wanted);
      return wanted;
    }
    const [, base, digits = ''] = counted.exec(wanted) ?? [];
    const stem = base || wanted;
    const lowered = base !== undefined && low.includes([...digits][0] ?? ' ');
    const key = `${lowered} ${stem}`;
    for (let count = next.get(key) ?? 2; ; count++) {
      const number = lowered ? subscript(count) : String(count);
      const name = `${stem.slice(0, longest - number.length)}${number}`;
      if (taken.has(name)) continue;
      taken.add(name);
      next.set(key, count + 1);
      return name;
    }
  };
}

function subscript(count: number): string {
  return [...String(count)].map((digit) => low[Number(digit)]).join('');
}
