import { describe, expect, it } from 'vitest';
import { catalogue, initialValue } from '#ops';
import {
  density,
  expected,
  histogram,
  type Law,
  spreadOf,
  startOf,
} from '../../renderer/inspector/distribution.ts';
import { exampleOf } from '../../renderer/inspector/example.ts';

describe('how a parameter starts', () => {
  it.each([
    [{ kind: 'he' }, 100, undefined, Math.sqrt(2 / 100)],
    [{ kind: 'xavier' }, 100, 60, Math.sqrt(2 / 160)],
    // A uniform distribution on ±b has the deviation b/√3: √(6/160)/√3 = √(2/160).
    [{ kind: 'xavierUniform' }, 100, 60, Math.sqrt(2 / 160)],
    [{ kind: 'normal', mean: 0, deviation: 0.5 }, undefined, undefined, 0.5],
    [{ kind: 'uniform', low: -1, high: 1 }, undefined, undefined, 1 / Math.sqrt(3)],
  ])(
    '%j: with the fans it uses, and a law that the drawn numbers follow',
    (init, fanIn, fanOut, deviation) => {
      const start = startOf([60, 100], init);
      expect([start.fanIn, start.fanOut]).toEqual([fanIn, fanOut]);
      if (!start.law) throw new Error('nothing is drawn');
      expect(expected(start.law).deviation).toBeCloseTo(deviation, 12);
      const drawn = spreadOf(initialValue([60, 100], start.init, 7).data);
      // 6,000 numbers: the deviation is known to about one percent.
      expect(drawn.deviation / deviation).toBeCloseTo(1, 1);
      expect(Math.abs(drawn.mean)).toBeLessThan(0.05 * deviation);
    },
  );

  it('says how its width follows from the fans', () => {
    expect(startOf([10, 128], { kind: 'he' }).latex).toBe(
      '\\sigma = \\sqrt{\\frac{2}{\\text{fan-in}}} = 0.125',
    );
  });

  it('draws nothing for constants, and chooses by the shape where nothing is chosen', () => {
    expect(startOf([3], undefined)).toEqual({ init: { kind: 'constant', value: 0 }, law: null });
    expect(startOf([3, 4], undefined).init.kind).toBe('he');
    expect(startOf([3, 3], { kind: 'identity' }).law).toBeNull();
  });
});

describe('a histogram', () => {
  const area = ({ bars, low, high }: ReturnType<typeof histogram>) =>
    (bars.reduce((sum, bar) => sum + bar, 0) * (high - low)) / bars.length;

  it('has the area 1, and so has the density over it', () => {
    const laws: Law[] = [
      { kind: 'normal', mean: 1, deviation: 2 },
      { kind: 'uniform', low: -1, high: 3 },
    ];
    for (const law of laws) {
      const { data } = initialValue([500], law, 1);
      const drawn = histogram(data, spreadOf(data), law);
      expect(area(drawn)).toBeCloseTo(1, 9);
      const points = 2000;
      const step = (drawn.high - drawn.low) / points;
      let mass = 0;
      for (let i = 0; i < points; i++) mass += density(law, drawn.low + (i + 0.5) * step) * step;
      expect(mass).toBeGreaterThan(0.99);
      expect(mass).toBeLessThan(1.001);
    }
  });

  it('has room around numbers that are all the same', () => {
    const same = histogram(Float64Array.of(2, 2, 2), spreadOf(Float64Array.of(2, 2, 2)), null);
    expect([same.low, same.high]).toEqual([1, 3]);
    expect(area(same)).toBeCloseTo(1, 9);
  });
});

describe('the example of an operation', () => {
  it('is there for every operation that computes, with gradients of the form of its inputs', () => {
    for (const operation of catalogue.values()) {
      const example = exampleOf(operation);
      if (operation.source) {
        expect(example).toBeNull();
        continue;
      }
      expect(example?.inputs.length, operation.id).toBeGreaterThan(0);
      for (const { value, gradient } of example?.inputs ?? []) {
        if (gradient) expect(gradient.data.shape, operation.id).toEqual(value.data.shape);
      }
    }
  });
});
