import { Check } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { indexOf, type WireId } from '#graph';
import { wireName } from '../format/names.ts';
import {
  answerQuestion,
  openQuestion,
  quizAnswer,
  quizAsksFor,
  useEditor,
  useServices,
} from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { quizzing as text } from '../strings/en-quiz.ts';
import './quiz.css';

/** Where the keyboard goes on after an answer: the bar's button for the next question. */
const quizNextId = 'quiz-next';

/** In place of a gradient that the quiz asks for: a “?”, and once it is pressed a small field. */
export function QuizEntry({ id }: { readonly id: WireId }) {
  const { store } = useServices();
  const open = useEditor(({ quiz }) => quiz?.open === id);
  const name = useEditor(({ trace: { document } }) => {
    const wire = indexOf(document).wires.get(id);
    return wire ? wireName(document, wire) : id;
  });
  const target = useEditor(({ trace: { document }, registry }) => {
    const { wires, nodes } = indexOf(document);
    const wire = wires.get(id);
    const node = wire && nodes.get(wire.to.node);
    return (node && registry.get(node.op)?.title) ?? '';
  });
  const way = useEditor((state) => open && quizAsksFor(state, id) === 'way');
  if (open && !way) return <AnswerField id={id} name={name} />;
  return (
    <button
      type="button"
      className="quiz-ask"
      data-open={open}
      aria-label={text.chip(name, target)}
      onClick={() => openQuestion(store, id)}
    >
      {strings.canvas.unknown}
    </button>
  );
}

function AnswerField({ id, name }: { readonly id: WireId; readonly name: string }) {
  const { store } = useServices();
  const [typed, setTyped] = useState('');
  const wrong = useEditor((state) => quizAnswer(state, id)?.problem !== undefined);
  const asked = useEditor((state) => quizAsksFor(state, id));
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // The wire below would take the keys, too.
    event.stopPropagation();
    // Enter would press the button that gets the focus next.
    if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault();
    if (event.key === 'Enter') {
      if (answerQuestion(store, id, typed)?.kind !== 'right') event.currentTarget.select();
      else document.getElementById(quizNextId)?.focus();
    }
    if (event.key === 'Escape') {
      openQuestion(store, null);
      document.getElementById(quizNextId)?.focus();
    }
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
      autoFocus
      className="quiz-field numeric nodrag nopan"
      aria-label={fieldName(asked, name)}
      aria-invalid={wrong}
      aria-describedby={wrong ? 'quiz-problem' : undefined}
      value={typed}
      style={{ width: `${Math.min(26, Math.max(6, typed.length + 2))}ch` }}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}

function fieldName(asked: ReturnType<typeof quizAsksFor>, name: string): string {
  if (asked === 'tensor') return text.tensorField(name);
  return asked === 'shape' ? text.shapeField(name) : text.field(name);
}

/** Behind a gradient that was found. */
export function QuizMark() {
  return (
    <Check className="quiz-mark" size={13} strokeWidth={3} role="img" aria-label={text.mark} />
  );
}
