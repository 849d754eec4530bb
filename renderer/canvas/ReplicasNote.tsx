import { useEditor } from '../store/index.ts';
import { replicating as text } from '../strings/en-replicas.ts';
import { useReplicas } from './use-replicas.ts';

/** Says so as long as the canvas shows replicas in place of the document, and leads back. */
export function ReplicasNote() {
  const examples = useEditor(({ replicas }) => replicas?.examples);
  const toggle = useReplicas();
  if (examples === undefined) return null;
  return (
    <div className="canvas-note" role="note" data-testid="replicas-note">
      <span>{text.note(examples)}</span>
      <button type="button" className="button" onClick={toggle}>
        {text.close}
      </button>
    </div>
  );
}
