import { useMemo } from 'react';
import type { PartName } from '#train';
import type { TrainingControl } from '../control.ts';
import { useTraining } from '../use-view.ts';
import { type Seen, useInsight } from './use-insight.ts';

/** While the net trains, so many examples have to do; they are answered within a small share of its time. */
const whileGoing = 2000;
const atRest = 20_000;

/** How the net answers a part of the data. */
export function useAnswers(control: TrainingControl, part: PartName): Seen<'answers'> | undefined {
  const going = useTraining(control, ({ run }) => run.phase === 'running');
  const atMost = going ? whileGoing : atRest;
  const ask = useMemo(() => ({ kind: 'answers', part, atMost }) as const, [part, atMost]);
  return useInsight(control, 'answers', ask);
}
