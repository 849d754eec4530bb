import { indexOf, type NodeId, type WireId } from '#graph';
import {
  asksFor,
  directionsOf,
  hasFewEntries,
  judgeAnswer,
  type Trace,
  type Verdict,
  type WireTrace,
} from '#trace';
import { wireName } from '../format/names.ts';
import { describeValue } from '../format/tensors.ts';
import { quizzing as text } from '../strings/en-quiz.ts';
import type { EditorApi, EditorStore } from './store.ts';

/** What came of one question so far. */
export interface QuizAnswer {
  /** What it was given for: once the numbers there are others, the question is open again. */
  readonly about: WireTrace;
  readonly outcome: 'open' | 'right' | 'revealed';
  readonly hints: 0 | 1 | 2;
  /** Why the last try was not right. */
  readonly problem?: string;
}

/** All gradients are hidden until they are answered. */
export interface Quiz {
  readonly answers: ReadonlyMap<WireId, QuizAnswer>;
  /** Only these wires are asked for; all of them without it. */
  readonly only?: ReadonlySet<WireId>;
  /** The question that is being answered. */
  readonly open: WireId | null;
  /** The question that was settled last. */
  readonly last: WireId | null;
}

type Quizzed = Pick<EditorStore, 'quiz' | 'trace' | 'numbers' | 'registry'>;

/** The wires that are asked for, in the order in which the gradient walks back. */
export function quizQuestions({ steps }: Trace, quiz: Quiz | null = null): readonly WireId[] {
  return steps.flatMap((step) =>
    step.kind === 'product' && (quiz?.only?.has(step.wire) ?? true) ? [step.wire] : [],
  );
}

/** What came of a question, as far as it holds for the numbers of now. */
export function quizAnswer({ quiz, trace }: Quizzed, id: WireId): QuizAnswer | undefined {
  const answer = quiz?.answers.get(id);
  const traced = trace.wires.get(id);
  return answer && traced && sameNumbers(answer.about, traced) ? answer : undefined;
}

/** How a wire stands in the quiz; undefined where there is no quiz, or nothing to ask. */
export function quizOutcome(state: Quizzed, id: WireId): QuizAnswer['outcome'] | undefined {
  if (!state.quiz || !state.trace.wires.get(id)?.gradient) return undefined;
  if (state.quiz.only && !state.quiz.only.has(id)) return undefined;
  return quizAnswer(state, id)?.outcome ?? 'open';
}

/** Whether the quiz hides the gradient on a wire: it is asked for, or would give away one that is. */
export function quizHides(state: Quizzed, id: WireId): boolean {
  const outcome = quizOutcome(state, id);
  return outcome === undefined ? behindOpen(state).has(id) : outcome === 'open';
}

const behind = new WeakMap<Quiz, { readonly trace: Trace; readonly wires: ReadonlySet<WireId> }>();

/** The wires whose gradients are made from one that is still asked for, or tell which way it goes at a router. */
function behindOpen(state: Quizzed): ReadonlySet<WireId> {
  const { quiz, trace } = state;
  if (!quiz?.only) return new Set();
  const known = behind.get(quiz);
  if (known?.trace === trace) return known.wires;
  const { wires, incoming } = indexOf(trace.document);
  const found = new Set<WireId>();
  const open = [...quiz.only].filter((id) => quizOutcome(state, id) === 'open');
  // What the other input of a router receives says which way the gradient goes.
  const others = open
    .flatMap((id) => directionsOf(trace, state.registry, id)?.ways ?? [])
    .flatMap((way) => (way.kind === 'input' && !quiz.only?.has(way.wire) ? [way.wire] : []));
  for (const id of others) found.add(id);
  const follow = [...open, ...others];
  for (let id = follow.pop(); id !== undefined; id = follow.pop()) {
    const source = wires.get(id)?.from.node;
    for (const wire of (source && incoming.get(source)?.values()) || []) {
      if (found.has(wire.id)) continue;
      found.add(wire.id);
      follow.push(wire.id);
    }
  }
  behind.set(quiz, { trace, wires: found });
  return found;
}

/** Whether the quiz hides a node's total: as long as one of its wires is not answered. The seed is given. */
export function quizHidesTotal(state: Quizzed, id: NodeId): boolean {
  if (!state.quiz) return false;
  const wires = indexOf(state.trace.document).outgoing.get(id) ?? [];
  return wires.some((wire) => quizHides(state, wire.id));
}

/** Whether the quiz hides what arrives from above at the gate a wire enters: it may be asked for itself. */
export function quizHidesUpstream(state: Quizzed, id: WireId): boolean {
  const wire = indexOf(state.trace.document).wires.get(id);
  return wire !== undefined && quizHidesTotal(state, wire.to.node);
}

export interface QuizTally {
  readonly all: number;
  readonly settled: number;
  readonly right: number;
  /** Right, but with a hint. */
  readonly hinted: number;
  readonly revealed: number;
}

export function quizTally(state: Quizzed): QuizTally {
  const questions = quizQuestions(state.trace, state.quiz);
  const answers = questions.flatMap((id) => quizAnswer(state, id) ?? []);
  const right = answers.filter(({ outcome }) => outcome === 'right');
  const revealed = answers.filter(({ outcome }) => outcome === 'revealed').length;
  return {
    all: questions.length,
    settled: right.length + revealed,
    right: right.length,
    hinted: right.filter(({ hints }) => hints > 0).length,
    revealed,
  };
}

/** The open question after the current one; from the end it goes on at the start. */
export function nextQuestion(state: Quizzed): WireId | undefined {
  const questions = quizQuestions(state.trace, state.quiz);
  const at = state.quiz?.open ? questions.indexOf(state.quiz.open) + 1 : 0;
  return [...questions.slice(at), ...questions.slice(0, at)].find(
    (id) => quizOutcome(state, id) === 'open',
  );
}

/** Begins a quiz on the graph as it is: about what is selected, else about every wire. */
export function startQuiz(store: EditorApi): void {
  const { workspace, setWorkspace, setPlaying } = store.getState();
  if (workspace === 'train') setWorkspace('trace');
  setPlaying(false);
  begin(store, chosenWires(store.getState()));
}

/** Begins the quiz anew, about the wires it was about. */
export function startOver(store: EditorApi): void {
  begin(store, [...(store.getState().quiz?.only ?? [])]);
}

/** None of them, or each of them, are all. */
function begin(store: EditorApi, wires: readonly WireId[]): void {
  const some = wires.length > 0 && wires.length < quizQuestions(store.getState().trace).length;
  store.setState({
    quiz: { answers: new Map(), ...(some && { only: new Set(wires) }), open: null, last: null },
  });
  store.getState().announce(some ? text.only(wires.length) : text.start);
}

/** The wires that the selection stands for: those selected, and those into selected nodes. */
export function chosenWires({
  trace,
  selection,
}: Pick<EditorStore, 'trace' | 'selection'>): readonly WireId[] {
  const { incoming } = indexOf(trace.document);
  const into = [...selection.nodes].flatMap((node) =>
    [...(incoming.get(node)?.values() ?? [])].map(({ id }) => id),
  );
  const chosen = new Set([...selection.wires, ...into]);
  return quizQuestions(trace).filter((id) => chosen.has(id));
}

/** Asks only for the chosen wires; all others show their gradients, but those made from a hidden one. */
export function askOnlyChosen(store: EditorApi): void {
  const wires = chosenWires(store.getState());
  if (wires.length > 0) begin(store, wires);
}

export function endQuiz(store: EditorApi): void {
  store.setState({ quiz: null });
}

export function openQuestion(store: EditorApi, id: WireId | null): void {
  const { quiz } = store.getState();
  if (quiz) store.setState({ quiz: { ...quiz, open: id } });
}

/** Judges what was typed and keeps what came of it. */
export function answerQuestion(store: EditorApi, id: WireId, typed: string): Verdict | undefined {
  const { trace } = store.getState();
  const traced = trace.wires.get(id);
  if (!traced?.gradient) return undefined;
  const verdict = judgeAnswer(typed, traced);
  if (verdict.kind === 'right') settle(store, id, 'right');
  else {
    const problem = verdict.kind === 'wrong' ? text.wrong[verdict.why] : verdict.message;
    keep(store, id, { problem });
    store.getState().announce(problem);
  }
  return verdict;
}

/** Judges which way of a router was chosen, by its place among them, and keeps what came of it. */
export function chooseWay(store: EditorApi, id: WireId, way: number): void {
  const { trace, registry, announce } = store.getState();
  const directions = directionsOf(trace, registry, id);
  if (!directions || way < 0 || way >= directions.ways.length) return;
  if (way === directions.right) settle(store, id, 'right');
  else {
    keep(store, id, { problem: text.wrong.way });
    announce(text.wrong.way);
  }
}

/** The next of the two hints: which rule, then which numbers. */
export function takeHint(store: EditorApi, id: WireId): void {
  keep(store, id, { hints: quizAnswer(store.getState(), id)?.hints ? 2 : 1 });
}

export function revealAnswer(store: EditorApi, id: WireId): void {
  settle(store, id, 'revealed');
}

/** What was found or revealed last, as long as it holds. */
export function lastSettled(state: Quizzed): string | undefined {
  const id = state.quiz?.last;
  if (!id) return undefined;
  const { trace } = state;
  const outcome = quizOutcome(state, id);
  const wire = indexOf(trace.document).wires.get(id);
  const gradient = trace.wires.get(id)?.gradient;
  if (!wire || !gradient || !outcome || outcome === 'open') return undefined;
  return text[outcome](wireName(trace.document, wire), describeValue(gradient, state.numbers));
}

function settle(store: EditorApi, id: WireId, outcome: 'right' | 'revealed'): void {
  keep(store, id, { outcome, problem: undefined });
  const { quiz, announce } = store.getState();
  if (quiz) store.setState({ quiz: { ...quiz, open: null, last: id } });
  const { all, settled, right, hinted, revealed } = quizTally(store.getState());
  const said = lastSettled(store.getState()) ?? '';
  announce(settled < all ? said : `${said} ${text.result(right, all, hinted, revealed)}.`);
}

function keep(store: EditorApi, id: WireId, change: Partial<QuizAnswer>): void {
  const state = store.getState();
  const about = state.trace.wires.get(id);
  if (!state.quiz || !about) return;
  const fresh: QuizAnswer = { about, outcome: 'open', hints: 0 };
  const answer = { ...(quizAnswer(state, id) ?? fresh), ...change };
  const answers = new Map([...state.quiz.answers, [id, answer]]);
  store.setState({ quiz: { ...state.quiz, answers } });
}

/** Whether a question is for a number, a shape, a shape or its few entries, or for the way a router sends the gradient. */
export function quizAsksFor(
  { trace, registry }: Pick<EditorStore, 'trace' | 'registry'>,
  id: WireId,
): 'number' | 'shape' | 'tensor' | 'way' {
  const traced = trace.wires.get(id);
  if (!traced) return 'number';
  if (directionsOf(trace, registry, id)) return 'way';
  return hasFewEntries(traced) ? 'tensor' : asksFor(traced);
}

function sameNumbers(a: WireTrace, b: WireTrace): boolean {
  if (a === b) return true;
  return (['value', 'upstream', 'gradient'] as const).every((key) => {
    const [one, other] = [a[key], b[key]];
    if (!one || !other) return one === other;
    return (
      one.batched === other.batched &&
      one.data.shape.join() === other.data.shape.join() &&
      one.data.data.every((x, at) => Object.is(x, other.data.data[at]))
    );
  });
}
