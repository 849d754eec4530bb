import { expect, it } from 'vitest';
import { catalogue, manual } from '#ops';

it('docs/operations.md says what the operations say', async () => {
  await expect(manual(catalogue)).toMatchFileSnapshot('../../docs/operations.md');
});

it('every operation has help, a formula and a sentence on its backward pass', () => {
  for (const operation of catalogue.values()) {
    expect(operation.help, operation.id).toMatch(/^\S.*\.$/);
    expect(operation.passes, operation.id).toMatch(/^[a-z].*[^.]$/);
    expect(operation.symbol, operation.id).not.toBe('');
  }
});
