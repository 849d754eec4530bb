import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import { pathTo } from '#graph';
import { enterFrame, useEditor, useEditorShallow, useServices } from '../store/index.ts';
import { grouping } from '../strings/en-grouping.ts';

/** The way into the frame that is seen from inside; each step leads back there. */
export function Breadcrumbs() {
  const { store } = useServices();
  const inside = useEditor((state) => state.inside);
  const path = useEditorShallow((state) =>
    state.inside === null ? [] : pathTo(state.trace.document, state.inside),
  );
  if (inside === null) return null;
  return (
    <nav className="breadcrumbs" aria-label={grouping.path}>
      <button type="button" onClick={() => enterFrame(store, null)}>
        {grouping.whole}
      </button>
      {path.map(({ id, title }) => (
        <Fragment key={id}>
          <ChevronRight size={14} aria-hidden="true" />
          <button
            type="button"
            aria-current={id === inside ? 'location' : undefined}
            onClick={() => enterFrame(store, id)}
          >
            {title}
          </button>
        </Fragment>
      ))}
    </nav>
  );
}
