import { type EditorStore, type Subject, subjectOf, useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { DocumentDetails } from './DocumentDetails.tsx';
import { NodeDetails } from './NodeDetails.tsx';
import { WireStory } from './WireStory.tsx';
import './inspector.css';

/** While the film plays and nothing is selected, the story is that of the wire the film is on. */
function onFilm({ workspace, trace, film }: EditorStore): Subject {
  const step = trace.steps[film.at];
  if (workspace !== 'trace' || !step || !('wire' in step)) return { kind: 'none' };
  return { kind: 'wire', id: step.wire };
}

/** What there is to say about the selection: a wire's story, a node's attributes, or the document. */
export function Inspector() {
  const subject = useEditorShallow((state) => {
    const selected = subjectOf(state.selection);
    return selected.kind === 'none' ? onFilm(state) : selected;
  });
  return (
    <aside className="inspector" aria-label={strings.inspector.label}>
      {subject.kind === 'wire' && <WireStory key={subject.id} id={subject.id} />}
      {subject.kind === 'node' && <NodeDetails key={subject.id} id={subject.id} />}
      {subject.kind === 'none' && <DocumentDetails />}
      {subject.kind === 'many' && (
        <>
          <h2 className="inspector-title">{strings.inspector.many(subject.count)}</h2>
          <p className="quiet-text">{strings.inspector.manyHint}</p>
        </>
      )}
    </aside>
  );
}
