import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pyTorch } from '#export';
import { catalogue } from '#ops';
import { traceToJson } from '#trace';
import { allCases } from './cases.ts';
import { pythonWith, run } from './consumers.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-torch-'));
afterAll(() => rmSync(folder, { recursive: true }));

const python = pythonWith('torch', 'numpy');

describe.skipIf(!python)(
  `PyTorch${python ? '' : ' (skipped: python3-torch is not installed)'}`,
  () => {
    it('gives the values and, by its own differentiation, the gradients of the trace', () => {
      for (const { name, traced } of allCases) {
        const { code, names } = pyTorch(traced, catalogue);
        writeFileSync(join(folder, `${name}.py`), code);
        const wanted = { ...traceToJson(traced), names: Object.fromEntries(names) };
        writeFileSync(join(folder, `${name}.json`), JSON.stringify(wanted));
      }
      const compare = join(import.meta.dirname, 'python/compare.py');
      expect(JSON.parse(run(python ?? '', [compare, 'torch', folder]))).toEqual({});
    });
  },
);
