import type { NodeId } from '#graph';
import { diagnosesAt, useEditor } from '../store/index.ts';
import { SeverityIcon } from './SeverityIcon.tsx';

/** What is worth knowing about a node's numbers, at the node: a mark that opens into the sentences. */
export function NodeBadge({ id }: { readonly id: NodeId }) {
  const diagnoses = useEditor((state) => diagnosesAt(state, id));
  const [first] = diagnoses;
  if (!first) return null;
  const sentences = diagnoses.map(({ why, advice }) => [why, advice].filter(Boolean).join(' '));
  return (
    <div className="node-error nodrag" data-kind={first.severity}>
      <button type="button" className="node-error-mark" aria-label={sentences.join(' ')}>
        <SeverityIcon severity={first.severity} size={13} />
      </button>
      <span className="node-error-text" aria-hidden="true">
        {diagnoses.map(({ code, why, advice }) => (
          <span className="node-error-part" key={code}>
            {why}
            {advice && <span className="problems-advice">{advice}</span>}
          </span>
        ))}
      </span>
    </div>
  );
}
