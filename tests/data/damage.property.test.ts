import fc from 'fast-check';
import { describe, it } from 'vitest';
import { readDataSet } from '#data';
import { decodePicture } from '../../src/cli/decode-picture.ts';
import { damages, readDamaged, sets, use } from './damaged.ts';
import { sourceOf } from './sources.ts';

describe('damaged data', () => {
  it.each(Object.keys(sets))('of %s are refused with a sentence, or read', async (name) => {
    // Undamaged it can be read.
    use(await readDataSet(sourceOf(sets[name] ?? {}), undefined, { decodePicture }));
    const property = fc.asyncProperty(damages, (damage) => readDamaged(name, damage));
    await fc.assert(property, { numRuns: 60 });
  });
});
