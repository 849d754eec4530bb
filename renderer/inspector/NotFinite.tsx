import type { ArrayValue } from '#tensor';
import { SeverityIcon, useShow } from '../canvas/index.ts';
import { diagnosesOf, useEditor } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';

interface NotFiniteProps {
  /** What is shown beside it. */
  readonly values: readonly (ArrayValue | null | undefined)[];
}

/** Where an ∞ or a NaN came from: the first node that made one, and the way there. */
export function NotFinite({ values }: NotFiniteProps) {
  const { showNode } = useShow();
  const origin = useEditor((state) =>
    diagnosesOf(state).all.find(({ code }) => code === 'not-finite'),
  );
  const spoilt = values.some((value) => value && !value.data.data.every(Number.isFinite));
  if (!origin || !spoilt) return null;
  return (
    <p className="note diagnosis" data-severity="error" data-testid="not-finite">
      <SeverityIcon severity="error" />
      <span>
        {origin.why}
        <button type="button" className="link" onClick={() => showNode(origin.node)}>
          {insight.diagnoses.goTo}
        </button>
      </span>
    </p>
  );
}
