import { EyeOff } from 'lucide-react';
import type { Trace } from '#trace';
import { endQuiz, startQuiz, useEditor, useServices } from '../store/index.ts';
import { quizzing as text } from '../strings/en-quiz.ts';

/** Hides the gradients and asks for them, or shows them again. */
export function QuizButton() {
  const { store } = useServices();
  const on = useEditor(({ quiz }) => quiz !== null);
  const possible = useEditor(({ trace }) => hasGradients(trace));
  return (
    <button
      type="button"
      className="button"
      aria-pressed={on}
      title={possible ? text.hint : text.impossible}
      disabled={!possible && !on}
      onClick={() => (on ? endQuiz(store) : startQuiz(store))}
    >
      <EyeOff size={15} aria-hidden="true" />
      <span className="button-label">{text.label}</span>
    </button>
  );
}

function hasGradients({ loss, wires }: Trace): boolean {
  if (loss === undefined) return false;
  for (const { gradient } of wires.values()) if (gradient) return true;
  return false;
}
