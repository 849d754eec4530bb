import {
  type Subject,
  selectedFrame,
  subjectOf,
  useEditor,
  useEditorShallow,
} from '../store/index.ts';
import { storyWire } from '../story/index.ts';
import { strings } from '../strings/en.ts';
import { useNarrow } from '../ui/narrow.ts';
import { DocumentDetails } from './DocumentDetails.tsx';
import { FrameDetails } from './FrameDetails.tsx';
import { ManyDetails } from './ManyDetails.tsx';
import { NodeDetails } from './NodeDetails.tsx';
import { WireStory } from './WireStory.tsx';
import './insight.css';
import './inspector.css';

/** What there is to say about the selection: a wire's story, a node's attributes, or the document. */
export function Inspector() {
  const narrow = useNarrow();
  // Replicas need all the room there is.
  const alone = useEditor(({ detailsBeside, replicas }) => !detailsBeside || replicas !== null);
  const over = alone || narrow;
  const subject = useEditorShallow((state): Subject => {
    const selected = subjectOf(state.selection);
    if (selected.kind !== 'none' || over) return selected;
    // While the film plays, the story is that of the wire the film is on.
    const wire = storyWire(state);
    return wire === undefined ? selected : { kind: 'wire', id: wire };
  });
  const frame = useEditor(({ editor, selection }) =>
    subject.kind === 'many' ? selectedFrame(editor.document, selection) : undefined,
  );
  return (
    <aside
      className="inspector"
      aria-label={strings.inspector.label}
      data-over={over}
      hidden={over && subject.kind === 'none'}
    >
      {subject.kind === 'wire' && <WireStory key={subject.id} id={subject.id} />}
      {subject.kind === 'node' && <NodeDetails key={subject.id} id={subject.id} />}
      {subject.kind === 'none' && <DocumentDetails />}
      {frame && <FrameDetails key={frame.id} frame={frame} />}
      {subject.kind === 'many' && !frame && <ManyDetails />}
    </aside>
  );
}
