import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Answer, Ask, AskKind } from '#train';
import { useEditor, useServices } from '../../store/index.ts';
import type { TrainingControl } from '../control.ts';
import { type AnswerTo, keyOf } from './looker.ts';

/** Milliseconds between an answer and the next question about a net that changes: the trainer sees to its own time. */
const often: Readonly<Record<AskKind, number>> = {
  facts: 5000,
  spreads: 300,
  answers: 1000,
  weights: 500,
  region: 100,
  examples: 300,
  moment: 1000,
};
/** Where nobody could answer. */
const patience = 400;

/** What is known of a net: an answer, or why there is none. */
export interface Seen<K extends AskKind> {
  /** Undefined where it is about the document as it is. */
  readonly step: number | undefined;
  readonly answer?: AnswerTo<K>;
  readonly refused?: string;
}

/**
 * The answer about the net that is there now: asked for as long as somebody looks, again and again while it
 * trains, and else whenever it has changed. Undefined until the first; without a question nothing is asked.
 */
export function useInsight<K extends AskKind>(
  control: TrainingControl,
  kind: K,
  ask: Extract<Ask, { kind: K }> | undefined,
): Seen<K> | undefined {
  const { store } = useServices();
  const documentKey = useEditor((state) => String(state.documentKey));
  const { looker } = control;
  const key = ask && keyOf(ask);
  const question = JSON.stringify(ask, (_, part) => (ArrayBuffer.isView(part) ? idOf(part) : part));

  // biome-ignore lint/correctness/useExhaustiveDependencies: `question` is `ask` by its contents
  useEffect(() => {
    if (!ask) return;
    let over = false;
    let wake = () => {};
    const change = () => wake();
    const unsubscribe = [store.subscribe(change), control.subscribe(change)];
    document.addEventListener('visibilitychange', change);
    const until = async (is: () => boolean) => {
      while (!over && !is()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
    const loop = async () => {
      while (!over) {
        await until(() => !document.hidden && looker.subject() !== undefined);
        const about = looker.subject()?.key;
        const found = over ? undefined : await looker.ask(ask);
        if (over) return;
        if (!found) await pause(patience);
        else if (looker.subject()?.key !== about || isGoing())
          await pause(isGoing() ? often[kind] : 0);
        else await until(() => looker.subject()?.key !== about || isGoing());
      }
    };
    const isGoing = () => {
      const subject = looker.subject();
      return subject?.kind === 'run' && subject.going;
    };
    void loop();
    return () => {
      over = true;
      wake();
      for (const end of unsubscribe) end();
      document.removeEventListener('visibilitychange', change);
    };
  }, [question, looker, store]);

  const found = useStore(looker.view, (view) => (key ? view.found.get(key) : undefined));
  return useMemo(() => {
    if (found?.document !== documentKey) return undefined;
    const { step, answer } = found;
    if (answer.kind === 'refused') return { step, refused: answer.message };
    return isTo(answer, kind) ? { step, answer } : undefined;
  }, [found, documentKey, kind]);
}

function isTo<K extends AskKind>(answer: Answer, kind: K): answer is AnswerTo<K> {
  return answer.kind === kind;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

const ids = new WeakMap<object, number>();
let lastId = 0;

/** The same number for the same array. */
function idOf(array: object): number {
  const id = ids.get(array) ?? ++lastId;
  ids.set(array, id);
  return id;
}
