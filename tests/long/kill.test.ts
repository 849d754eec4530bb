import { it } from 'vitest';
import { killAtRandom } from '../support/kill.ts';

it('leaves the file whole and work at most a second old, killed at 300 random moments', async () => {
  await killAtRandom(300, Math.random);
});
