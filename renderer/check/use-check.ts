import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { GradientCheck } from '#diagnose';
import { useEditor } from '../store/index.ts';
import { checker, checksStore } from './checks.ts';

/** Numbers that somebody is still typing or dragging need no check. */
const patience = 150;

/** The check of one place for the numbers on the screen, asked for by looking at it. */
export function useCheck(key: string | undefined): GradientCheck | undefined {
  const trace = useEditor((state) => state.trace);
  // biome-ignore lint/correctness/useExhaustiveDependencies: moving a node changes the trace, but none of its numbers
  useEffect(() => {
    if (key === undefined) return;
    const timer = setTimeout(() => checker.check(trace, [key]), patience);
    return () => clearTimeout(timer);
  }, [trace.nodes, key]);
  return useStore(checksStore, ({ of, found }) =>
    key !== undefined && of === trace.nodes ? found.get(key) : undefined,
  );
}
