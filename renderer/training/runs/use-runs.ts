import { useStore } from 'zustand';
import type { TrainingControl } from '../control.ts';
import type { RunsView } from './runs.ts';

/** A part of what is kept of runs. */
export function useRuns<R>({ runs }: TrainingControl, select: (view: RunsView) => R): R {
  return useStore(runs.view, select);
}
