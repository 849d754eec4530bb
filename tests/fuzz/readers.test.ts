import fc from 'fast-check';
import { describe, it } from 'vitest';
import { readers } from '../support/fuzz.ts';

describe('what comes from outside neither crashes nor stalls the reader of', () => {
  for (const [name, property] of Object.entries(readers)) {
    it(name, () => void fc.assert(property as fc.IProperty<unknown>, { numRuns: 150 }));
  }
});
