import { collapseRefusal, type Frame } from '#graph';
import { expansionOf } from '#ops';
import { COMMANDS } from '../host/index.ts';
import {
  collapseFrameOf,
  colorFrame,
  enterFrame,
  setFolded,
  useEditor,
  useServices,
} from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { grouping } from '../strings/en-grouping.ts';
import { insight } from '../strings/en-insight.ts';
import { TextField } from './TextField.tsx';

const text = insight.composites;

/** A frame: what its nodes are together, and how to make one node of them again. */
export function FrameDetails({ frame }: { readonly frame: Frame }) {
  const { store } = useServices();
  const document = useEditor(({ editor }) => editor.document);
  const registry = useEditor((state) => state.registry);
  const { id, composite } = frame;
  const refused = composite ? collapseRefusal(document, registry, id) : null;
  const operation = composite && registry.get(composite.node.op);
  const note = composite && expansionOf(composite.node.op)?.note;
  const retitle = (title: string) =>
    store
      .getState()
      .edit(strings.edits.rename, [{ type: 'setFrame', frame: id, title: title.trim() }])?.message;
  const remove = () => store.getState().edit(text.remove, [{ type: 'removeFrames', frames: [id] }]);
  return (
    <>
      <h2 className="inspector-title">
        {text.frame} {frame.title}
      </h2>
      <p className="quiet-text">
        {operation ? `${operation.title} · ` : ''}
        {text.nodes(frame.nodes.length)}
      </p>
      {operation && <p className="note">{operation.help}</p>}
      {note && <p className="note">{note}</p>}
      <section className="inspector-section">
        <TextField label={strings.inspector.title} value={frame.title} commit={retitle} />
        <div className="field">
          <span className="quiet-text" id="frame-color">
            {grouping.colors}
          </span>
          <div className="frame-colors" role="radiogroup" aria-labelledby="frame-color">
            {Object.entries(grouping.colorNames).map(([color, name]) => (
              // biome-ignore lint/a11y/useSemanticElements: a swatch, not a form's radio button
              <button
                key={color}
                type="button"
                role="radio"
                aria-checked={(frame.color ?? '') === color}
                aria-label={name}
                title={name}
                className="frame-color"
                data-color={color}
                onClick={() => colorFrame(store, id, color)}
              />
            ))}
          </div>
        </div>
        <div className="actions">
          <button
            type="button"
            className="button"
            onClick={() => setFolded(store, id, !frame.folded)}
          >
            {frame.folded ? grouping.unfoldHint : grouping.foldHint}
          </button>
          <button type="button" className="button" onClick={() => enterFrame(store, id)}>
            {COMMANDS['graph.enter'].label}
          </button>
          {composite && (
            <button
              type="button"
              className="button"
              title={text.collapseHint}
              disabled={refused !== null}
              onClick={() => collapseFrameOf(store, id)}
            >
              {text.collapse}
            </button>
          )}
          <button type="button" className="button" title={text.removeHint} onClick={remove}>
            {text.remove}
          </button>
        </div>
        {refused && <p className="field-problem">{refused.message}</p>}
      </section>
    </>
  );
}
