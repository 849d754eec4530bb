import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParsed } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { filmOf, nextStep, paused, sectionEnds, stepOf } from '../../renderer/store/film.ts';

const traces = lessons
  .map(({ file }) => trace(readParsed(file, catalogue).document, catalogue))
  .filter(({ steps }) => steps.length > 0);

describe('the film of every worked example', () => {
  it('only ever learns, step by step, and ends with all there is to know', () => {
    for (const traced of traces) {
      let known = -1;
      for (let at = -1; at < traced.steps.length; at++) {
        const { values, gradients, totals } = filmOf(traced, at, paused).shown;
        const size = values.size + gradients.size + totals.size;
        expect(size).toBeGreaterThanOrEqual(known);
        known = size;
      }
      const { shown } = filmOf(traced, traced.steps.length - 1, paused);
      for (const [id, { gradient, upstream }] of traced.wires) {
        const flows = Boolean(gradient && upstream?.data.data.some((x) => x !== 0));
        if (flows) expect(shown.gradients.has(id)).toBe(true);
      }
    }
  });

  it('runs to the very step at which a wire’s gradient is told', () => {
    for (const traced of traces) {
      for (const [wire, { gradient }] of traced.wires) {
        const at = stepOf(traced, { wire });
        if (at === undefined || !gradient) continue;
        const told = filmOf(traced, at, paused).shown.gradients.has(wire);
        const before = filmOf(traced, at - 1, paused).shown.gradients.has(wire);
        if (told) expect(before).toBe(false);
      }
    }
  });

  it('stays within the part that is played, and stops or starts over at its end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...traces),
        fc.constantFrom('both' as const, 'forward' as const, 'backward' as const),
        fc.boolean(),
        (traced, section, loop) => {
          const { start, end } = sectionEnds(traced.steps, section);
          let film = filmOf(traced, start, { ...paused, section, loop, playing: true });
          for (let count = 0; count < end - start; count++) {
            const next = nextStep(film, traced.steps);
            expect(next).toBe(film.at + 1);
            film = filmOf(traced, film.at + 1, film);
          }
          expect(film.at).toBe(end);
          expect(nextStep(film, traced.steps)).toBe(loop && end > start ? start : 'stop');
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a part ends where the other begins', () => {
    for (const { steps } of traces) {
      expect(sectionEnds(steps, 'forward').end).toBe(sectionEnds(steps, 'backward').start);
    }
  });
});
