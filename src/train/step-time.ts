import type { TensorEngine } from '#tensor';
import type { EngineHost, Workload } from './engines.ts';
import { limitedEngine, TimeIsUp } from './limited-engine.ts';
import { Session } from './session.ts';

/** As long as this after the first step, or until there are enough times. */
const measuring = 120;
const enough = 9;

/** So many steps are timed together that they take as long: clocks in pages are coarse. */
const together = 4;
const mostTogether = 256;

/**
 * Milliseconds of a step on one mini-batch, the first one aside, which compiles. Nothing but the engine
 * is touched. Infinite where the engine has not come as far within `limit` milliseconds. Throws
 * `TensorError` where it fails.
 */
export async function stepTime<T>(
  engine: TensorEngine<T>,
  { graph, rule, batch, parameters }: Workload,
  host: EngineHost,
  limit: number,
): Promise<number> {
  const last = host.now() + limit;
  const session = new Session(
    graph,
    rule,
    limitedEngine(engine, () => host.now() > last),
    parameters,
  );
  const times: number[] = [];
  let steps = 1;
  let latest = Number.POSITIVE_INFINITY;
  try {
    await session.step(batch, 0);
    const end = host.now() + measuring;
    while (times.length < enough && host.now() < end) {
      const start = host.now();
      for (let step = 0; step < steps; step++) await session.step(batch, 0);
      const took = host.now() - start;
      latest = took / steps;
      if (took < together && steps < mostTogether) steps *= 2;
      else times.push(latest);
    }
  } catch (error) {
    if (!(error instanceof TimeIsUp)) throw error;
  } finally {
    session.dispose();
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? latest;
}
