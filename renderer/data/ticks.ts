/** Some five round numbers in a range. */
export function ticksIn(low: number, high: number): readonly number[] {
  const rough = (high - low) / 5;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step); at <= Math.floor(high / step) && ticks.length < 20; at++) {
    // Rounded to what the step can say: 3 · 0.1 is not 0.3.
    ticks.push(Number((at * step).toPrecision(12)));
  }
  return ticks;
}
