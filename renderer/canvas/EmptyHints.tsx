import { useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';

/** An empty canvas teaches how to begin. */
export function EmptyHints() {
  const empty = useEditor(({ editor }) => editor.document.nodes.length === 0);
  if (!empty) return null;
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
