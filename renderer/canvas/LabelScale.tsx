import { useStore } from '@xyflow/react';
import { useEffect } from 'react';

/** From this zoom outwards labels no longer shrink with the graph. */
const fixedBelow = 0.75;
/** So much larger than the graph they may become; further out they would cover it. */
const largest = 1.8;

/**
 * Keeps the numbers on the wires legible from afar: tells the style sheets, as `--label-scale`, by how
 * much to enlarge what stands on the canvas. In steps, so that zooming does not restyle every frame.
 */
export function LabelScale() {
  const scale = useStore(({ transform }) => {
    const wanted = Math.min(largest, Math.max(1, fixedBelow / transform[2]));
    return Math.round(wanted * 10) / 10;
  });
  useEffect(() => {
    document.documentElement.style.setProperty('--label-scale', String(scale));
  }, [scale]);
  return null;
}
