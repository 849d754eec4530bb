import type { NodeId } from '#graph';
import { SeverityIcon } from '../canvas/index.ts';
import { diagnosesAt, useEditor } from '../store/index.ts';

/** What is worth knowing about this node's numbers, and what to try. */
export function NodeDiagnoses({ id }: { readonly id: NodeId }) {
  const diagnoses = useEditor((state) => diagnosesAt(state, id));
  return diagnoses.map(({ code, severity, why, advice }) => (
    <p className="note diagnosis" data-severity={severity} key={code}>
      <SeverityIcon severity={severity} />
      <span>
        {why}
        {advice && <span className="note-part quiet-text">{advice}</span>}
      </span>
    </p>
  ));
}
