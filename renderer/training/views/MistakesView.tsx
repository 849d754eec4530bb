import { useStore } from 'zustand';
import { useNumbers } from '../../store/index.ts';
import { views } from '../../strings/en-views.ts';
import type { TrainingControl } from '../control.ts';
import { Given } from './Given.tsx';
import { PartChoice } from './PartChoice.tsx';
import { State } from './State.tsx';
import { said } from './said.ts';
import { useAnswers } from './use-answers.ts';
import { useFacts, usePart } from './use-facts.ts';
import { viewsStore } from './views-store.ts';

const text = views.mistakes;

/** The examples that the net is most wrong about. Picking one makes it the example that is traced and tried. */
export function MistakesView({ control }: { readonly control: TrainingControl }) {
  const facts = useFacts(control)?.answer;
  const part = usePart(facts);
  const seen = useAnswers(control, part);
  const numbers = useNumbers();
  const picked = useStore(viewsStore, (state) => (state.picked ? state.index : undefined));
  const worst = seen?.answer?.worst ?? [];
  return (
    <State control={control} seen={seen}>
      <div className="view-head">
        <PartChoice facts={facts} part={part} />
        <span className="quiet-text numeric">{views.step(seen?.step)}</span>
      </div>
      <p className="quiet-text view-note">
        {worst.length > 0 ? text.title(worst.length) : text.none}
      </p>
      <div className="mistakes">
        {worst.map((one) => {
          const index = one.index ?? 0;
          const { answer, truth } = said(one, facts, numbers);
          return (
            <button
              key={index}
              type="button"
              className="mistake numeric"
              aria-label={text.pick(answer, truth, index)}
              aria-pressed={index === picked}
              onClick={() => viewsStore.setState({ part, index, picked: true, way: 'data' })}
            >
              <Given values={one.given} facts={facts} label="" size={72} />
              <span className="mistake-answer">{answer}</span>
              <span>{truth}</span>
              <span className="quiet-text">{text.example(part, index)}</span>
            </button>
          );
        })}
      </div>
    </State>
  );
}
