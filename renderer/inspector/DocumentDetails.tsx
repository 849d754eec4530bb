import { indexOf } from '#graph';
import { outputName } from '../format/names.ts';
import { useEditor, useNumbers, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { MathName } from '../ui/MathName.tsx';
import { CheckList } from './CheckList.tsx';
import { GraphCounts } from './Counters.tsx';
import { TextField } from './TextField.tsx';

const text = strings.inspector;

/** Nothing is selected: the document as a whole, and what to try next. */
export function DocumentDetails() {
  const { store } = useServices();
  const numbers = useNumbers();
  const quiz = useEditor((state) => state.quiz !== null);
  const about = useEditor(({ file }) => file.about);
  const document = useEditor(({ editor }) => editor.document);
  const value = useEditor(({ trace, workspace, film }) =>
    trace.loss !== undefined &&
    (workspace !== 'trace' || (document.loss && film.shown.values.has(document.loss.node)))
      ? trace.loss
      : undefined,
  );
  const loss = document.loss && indexOf(document).nodes.get(document.loss.node);
  const retitle = (title: string) =>
    store.getState().edit(strings.edits.title, [{ type: 'setTitle', title: title.trim() }])
      ?.message;
  return (
    <>
      <h2 className="inspector-title">{text.document}</h2>
      {about && <p className="note">{about}</p>}
      <section className="inspector-section">
        <TextField label={text.title} value={document.title} commit={retitle} />
        <dl className="facts numeric">
          <dt>{text.size}</dt>
          <dd>{text.counts(document.nodes.length, document.wires.length)}</dd>
          <dt>{text.loss}</dt>
          <dd>
            {loss ? <MathName name={outputName(loss)} /> : text.none}
            {loss && value !== undefined && (
              <span className="value"> = {numbers.format(value)}</span>
            )}
          </dd>
        </dl>
      </section>
      <GraphCounts />
      {!quiz && <CheckList />}
      <section className="inspector-section">
        <h3 className="heading">{text.hintsTitle}</h3>
        <ul className="hints">
          {text.hints.map((hint) => (
            <li key={hint}>{hint}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
