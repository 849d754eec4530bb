import { useEffect } from 'react';
import { useServices } from '../store/index.ts';
import { useFit } from './use-fit.ts';
import { useWhereOutside } from './use-outside.ts';
import { drawnAs } from './view.ts';

/** Shows the whole graph where a composite was expanded beyond the edge of the view. */
export function useReveal(): void {
  const { store } = useServices();
  const whereOutside = useWhereOutside();
  const fit = useFit();
  useEffect(
    () =>
      store.subscribe((now, before) => {
        const { frames } = now.editor.document;
        const last = frames.at(-1);
        const grown = frames.length > before.editor.document.frames.length;
        if (!grown || !last || now.documentKey !== before.documentKey) return;
        const drawn = last.nodes.map((id) => drawnAs(now, id));
        whereOutside([...new Set(drawn)], () => fit());
      }),
    [store, whereOutside, fit],
  );
}
