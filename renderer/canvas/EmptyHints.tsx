import { noteEditing } from '../notes/index.ts';
import { useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';

/** An empty canvas teaches how to begin. */
export function EmptyHints() {
  const empty = useEditor(
    ({ editor }) => editor.document.nodes.length + editor.document.notes.length === 0,
  );
  const writing = noteEditing(({ id }) => id !== null);
  if (!empty || writing) return null;
  const { title, add, connect, value } = strings.canvas.hints;
  return (
    <div className="empty-hints">
      <h2>{title}</h2>
      <ol>
        {[add, connect, value].map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
    </div>
  );
}
