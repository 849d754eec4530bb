import { expect, it } from 'vitest';
import { nodeId } from '#graph';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { scalarGraph } from '../support/scalar-graph.ts';

it.each([7, 50, 1_000])(
  'a random graph of %i nodes has the values and gradients of plain closures',
  (size) => {
    for (let seed = 1; seed <= 5; seed++) {
      const { document, closures } = scalarGraph(size, 5, seed);
      const { loss, gradients } = closures();
      const traced = trace(document, catalogue);
      expect(traced.loss).toBeCloseTo(loss, 12);
      gradients.forEach((wanted, at) => {
        const gradient = traced.nodes.get(nodeId(`n${at}`))?.gradient?.data.data[0];
        expect(Math.abs((gradient ?? Number.NaN) - wanted)).toBeLessThanOrEqual(
          1e-9 * Math.max(0.1, Math.abs(wanted)),
        );
      });
    }
  },
);
