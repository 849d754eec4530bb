import { useStore } from '@xyflow/react';
import { useEffect } from 'react';
import { useFar } from './use-far.ts';

/** From these zooms outwards what is written no longer shrinks with the graph. */
const fixedBelow = { label: 0.75, caption: 0.85 };
/** So much larger than the graph it may become; further out it would cover it. */
const largest = 1.8;
/** From these zooms on a node's nickname is shown, and its title. */
const nicknamesFrom = 0.74;
const titlesFrom = 0.5;

/** The view rests when it has not changed for so long, in milliseconds. */
const restsAfter = 120;

/** From afar a name has letters of this height, in CSS pixels. */
const farLetters = 10;

/** By how much labels are enlarged at a zoom. */
export function labelScale(zoom: number): number {
  return stepped(fixedBelow.label / zoom);
}

/**
 * Keeps what is written on the canvas legible from afar: tells the style sheets by how much to enlarge
 * labels and captions, as `--label-scale` and `--caption-scale`, and which captions to leave out. In steps,
 * so that zooming does not restyle every frame; in a large graph only once the view rests.
 */
export function LabelScale({ large }: { readonly large: boolean }) {
  const label = useStore(({ transform }) => labelScale(transform[2]));
  const caption = useStore(({ transform }) => stepped(fixedBelow.caption / transform[2]));
  const captions = useStore(({ transform: [, , zoom] }) =>
    zoom < titlesFrom ? 'none' : zoom < nicknamesFrom ? 'titles' : 'all',
  );
  const far = useFar();
  // In steps too; nearer by nobody reads them.
  const letters = useStore(({ transform }) =>
    far ? Math.round(farLetters / transform[2] / 6) * 6 : 0,
  );
  useEffect(() => {
    const tell = () => {
      const { style, dataset } = document.documentElement;
      style.setProperty('--label-scale', String(label));
      style.setProperty('--caption-scale', String(caption));
      style.setProperty('--far-letters', `${letters}px`);
      dataset.captions = captions;
      dataset.far = String(far);
    };
    if (!large) return tell();
    const rests = setTimeout(tell, restsAfter);
    return () => clearTimeout(rests);
  }, [label, caption, captions, letters, far, large]);
  return null;
}

function stepped(wanted: number): number {
  return Math.round(Math.min(largest, Math.max(1, wanted)) * 10) / 10;
}
