import { subjectOf, useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { DocumentDetails } from './DocumentDetails.tsx';
import { NodeDetails } from './NodeDetails.tsx';
import { WireStory } from './WireStory.tsx';
import './inspector.css';

/** What there is to say about the selection: a wire's story, a node's attributes, or the document. */
export function Inspector() {
  const subject = useEditorShallow(({ selection }) => subjectOf(selection));
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
