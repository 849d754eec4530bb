import { useReactFlow, useStore } from '@xyflow/react';
import { Layers, Maximize, PanelRightClose } from 'lucide-react';
import { useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { replicating } from '../strings/en-replicas.ts';
import { useFit } from './use-fit.ts';
import { useReplicas } from './use-replicas.ts';

/** Fit and the zoom, in the corner of the canvas. */
export function CanvasControls() {
  const fit = useFit();
  const toggleReplicas = useReplicas();
  const fanned = useEditor(({ replicas }) => replicas !== null);
  const batched = useEditor(({ trace, workspace }) => trace.batchSize > 1 && workspace !== 'train');
  const { store } = useServices();
  const beside = useEditor(({ detailsBeside }) => detailsBeside);
  const training = useEditor(({ workspace }) => workspace === 'train');
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
      {(batched || fanned) && (
        <button
          type="button"
          className="button"
          aria-pressed={fanned}
          title={replicating.hint}
          onClick={toggleReplicas}
        >
          <Layers size={15} aria-hidden="true" />
          {replicating.button}
        </button>
      )}
      {!training && !fanned && (
        <button
          type="button"
          className="button icon"
          aria-pressed={!beside}
          aria-label={strings.canvas.allRoom}
          title={strings.canvas.allRoom}
          onClick={() => store.getState().setDetailsBeside(!beside)}
        >
          <PanelRightClose size={15} aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
