import { createStore } from 'zustand/vanilla';
import type { Lesson, Topic } from '#lessons';
import { painted } from '../ui/painted.ts';

interface Examples {
  /** In the menu's order. */
  readonly topics: readonly Topic[];
  readonly lessons: readonly Lesson[];
}

/** The worked examples. They come right after the first picture, which shows the first of them alone. */
export const examples = createStore<Examples>(() => ({ topics: [], lessons: [] }));

export async function loadExamples(): Promise<void> {
  await painted();
  const { topics, lessons } = await import('#lessons');
  examples.setState({ topics, lessons });
}
