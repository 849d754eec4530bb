import { describe, expect, it } from 'vitest';
import { checkGradients } from '#diagnose';
import { readParsed } from '#graph';
import { catalogue, createRegistry, type Operation } from '#ops';
import { graphCases } from '../support/goldens.ts';

const cases = graphCases().filter(({ document }) =>
  document.nodes.every(({ op }) => catalogue.has(op)),
);

/** The catalogue with one operation's backward pass scaled by `factor`. */
function withBroken(id: string, factor: number) {
  const sound = catalogue.get(id);
  if (!sound) throw new Error(`no operation ${id}`);
  const broken: Operation = {
    ...sound,
    ...(sound.derivative
      ? {
          derivative: (o, context) =>
            Object.fromEntries(
              Object.entries(sound.derivative?.(o, context) ?? {}).map(([port, value]) => [
                port,
                value === null || value === undefined ? null : o.mul(value, factor),
              ]),
            ),
        }
      : {
          backward: (o, context) =>
            Object.fromEntries(
              Object.entries(sound.backward?.(o, context) ?? {}).map(([port, value]) => [
                port,
                value ? o.mul(value, factor) : null,
              ]),
            ),
        }),
  };
  return createRegistry([...catalogue.values()].map((each) => (each.id === id ? broken : each)));
}

describe('the gradient check', () => {
  it.each(cases)('agrees with every gradient of $name', ({ document: file }) => {
    const { document } = readParsed(file, catalogue);
    const { checks, passed } = checkGradients(document, catalogue);
    expect(checks.filter(({ verdict }) => verdict === 'mismatch')).toEqual([]);
    expect(passed).toBe(true);
    expect(checks.length).toBeGreaterThan(0);
  });

  it('reports max on a tie as a kink, not as an error', () => {
    const tie = cases.find(({ name }) => name === 'c-max-tie');
    if (!tie) throw new Error('the golden graph is missing');
    const { checks } = checkGradients(readParsed(tie.document, catalogue).document, catalogue);
    expect(checks.some(({ verdict }) => verdict === 'kink')).toBe(true);
  });

  it.each(['add', 'mul', 'relu', 'affine', 'softmaxCrossEntropy', 'matmul', 'neg', 'exp'])(
    'catches a wrong sign and a forgotten factor in the rule of %s',
    (id) => {
      const using = cases.filter(({ document }) => document.nodes.some(({ op }) => op === id));
      expect(using.length).toBeGreaterThan(0);
      for (const factor of [-1, 0.5]) {
        const registry = withBroken(id, factor);
        const caught = using.some(({ document: file }) => {
          const { document } = readParsed(file, registry);
          return !checkGradients(document, registry).passed;
        });
        expect(caught, `factor ${factor}`).toBe(true);
      }
    },
  );
});
