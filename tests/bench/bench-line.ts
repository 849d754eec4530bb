/**
 * One line of `npm run bench`. A file `tests/bench/<name>.bench.ts` exports as its default an
 * `async () => BenchLine[]`; the runner bundles it and runs it alone: in plain Node,
 * or in Electron where that is what the app does it in.
 * Both times are medians taken in the same run, so that their ratio holds on any machine.
 */
export interface BenchLine {
  /** What is measured, in a few words. */
  name: string;
  /** Our time. */
  ours: number;
  /** The time of what we compare with. */
  theirs: number;
  unit: 'ms';
  /** theirs / ours: how many times faster we are. */
  ratio: number;
  /** The ratio that is to be reached, if one is. */
  target?: number;
}

/** The default export of a `.bench.ts` file. */
export type Bench = () => Promise<BenchLine[]>;

/** A line from two medians in milliseconds. */
export function benchLine(name: string, ours: number, theirs: number, target?: number): BenchLine {
  return { name, ours, theirs, unit: 'ms', ratio: theirs / ours, target };
}

/**
 * The median time of several tasks in milliseconds, one figure for each. The tasks take turns, so
 * that a slow moment of the machine strikes all of them.
 * @param rounds how often each task is timed, after `warmup` rounds that are not
 * @param stretch how often a task runs at a time: tasks of microseconds are timed warm, as they run
 * @param before what has to happen before a task and is not timed
 */
export async function medians(
  tasks: readonly (() => unknown)[],
  {
    rounds = 30,
    warmup = 5,
    stretch = 1,
    before = [],
  }: {
    rounds?: number;
    warmup?: number;
    stretch?: number;
    before?: readonly ((() => unknown) | undefined)[];
  } = {},
): Promise<number[]> {
  const times = tasks.map((): number[] => []);
  for (let round = -warmup; round < rounds; round += 1) {
    for (const [index, task] of tasks.entries()) {
      await before[index]?.();
      const start = performance.now();
      for (let time = 0; time < stretch; time += 1) await task();
      if (round >= 0) times[index]?.push((performance.now() - start) / stretch);
    }
  }
  return times.map((all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN);
}
