import { useEffect } from 'react';
import { useEditor, useServices } from '../store/index.ts';

/** How long a step is shown at normal pace, in milliseconds: time for the bead and for the sentence. */
const stepTime = 1400;

/** While the film plays, goes on step by step; stops at the end. */
export function usePlayer(): void {
  const { store } = useServices();
  const playing = useEditor(({ film }) => film.playing);
  const at = useEditor(({ film }) => film.at);
  const speed = useEditor(({ film }) => film.speed);
  useEffect(() => {
    if (!playing) return;
    const wait = at < 0 ? 250 : stepTime / speed;
    const timer = setTimeout(() => {
      const { film, trace, seek, setPlaying } = store.getState();
      if (film.at >= trace.steps.length - 1) setPlaying(false);
      else seek(film.at + 1);
    }, wait);
    return () => clearTimeout(timer);
  }, [playing, at, speed, store]);
}
