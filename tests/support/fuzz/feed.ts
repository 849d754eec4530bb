import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect } from 'vitest';
import { nodeBundle, root } from '../../../vite.shared.ts';
import type { ReaderName } from './reader-names.ts';

/** A reader has so many megabytes for its objects, and everything resident of its process is no more than this. */
const most = { heap: 192, resident: 320 };

/** Builds the process that feeds readers, for the tests of one file. */
export function useFeeder(): (name: ReaderName, runs: number) => Promise<void> {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gradwire-fuzz-'));
    const child = { child: join(root, 'tests/support/fuzz/child.ts') };
    await build({ configFile: false, logLevel: 'error', root, ...nodeBundle(folder, child) });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  return async (name, runs) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const limit = `--max-old-space-size=${most.heap}`;
    const args = [limit, join(folder, 'child.js'), name, `${runs}`, `${seed}`];
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 });
    const [inputs, resident] = JSON.parse(stdout) as [number, number];
    expect(inputs).toBe(runs);
    expect(resident).toBeLessThan(most.resident);
  };
}
