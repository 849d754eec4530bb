import fc from 'fast-check';
import { describe, it } from 'vitest';
import { readers } from '../support/fuzz.ts';

const each = 20_000 / Object.keys(readers).length;

describe('20,000 inputs from outside neither crash nor stall the reader of', () => {
  for (const [name, property] of Object.entries(readers)) {
    it(name, () => void fc.assert(property as fc.IProperty<unknown>, { numRuns: each }));
  }
});
