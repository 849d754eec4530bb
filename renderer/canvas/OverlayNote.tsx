import { keepOverlay, leaveOverlay, useEditor, useServices } from '../store/index.ts';
import { overlaying as text } from '../strings/en-overlay.ts';

/** Says so as long as the canvas shows a moment of a run in place of the graph's own values, and leads back. */
export function OverlayNote() {
  const { store } = useServices();
  const title = useEditor(({ overlay }) => overlay?.title);
  if (title === undefined) return null;
  return (
    <div className="canvas-note overlay-note" role="note" data-testid="overlay-note">
      <span>{title}</span>
      <button
        type="button"
        className="button"
        title={text.keepHint}
        onClick={() => keepOverlay(store)}
      >
        {text.keep}
      </button>
      <button type="button" className="button" onClick={() => leaveOverlay(store)}>
        {text.leave}
      </button>
    </div>
  );
}
