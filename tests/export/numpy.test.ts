import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toNumpy } from '#export';
import { catalogue } from '#ops';
import { traceToJson } from '#trace';
import { allCases } from './cases.ts';
import { pythonWith, run } from './consumers.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-numpy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const python = pythonWith('numpy');

describe.skipIf(!python)(
  `NumPy${python ? '' : ' (skipped: python3-numpy is not installed)'}`,
  () => {
    it('gives the values and gradients of the trace, for every operation, example and random graph', () => {
      for (const { name, traced } of allCases) {
        writeFileSync(join(folder, `${name}.py`), toNumpy(traced, catalogue));
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(traceToJson(traced)));
      }
      const compare = join(import.meta.dirname, 'python/compare.py');
      expect(JSON.parse(run(python ?? '', [compare, 'numpy', folder]))).toEqual({});
    });
  },
);
