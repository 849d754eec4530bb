import { useStore } from 'zustand';
import type { TrainingControl, TrainingView } from './control.ts';

/** A part of the training workspace's state. */
export function useTraining<R>(control: TrainingControl, select: (view: TrainingView) => R): R {
  return useStore(control.view, select);
}
