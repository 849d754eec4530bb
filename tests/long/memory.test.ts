import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { trainingLessons } from '#lessons';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

const minutes = 10;
const everySeconds = 5;

/** Resident memory of a process in MiB. */
function resident(pid: number): number {
  const [, kilobytes = ''] =
    /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;

it.skipIf(process.platform !== 'linux')(
  'memory stays flat over ten minutes of training',
  async () => {
    const lesson = trainingLessons().find(({ id }) => id === 'digits-classifier');
    const file = join(folder, 'digits.gradwire');
    writeFileSync(file, JSON.stringify(lesson?.file));
    const program = resolve('scripts/gradwire.mjs');
    const args = [program, 'train', file, '--epochs', '1000000', '--engine', 'wasm', '--json'];
    const child = spawn(process.execPath, args, { stdio: 'ignore' });
    try {
      const samples: number[] = [];
      for (let second = 0; second < 60 * minutes; second += everySeconds) {
        await new Promise((resolve) => setTimeout(resolve, 1000 * everySeconds));
        expect(child.exitCode).toBeNull();
        samples.push(resident(child.pid ?? 0));
      }
      const third = Math.floor(samples.length / 3);
      const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
      expect(mean(last)).toBeLessThan(1.1 * mean(middle) + 8);
    } finally {
      child.kill();
    }
  },
);
