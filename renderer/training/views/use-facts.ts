import { useStore } from 'zustand';
import { type Facts, type PartName, partNames } from '#train';
import type { TrainingControl } from '../control.ts';
import { type Seen, useInsight } from './use-insight.ts';
import { viewsStore } from './views-store.ts';

const question = { kind: 'facts' } as const;

/** What there is to look at. */
export function useFacts(control: TrainingControl): Seen<'facts'> | undefined {
  return useInsight(control, 'facts', question);
}

/** The parts that the data set has. */
export function partsOf(facts: Facts | undefined): readonly PartName[] {
  return partNames.filter((part) => facts?.counts[part] !== undefined);
}

/** The part that is looked at: the one picked, else the first of those not trained on. */
export function partShown(facts: Facts | undefined, picked: PartName | undefined): PartName {
  const parts = partsOf(facts);
  if (picked && parts.includes(picked)) return picked;
  return parts.find((part) => part !== 'train') ?? 'train';
}

export function usePart(facts: Facts | undefined): PartName {
  return partShown(
    facts,
    useStore(viewsStore, ({ part }) => part),
  );
}

/** What a class is called. */
export function className(facts: Facts | undefined, at: number): string {
  return facts?.classes?.[at] ?? String(at);
}
