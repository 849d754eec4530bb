import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireId } from '#graph';
import { catalogue } from '#ops';
import { toNested } from '#tensor';
import { asksFor, directionsOf, hasFewEntries, judgeAnswer, trace, type WireTrace } from '#trace';
import { questionAt } from '../../renderer/quiz/hints.ts';
import {
  answerQuestion,
  chooseWay,
  nextQuestion,
  openQuestion,
  quizTally,
  startQuiz,
} from '../../renderer/store/quiz.ts';
import { createEditorStore, type EditorApi } from '../../renderer/store/store.ts';
import { graphSeeds, randomGraph } from '../support/random-graphs.ts';

const file = { ref: null, name: 'test' };
const runs = { numRuns: 40 };

/** A number in plain decimals, all its digits: `1e-7` is 0.0000001. */
const decimal = (x: number) => x.toFixed(18);

/** Ways to write a number. */
function spellings(x: number): readonly string[] {
  const minus = (text: string) => text.replace('-', '−');
  return [
    decimal(x),
    minus(decimal(x)),
    decimal(x).replace('.', ','),
    `${decimal(x * 7)}/7`,
    `${decimal(x / 2)} · 2`,
    `(${decimal(x)} + 3) - 3`,
  ];
}

/** Every wire on which something flows back that is not too small to be written out. */
function flowing(seed: Parameters<typeof randomGraph>[0]): readonly WireTrace[] {
  return [...trace(randomGraph(seed), catalogue).wires.values()].filter(({ gradient }) =>
    gradient?.data.data.every((x) => x === 0 || Math.abs(x) > 1e-6),
  );
}

describe('on any graph', () => {
  it('the right number is right however it is written; another sign, or 2 % more, is wrong', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        for (const traced of flowing(seed)) {
          if (asksFor(traced) !== 'number') continue;
          const right = traced.gradient?.data.data[0] ?? Number.NaN;
          for (const typed of spellings(right)) {
            expect([typed, judgeAnswer(typed, traced).kind]).toEqual([typed, 'right']);
          }
          const wrong = right === 0 ? [0.5, -1] : [-right, right * 1.02, right * 0.98];
          for (const typed of wrong.map(decimal)) {
            expect([typed, judgeAnswer(typed, traced).kind]).toEqual([typed, 'wrong']);
          }
        }
      }),
      runs,
    );
  });

  it('the right tensor is right, and one with an entry 2 % off, or another shape, is wrong', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        for (const traced of flowing(seed)) {
          if (!hasFewEntries(traced) || !traced.gradient) continue;
          const { data } = traced.gradient;
          const written = (at: number, by: number) => {
            const entries = [...data.data].map((x, place) => decimal(place === at ? x * by : x));
            let next = 0;
            const nested = JSON.stringify(toNested(data));
            return nested.replaceAll(/[-\d.e+]+/g, () => entries[next++] ?? '');
          };
          const rows = written(-1, 1)
            .replaceAll('],[', '; ')
            .replaceAll('[[', '[')
            .replaceAll(']]', ']');
          const spelled =
            data.shape.length === 2 && (data.shape[0] ?? 0) > 1
              ? [written(-1, 1), rows]
              : [written(-1, 1)];
          for (const typed of spelled) {
            expect([typed, judgeAnswer(typed, traced).kind]).toEqual([typed, 'right']);
          }
          const some = data.data.findIndex((x) => x !== 0);
          const wrong = [`[${written(-1, 1)}]`];
          if (some >= 0) wrong.push(written(some, 1.02), written(some, -1));
          for (const typed of wrong) {
            expect([typed, judgeAnswer(typed, traced).kind]).toEqual([typed, 'wrong']);
          }
        }
      }),
      runs,
    );
  });

  it('the way of a router is where what arrives goes', () => {
    let routers = 0;
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const traced = trace(randomGraph(seed), catalogue);
        for (const [id, { upstream, gradient }] of traced.wires) {
          const directions = directionsOf(traced, catalogue, id);
          const way = directions?.ways[directions.right];
          const [arrives, back] = [upstream?.data.data[0], gradient?.data.data[0]];
          if (!way || arrives === undefined || back === undefined) continue;
          routers++;
          if (way.kind === 'whole') expect(back).toBe(arrives);
          if (way.kind === 'nothing') expect(back).toBeCloseTo(0, 15);
          if (way.kind === 'input') expect(back).toBeCloseTo(way.wire === id ? arrives : 0, 15);
        }
      }),
      { numRuns: 120 },
    );
    expect(routers).toBeGreaterThan(2);
  });

  it('a quiz goes from question to question to its end', () => {
    fc.assert(
      fc.property(graphSeeds, (seed) => {
        const store = createEditorStore(catalogue, randomGraph(seed), file);
        startQuiz(store);
        const { all } = quizTally(store.getState());
        for (let asked = 0; asked < all; asked++) {
          const id = nextQuestion(store.getState());
          if (!id) throw new Error('The quiz ended too soon.');
          openQuestion(store, id);
          answerRightly(store, id);
        }
        expect(nextQuestion(store.getState())).toBeUndefined();
        expect(quizTally(store.getState())).toMatchObject({ settled: all, right: all });
      }),
      runs,
    );
  });
});

function answerRightly(store: EditorApi, id: WireId): void {
  const { trace: traced, numbers } = store.getState();
  const question = questionAt(traced, catalogue, numbers, id);
  expect(question?.hints.every((hint) => hint.length > 0)).toBe(true);
  const directions = directionsOf(traced, catalogue, id);
  if (directions) {
    chooseWay(store, id, directions.right);
    return;
  }
  const wire = traced.wires.get(id);
  if (!wire?.gradient) throw new Error('Nothing flows here.');
  const { data } = wire.gradient;
  const typed =
    asksFor(wire) === 'number' ? decimal(data.data[0] ?? 0) : JSON.stringify(data.shape);
  answerQuestion(store, id, typed);
}
