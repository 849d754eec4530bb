import type { Training } from '#graph';
import type { TrainingSettings } from '#train';
import type { RunRecord } from './record.ts';

/** Settings that may be others when a run goes on. */
const changeable = ['learningRate', 'epochs', 'patience', 'parameters'] as const;

/** The settings of a run, with those of the document that may change on the way. */
export function resumedSettings(run: TrainingSettings, document: Training): TrainingSettings {
  const { learningRate, epochs, patience } = document;
  return { ...run, learningRate, epochs, patience };
}

/** Whether the document's settings are those of the run, but for what may change on the way. */
export function isSameCourse(run: TrainingSettings, document: Training): boolean {
  const { engine: _, ...own } = run;
  const bare = (settings: Training) =>
    JSON.stringify(
      inOrder(
        Object.fromEntries(
          Object.entries(settings).filter(([name]) => !changeable.some((free) => free === name)),
        ),
      ),
    );
  return bare(own) === bare(document);
}

/** Whether there is anything left to do for a run, where it is to have so many epochs. */
export function hasMore({ standing, last }: RunRecord, epochs: number): boolean {
  return standing !== 'finished' || epochs > (last?.epoch ?? 0);
}

/** The same value, whatever the order its entries were written in. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entry]) => [name, inOrder(entry)]);
}
