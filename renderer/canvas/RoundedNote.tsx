import { useEditor, useServices } from '../store/index.ts';
import { writing as text } from '../strings/en-numbers.ts';

/** Says so as long as the numbers on the canvas are those of a blackboard. */
export function RoundedNote() {
  const { store } = useServices();
  const decimals = useEditor(({ trace }) => trace.rounded);
  const training = useEditor(({ workspace }) => workspace === 'train');
  if (decimals === undefined || training) return null;
  const exact = () => {
    const { numbers, setDisplay } = store.getState();
    setDisplay({ ...numbers.display, blackboard: false });
  };
  return (
    <div className="canvas-note" role="note" data-testid="rounded-note">
      <span>{text.note(decimals)}</span>
      <button type="button" className="button" onClick={exact}>
        {text.exact}
      </button>
    </div>
  );
}
