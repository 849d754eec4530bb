import { useEffect } from 'react';
import { nextStep, useEditor, useServices } from '../store/index.ts';

/** How long a step is shown at normal pace, in milliseconds: time for the bead and for the sentence. */
const stepTime = 1400;
const hurry = 8;

/** While the film plays, goes on step by step; stops at the end. */
export function usePlayer(): void {
  const { store } = useServices();
  const playing = useEditor(({ film }) => film.playing);
  const at = useEditor(({ film }) => film.at);
  // Running to some place, it hurries.
  const speed = useEditor(({ film }) => (film.until === undefined ? film.speed : hurry));
  useEffect(() => {
    if (!playing) return;
    const wait = at < 0 ? 250 : stepTime / speed;
    const timer = setTimeout(() => {
      const { film, trace, seek, setPlaying } = store.getState();
      const next = nextStep(film, trace.steps);
      if (next === 'stop') setPlaying(false);
      else seek(next);
    }, wait);
    return () => clearTimeout(timer);
  }, [playing, at, speed, store]);
}
