import { catalogue } from '#ops';
import { trace } from '#trace';
import { scalarGraph } from '../support/scalar-graph.ts';
import { type BenchLine, benchLine, medians } from './bench-line.ts';

/** A trace (values, upstream and gradient of every wire, and the film) against bare closures. */
export default async function bench(): Promise<BenchLine[]> {
  const lines: BenchLine[] = [];
  for (const size of [50, 1_000, 10_000]) {
    const { document, closures } = scalarGraph(size);
    // Many runs in one round, so that the clock's grain does not matter.
    const repeat = Math.max(1, Math.round(5_000 / size));
    const times = (task: () => unknown) => () => {
      for (let run = 0; run < repeat; run++) task();
    };
    const [ours = Number.NaN, theirs = Number.NaN] = await medians(
      [times(() => trace({ ...document }, catalogue)), times(closures)],
      { rounds: 30, warmup: 10 },
    );
    const name = `trace, ${size.toLocaleString('en')} scalar nodes, against closures`;
    lines.push(benchLine(name, ours / repeat, theirs / repeat));
  }
  return lines;
}
