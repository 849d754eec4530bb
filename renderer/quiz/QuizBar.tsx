import { useMemo } from 'react';
import type { WireId } from '#graph';
import { useShow } from '../canvas/index.ts';
import {
  askOnlyChosen,
  chosenWires,
  endQuiz,
  lastSettled,
  nextQuestion,
  openQuestion,
  quizAnswer,
  quizHides,
  quizHidesUpstream,
  quizTally,
  revealAnswer,
  startOver,
  takeHint,
  useEditor,
  useEditorShallow,
  useNumbers,
  useServices,
} from '../store/index.ts';
import { quizzing as text } from '../strings/en-quiz.ts';
import { questionAt } from './hints.ts';
import { WayChoice } from './WayChoice.tsx';
import './quiz-bar.css';

/** What is asked now, what helps, and how it stands. */
export function QuizBar() {
  const { store } = useServices();
  const open = useEditor((state) => state.quiz?.open ?? null);
  const { all, settled, right, hinted, revealed } = useEditorShallow(quizTally);
  const chosen = useEditor(({ quiz }) => quiz?.only?.size);
  const { showWire } = useShow();
  const goOn = () => {
    const next = nextQuestion(store.getState());
    if (next === undefined) return;
    openQuestion(store, next);
    if (isInView(next)) store.getState().selectWire(next);
    else showWire(next);
  };
  const done = settled >= all;
  return (
    <section className="bottom-bar quiz-bar" aria-label={text.label}>
      <div className="quiz-words">
        {chosen !== undefined && (
          <p className="quiet-text" data-testid="quiz-about">
            {text.chosen(chosen)}
          </p>
        )}
        {done ? (
          <p className="caption" data-testid="quiz-result">
            {text.result(right, all, hinted, revealed)}
          </p>
        ) : (
          <Asked open={open} />
        )}
      </div>
      <div className="quiz-actions">
        <span className="quiet-text numeric" data-testid="quiz-count">
          {text.settled(settled, all)}
        </span>
        {!done && <Help open={open} />}
        {!done && <OnlyChosen />}
        {done ? (
          <button type="button" className="button" onClick={() => startOver(store)}>
            {text.again}
          </button>
        ) : (
          <button type="button" className="button primary" id="quiz-next" onClick={goOn}>
            {text.next}
          </button>
        )}
        <button type="button" className="button" onClick={() => endQuiz(store)}>
          {text.end}
        </button>
      </div>
    </section>
  );
}

/** With wires or nodes selected, the quiz can be about those alone. */
function OnlyChosen() {
  const { store } = useServices();
  const count = useEditor((state) => chosenWires(state).length);
  const all = useEditor((state) => quizTally(state).all);
  const begun = useEditor(({ quiz }) => quiz?.only !== undefined || (quiz?.answers.size ?? 0) > 0);
  if (begun || count === 0 || count >= all) return null;
  return (
    <button type="button" className="button" onClick={() => askOnlyChosen(store)}>
      {text.askOnly(count)}
    </button>
  );
}

/** Whether the wire's numbers lie on the canvas as it is shown now. */
function isInView(id: WireId): boolean {
  const canvas = document.querySelector('[data-testid="canvas"]')?.getBoundingClientRect();
  const label = document
    .querySelector(`[data-testid="wire-${CSS.escape(id)}"]`)
    ?.getBoundingClientRect();
  if (!canvas || !label) return false;
  return (
    label.left >= canvas.left &&
    label.right <= canvas.right &&
    label.top >= canvas.top &&
    label.bottom <= canvas.bottom
  );
}

/** The question, what was wrong with the last answer, and the hints taken. */
function Asked({ open }: { readonly open: WireId | null }) {
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const numbers = useNumbers();
  const answer = useEditor((state) => (open ? quizAnswer(state, open) : undefined));
  const last = useEditor(lastSettled);
  const hidden = useEditor((state) => open !== null && quizHidesUpstream(state, open));
  const question = useMemo(
    () => (open ? questionAt(trace, registry, numbers, open, hidden) : undefined),
    [trace, registry, numbers, open, hidden],
  );
  const hints = question?.hints.slice(0, answer?.hints ?? 0) ?? [];
  return (
    <>
      <p className="caption" data-testid="quiz-question">
        {question?.asks ?? last ?? text.start}
      </p>
      {question?.how && <p className="quiz-hint">{question.how}</p>}
      {open && answer?.outcome !== 'right' && <WayChoice key={open} id={open} />}
      {answer?.problem && (
        <p className="quiz-problem" id="quiz-problem">
          {answer.problem}
        </p>
      )}
      {hints.map((hint) => (
        <p key={hint} className="quiz-hint numeric">
          {hint}
        </p>
      ))}
    </>
  );
}

/** Hint by hint, then the answer itself. */
function Help({ open }: { readonly open: WireId | null }) {
  const { store } = useServices();
  const taken = useEditor((state) => (open ? (quizAnswer(state, open)?.hints ?? 0) : 0));
  const asked = useEditor((state) => open !== null && quizHides(state, open));
  if (open === null || !asked) return null;
  const hint = () => {
    takeHint(store, open);
    const state = store.getState();
    const { trace, registry, numbers, announce } = state;
    const hidden = quizHidesUpstream(state, open);
    announce(questionAt(trace, registry, numbers, open, hidden)?.hints[taken === 0 ? 0 : 1] ?? '');
  };
  return (
    <>
      <button type="button" className="button" disabled={taken === 2} onClick={hint}>
        {taken === 0 ? text.firstHint : text.secondHint}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => {
          revealAnswer(store, open);
          document.getElementById('quiz-next')?.focus();
        }}
      >
        {text.reveal}
      </button>
    </>
  );
}
