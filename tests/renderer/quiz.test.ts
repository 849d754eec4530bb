import { describe, expect, it } from 'vitest';
import { nodeId, readParsed, type WireId, wireId } from '#graph';
import { lessons, product } from '#lessons';
import { catalogue } from '#ops';
import { scalar } from '#tensor';
import { directionsOf } from '#trace';
import { widthOf } from '../../renderer/canvas/look.ts';
import { wireWidth } from '../../renderer/format/magnitude.ts';
import { questionAt } from '../../renderer/quiz/hints.ts';
import { wayName } from '../../renderer/quiz/ways.ts';
import { setValue } from '../../renderer/store/gestures.ts';
import {
  answerQuestion,
  askOnlyChosen,
  chooseWay,
  chosenWires,
  nextQuestion,
  openQuestion,
  quizHides,
  quizHidesTotal,
  quizHidesUpstream,
  quizQuestions,
  quizTally,
  revealAnswer,
  startOver,
  startQuiz,
  takeHint,
} from '../../renderer/store/quiz.ts';
import { createEditorStore } from '../../renderer/store/store.ts';

const file = { ref: null, name: 'test' };
const [wx, wy, ww, wz] = ['wx', 'wy', 'ww', 'wz'].map(wireId) as [WireId, WireId, WireId, WireId];

function quizOn(raw: unknown = product.file) {
  const store = createEditorStore(catalogue, readParsed(raw, catalogue).document, file);
  startQuiz(store);
  return store;
}

describe('a quiz on (x + y)·z', () => {
  it('asks for every gradient but the seed, as it walks back', () => {
    const store = quizOn();
    expect(quizQuestions(store.getState().trace)).toEqual([ww, wz, wx, wy]);
    expect([wx, wy, ww, wz].every((id) => quizHides(store.getState(), id))).toBe(true);
    expect(quizHidesTotal(store.getState(), nodeId('mul'))).toBe(false);
    expect(quizHidesTotal(store.getState(), nodeId('x'))).toBe(true);
  });

  it('asks only for chosen wires, and hides what would give them away', () => {
    const store = quizOn();
    store.getState().select({ wires: new Set([ww]) });
    askOnlyChosen(store);
    const hidden = () => [wx, wy, ww, wz].filter((id) => quizHides(store.getState(), id));
    // The gradients on x and y are made from that on w: 4.
    expect(hidden()).toEqual([wx, wy, ww]);
    expect(quizHidesTotal(store.getState(), nodeId('x'))).toBe(true);
    expect(quizTally(store.getState()).all).toBe(1);
    expect(nextQuestion(store.getState())).toBe(ww);
    answerQuestion(store, ww, '4');
    expect(hidden()).toEqual([]);
    expect(quizTally(store.getState())).toMatchObject({ all: 1, settled: 1, right: 1 });
    expect(nextQuestion(store.getState())).toBeUndefined();
  });

  it('is about what is selected as it starts, and again as it starts over', () => {
    const store = createEditorStore(catalogue, readParsed(product.file, catalogue).document, file);
    const asked = () => quizQuestions(store.getState().trace, store.getState().quiz);
    store.getState().select({ wires: new Set([wz]), nodes: new Set([nodeId('add')]) });
    startQuiz(store);
    expect(asked()).toEqual([wz, wx, wy]);
    expect(quizHides(store.getState(), ww)).toBe(false);
    store.getState().select({});
    startOver(store);
    expect(asked()).toEqual([wz, wx, wy]);
    startQuiz(store);
    expect(asked()).toEqual([ww, wz, wx, wy]);
  });

  it('asks for the wires into a chosen node', () => {
    const store = quizOn();
    store.getState().select({ nodes: new Set([nodeId('add')]) });
    expect(chosenWires(store.getState())).toEqual([wx, wy]);
  });

  it('shows what is answered rightly, and nothing else', () => {
    const store = quizOn();
    expect(answerQuestion(store, ww, '5')?.kind).toBe('wrong');
    expect(quizHides(store.getState(), ww)).toBe(true);
    answerQuestion(store, ww, '1·4');
    expect(quizHides(store.getState(), ww)).toBe(false);
    expect(quizHides(store.getState(), wz)).toBe(true);
    expect(quizHidesTotal(store.getState(), nodeId('add'))).toBe(false);
  });

  it('counts at the end what was right, hinted and revealed', () => {
    const store = quizOn();
    answerQuestion(store, ww, '4');
    takeHint(store, wz);
    takeHint(store, wz);
    answerQuestion(store, wz, '5');
    answerQuestion(store, wx, '4');
    revealAnswer(store, wy);
    const tally = quizTally(store.getState());
    expect(tally).toEqual({ all: 4, settled: 4, right: 3, hinted: 1, revealed: 1 });
    expect(store.getState().announcement).toBe(
      '4 flows back on y. 3 of 4 right, 1 with a hint, 1 gradient revealed.',
    );
  });

  it('goes on to the next open question, and round', () => {
    const store = quizOn();
    expect(nextQuestion(store.getState())).toBe(ww);
    openQuestion(store, wx);
    answerQuestion(store, wy, '4');
    expect(nextQuestion(store.getState())).toBe(ww);
  });

  it('opens an answer again when an edit changes what it was given for, and only then', () => {
    const store = quizOn();
    for (const id of [ww, wx]) answerQuestion(store, id, '4');
    answerQuestion(store, wz, '5');
    setValue(store, nodeId('x'), scalar(7));
    // w is 10 now, so z receives 10; w and x still receive 4, but x is another number.
    expect(quizHides(store.getState(), wz)).toBe(true);
    expect(quizTally(store.getState()).right).toBeLessThan(3);
    setValue(store, nodeId('z'), scalar(6));
    expect(quizTally(store.getState()).right).toBe(0);
    store.getState().edit('cut', [{ type: 'removeWires', wires: [wx] }]);
    expect(quizHides(store.getState(), ww)).toBe(false);
    expect(quizQuestions(store.getState().trace)).toEqual([]);
  });

  it('ends with its document, and in Train', () => {
    const store = quizOn();
    store.getState().setWorkspace('train');
    expect(store.getState().quiz).toBeNull();
    startQuiz(store);
    expect(store.getState()).toMatchObject({ workspace: 'trace' });
    store.getState().open(readParsed(product.file, catalogue).document, file);
    expect(store.getState().quiz).toBeNull();
  });
});

describe('the second hint', () => {
  it('tells the upstream gradient only once that is found', () => {
    const store = quizOn();
    const hint = () => {
      const state = store.getState();
      const { trace, numbers } = state;
      return questionAt(trace, catalogue, numbers, wx, quizHidesUpstream(state, wx))?.hints[1];
    };
    expect(hint()).toBe(
      'local × upstream, here 1 × ? = ? What arrives at w is asked for, too: find it first.',
    );
    answerQuestion(store, ww, '4');
    expect(hint()).toBe('local × upstream, here 1 × 4 = ?');
  });
});

describe('how thick a wire is drawn', () => {
  it('tells nothing of a gradient that is hidden', () => {
    const store = quizOn();
    const width = () => widthOf(store.getState(), wz, nodeId('z'));
    const before = width();
    const { value, gradient } = store.getState().trace.wires.get(wz) ?? {};
    if (!value || !gradient) throw new Error('Nothing flows.');
    expect(wireWidth(value)).not.toBe(wireWidth(gradient));
    expect(before).toBe(wireWidth(value));
    answerQuestion(store, wz, '5');
    expect(width()).toBe(wireWidth(gradient));
  });
});

describe('a quiz on a router', () => {
  const raw = lessons.find(({ id }) => id === 'relu-gate')?.file;
  const way = (text: string) => expect.stringContaining(text);

  it('asks which way the gradient goes, with both hints', () => {
    const { trace, numbers } = quizOn(raw).getState();
    const into = (name: string) =>
      quizQuestions(trace).find((id) => id.includes(name)) ?? wireId('none');
    expect(questionAt(trace, catalogue, numbers, into('x-a'))).toEqual({
      asks: 'Does the gradient go back through ReLU, to x?',
      hints: [way('ReLU is a router'), 'Here x is 3.'],
    });
    expect(questionAt(trace, catalogue, numbers, into('z-c'))).toEqual({
      asks: 'Which way does the gradient go back from max?',
      hints: [way('Max is a router'), 'Here z is 3, and zero is 0.'],
    });
  });

  it('hides what the other input of a router receives, while one alone is asked for', () => {
    const store = createEditorStore(
      catalogue,
      readParsed(lessons.find(({ id }) => id === 'max-gate')?.file, catalogue).document,
      file,
    );
    const [one, other] = quizQuestions(store.getState().trace);
    if (!one || !other) throw new Error('Two wires enter max.');
    store.getState().select({ wires: new Set([one]) });
    startQuiz(store);
    expect(quizTally(store.getState()).all).toBe(1);
    expect([one, other].map((id) => quizHides(store.getState(), id))).toEqual([true, true]);
    chooseWay(store, one, 0);
    expect([one, other].map((id) => quizHides(store.getState(), id))).toEqual([false, false]);
  });

  it('asks to which entry an index sends the gradient', () => {
    const source = (id: string, value: unknown, shape: number[]) => ({
      id,
      op: 'input',
      label: id,
      attrs: { shape, value },
      position: { x: 0, y: 0 },
    });
    const store = quizOn({
      format: 'gradwire',
      version: 1,
      title: '',
      nodes: [
        source('s', [0.5, -1.5, 2], [3]),
        source('i', 1, []),
        { id: 'f', op: 'select', label: 'f', position: { x: 0, y: 0 } },
      ],
      wires: [
        { id: 'score', from: { node: 's', port: 'out' }, to: { node: 'f', port: 'x' } },
        { id: 'index', from: { node: 'i', port: 'out' }, to: { node: 'f', port: 'index' } },
      ],
      loss: { node: 'f', seed: 1 },
    });
    const { trace, numbers } = store.getState();
    const score = wireId('score');
    // The index receives no gradient, so nothing is asked about it.
    expect(quizQuestions(trace)).toEqual([score]);
    expect(questionAt(trace, catalogue, numbers, score)).toEqual({
      asks: 'To which entry of s does the gradient go back from select?',
      hints: [way('Select is a router'), 'Here s is [0.5, −1.5, 2], and i is 1.'],
    });
    const ways = directionsOf(trace, catalogue, score)?.ways ?? [];
    const value = trace.wires.get(score)?.value;
    expect(ways.map((one) => wayName(trace, ways, one, value, numbers))).toEqual([
      '[1] = 0.5',
      '[2] = −1.5',
      '[3] = 2',
    ]);
    chooseWay(store, score, 0);
    expect(quizHides(store.getState(), score)).toBe(true);
    // The index counts from 0, the places from 1.
    chooseWay(store, score, 1);
    expect(quizTally(store.getState())).toMatchObject({ all: 1, settled: 1, right: 1 });
  });

  it('says at once whether a way is right, and counts it with the others', () => {
    const store = quizOn(raw);
    const [id] = quizQuestions(store.getState().trace).filter((wire) => wire.includes('y-b'));
    if (!id) throw new Error('No wire from y.');
    chooseWay(store, id, 0);
    expect(store.getState().announcement).toBe('That is not the way it goes.');
    expect(quizTally(store.getState()).settled).toBe(0);
    chooseWay(store, id, 2);
    expect(store.getState().announcement).toBe('Right: 0 flows back on y.');
    expect(quizTally(store.getState())).toMatchObject({ settled: 1, right: 1 });
  });
});

describe('a quiz on a worked example', () => {
  it.each(lessons.map((lesson) => [lesson.title, lesson] as const))('%s', (_, { file: raw }) => {
    const store = quizOn(raw);
    const { trace, numbers } = store.getState();
    for (const id of quizQuestions(trace)) {
      const question = questionAt(trace, catalogue, numbers, id);
      expect(question?.hints.every((hint) => hint.length > 0)).toBe(true);
      const directions = directionsOf(trace, catalogue, id);
      if (directions) {
        chooseWay(store, id, (directions.right + 1) % directions.ways.length);
        expect(quizHides(store.getState(), id)).toBe(true);
        chooseWay(store, id, directions.right);
        continue;
      }
      const { shape = [], data } = trace.wires.get(id)?.gradient ?? {};
      const number = shape.length === 0 && data?.data.length === 1;
      const answer = number ? String(data.data[0]) : JSON.stringify(data?.shape);
      expect(answerQuestion(store, id, answer)).toEqual({ kind: 'right' });
    }
    const { all, right } = quizTally(store.getState());
    expect(right).toBe(all);
  });
});
