import { useReactFlow, useStore } from '@xyflow/react';
import { Maximize } from 'lucide-react';
import { strings } from '../strings/en.ts';
import { useFit } from './use-fit.ts';

/** Fit and the zoom, in the corner of the canvas. */
export function CanvasControls() {
  const fit = useFit();
  const { zoomTo } = useReactFlow();
  const percent = useStore(({ transform }) => strings.canvas.percent(transform[2]));
  return (
    <div className="canvas-controls">
      <button
        type="button"
        className="button"
        title={strings.canvas.fitHint}
        onClick={() => fit({ duration: 200 })}
      >
        <Maximize size={15} aria-hidden="true" />
        {strings.canvas.fit}
      </button>
      <button
        type="button"
        className="button numeric zoom"
        title={strings.canvas.zoomReset}
        aria-label={`${strings.canvas.zoomReset}, ${percent}`}
        onClick={() => void zoomTo(1, { duration: 200 })}
      >
        {percent}
      </button>
    </div>
  );
}
