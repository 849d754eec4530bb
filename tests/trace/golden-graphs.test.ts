import { describe, expect, it } from 'vitest';
import { readParsed } from '#graph';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { expectClose, graphCases } from '../support/goldens.ts';

describe('tracing a graph gives the values and gradients of PyTorch in float64', () => {
  const cases = graphCases().filter(({ document }) =>
    document.nodes.every(({ op }) => catalogue.has(op)),
  );

  it.each(cases)('$name', ({ document: file, expected }) => {
    const { document, repairs } = readParsed(file, catalogue);
    expect(repairs).toEqual([]);
    const { loss, nodes, wires, errors } = trace(document, catalogue);
    expect(errors).toEqual([]);
    expectClose({ shape: [], data: Float64Array.of(loss ?? Number.NaN) }, expected.loss, 'loss');
    for (const [part, results] of [
      ['nodes', nodes],
      ['wires', wires],
    ] as const) {
      for (const [id, wanted] of Object.entries(expected[part])) {
        const got = new Map<string, object>(results).get(id) as Record<string, unknown> | undefined;
        for (const [key, want] of Object.entries(wanted)) {
          const found = got?.[key] as { data: { shape: number[]; data: Float64Array } } | null;
          if (want === null) expect(found, `${id}.${key}`).toBeNull();
          else if (found) expectClose(found.data, want, `${id}.${key}`);
          else expect.fail(`${id}.${key} is missing`);
        }
      }
    }
  });
});
