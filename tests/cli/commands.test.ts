import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { product } from '#lessons';
import { catalogue } from '#ops';
import about from '#package' with { type: 'json' };
import { commands, main } from '../../src/cli/main.ts';
import { graphCases } from '../support/goldens.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const status = await main(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { status, out, err };
}

function nested(depth: number): unknown {
  return JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
}

describe('gradwire trace', () => {
  it('prints one line of JSON for each file, with values and gradients', async () => {
    const path = file('product.gradwire', product.file);
    const { status, out } = await run('trace', path, path, '--json');
    expect(status).toBe(0);
    expect(out).toHaveLength(2);
    expect(JSON.parse(out[0] ?? '')).toEqual({
      file: path,
      loss: 20,
      nodes: {
        x: { value: 2, gradient: 4 },
        y: { value: 3, gradient: 4 },
        z: { value: 4, gradient: 5 },
        add: { value: 5, gradient: 4 },
        mul: { value: 20, gradient: 1 },
      },
      wires: {
        wx: { value: 2, upstream: 4, local: 1, gradient: 4 },
        wy: { value: 3, upstream: 4, local: 1, gradient: 4 },
        ww: { value: 5, upstream: 1, local: 4, gradient: 4 },
        wz: { value: 4, upstream: 1, local: 5, gradient: 5 },
      },
    });
  });

  it('prints infinities and NaN as words, and no gradients without a loss', async () => {
    const { out } = await run(
      'trace',
      file('log.gradwire', {
        format: 'gradwire',
        version: 1,
        title: 'logarithms',
        nodes: [
          { id: 'x', op: 'input', attrs: { shape: [3], value: [1, 0, -1] } },
          { id: 'y', op: 'log' },
        ],
        wires: [{ id: 'w', from: { node: 'x', port: 'out' }, to: { node: 'y', port: 'x' } }],
      }),
      '--json',
    );
    const line = JSON.parse(out[0] ?? '');
    expect(line.loss).toBeNull();
    expect(line.nodes).toEqual({
      x: { value: [1, 0, -1] },
      y: { value: [0, '-Infinity', 'NaN'] },
    });
  });

  it('names the node that is at fault in one sentence, and goes on with the next file', async () => {
    const bad = structuredClone(product.file) as { wires: { id: string }[] };
    bad.wires = bad.wires.filter(({ id }) => id !== 'wz');
    const { status, out, err } = await run(
      'trace',
      file('bad.gradwire', bad),
      file('good.gradwire', product.file),
      '--json',
    );
    expect(status).toBe(2);
    expect(err).toEqual([
      expect.stringContaining('The node “f” has nothing connected to its input b (node “mul”).'),
    ]);
    expect(JSON.parse(out[0] ?? '').error).toContain('“f”');
    expect(JSON.parse(out[1] ?? '').loss).toBe(20);
  });

  it.each([
    ['truncated.gradwire', '{"format": "gradwire", "ver', 'damaged'],
    ['newer.gradwire', { ...product.file, version: 99 }, 'format version 99'],
    ['foreign.gradwire', '{"cells": []}', 'not a Gradwire document'],
    ['empty.gradwire', '', 'empty'],
  ])('refuses %s', async (name, content, words) => {
    const { status, err } = await run('trace', file(name, content));
    expect(status).toBe(2);
    expect(err).toEqual([expect.stringContaining(words)]);
  });

  it('reads a file with a byte order mark and with line breaks of Windows', async () => {
    const text = `\uFEFF${JSON.stringify(product.file, null, 2).replaceAll('\n', '\r\n')}`;
    expect(await run('trace', file('windows.gradwire', text))).toMatchObject({
      status: 0,
      err: [],
    });
  });

  it.each([
    ['a line break in a name', { label: 'a\nb\u001b[31m', op: 'teleport' }],
    ['a line break in an id', { id: 'a\nb', label: '', op: 'teleport' }],
    ['a packed tensor without its shape', { attrs: { shape: [], value: { float32: 'AAAAAA==' } } }],
    ['a value nested without end', { attrs: { shape: [], value: nested(1_000) } }],
    ['an expression on two lines', { op: 'formula', attrs: { expression: 'a; b' } }],
  ])('says in one line what is wrong with %s', async (_, change) => {
    const broken = structuredClone(product.file) as { nodes: object[] };
    broken.nodes[0] = { ...broken.nodes[0], ...change };
    const { status, err } = await run('trace', file('broken.gradwire', broken));
    expect(status).toBe(2);
    expect(err).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(err[0]).not.toMatch(/[\u0000-\u001f]|call stack/);
  });

  it('sums up values of any size for a person', async () => {
    const attrs = { shape: [300_000], init: { kind: 'constant', value: 2 } };
    const nodes = [{ id: 'x', op: 'parameter', attrs }];
    const path = file('long.gradwire', { format: 'gradwire', version: 1, nodes, wires: [] });
    const { status, out } = await run('trace', path);
    expect(status).toBe(0);
    expect(out.join()).toContain('2 … 2');
  });

  it('refuses to print more numbers than one line can hold', async () => {
    const attrs = { shape: [13_000_000], init: { kind: 'constant', value: 2 } };
    const nodes = [
      { id: 'x', op: 'parameter', attrs },
      { id: 'f', op: 'mean' },
    ];
    const wires = [{ id: 'w', from: { node: 'x', port: 'out' }, to: { node: 'f', port: 'x' } }];
    const document = { format: 'gradwire', version: 1, nodes, wires, loss: { node: 'f' } };
    const { status, err } = await run('trace', file('huge.gradwire', document), '--json');
    expect(status).toBe(2);
    expect(err).toEqual([expect.stringContaining('can be printed')]);
  });

  it('tells its version', async () => {
    const { status, out } = await run('--version');
    expect(status).toBe(0);
    expect(out).toEqual([`gradwire ${about.version} (documents of version 1)`]);
  });

  it('says that a file is missing, and that a command is unknown', async () => {
    expect((await run('trace', join(folder, 'nothing'))).err[0]).toContain('There is no file');
    expect(await run('dance')).toMatchObject({
      status: 2,
      err: [expect.stringContaining('dance')],
    });
    expect((await run('trace')).err[0]).toContain('At least one FILE');
    const { status, err } = await run('trace', '--jsno');
    expect(status).toBe(2);
    expect(err).toEqual([expect.stringMatching(/^[^\n]*--jsno[^\n]*\?$/)]);
  });
});

describe('gradwire check', () => {
  it('passes on every golden graph, with status 0', async () => {
    const paths = graphCases()
      .filter(({ document }) => document.nodes.every(({ op }) => catalogue.has(op)))
      .map(({ name, document }) => file(`${name}.gradwire`, document));
    const { status, out, err } = await run('check', ...paths, '--json');
    expect(err).toEqual([]);
    expect(status).toBe(0);
    for (const line of out) expect(JSON.parse(line)).toMatchObject({ passed: true });
    expect(out).toHaveLength(paths.length);
  }, 60_000);

  it('tells an objective that is infinite from a wrong gradient', async () => {
    const infinite = structuredClone(product.file) as { nodes: { id: string; attrs: object }[] };
    infinite.nodes = infinite.nodes.map((node) =>
      node.id === 'x' ? { ...node, attrs: { ...node.attrs, value: 'Infinity' } } : node,
    );
    const { status, out } = await run('check', file('infinite.gradwire', infinite));
    expect(status).toBe(0);
    expect(out[0]).toMatch(/\d+ not finite, the others agree/);
    expect(out[0]).not.toContain('every gradient agrees');
  });

  it('needs a loss', async () => {
    const rest = Object.fromEntries(
      Object.entries(product.file).filter(([part]) => part !== 'loss'),
    );
    const { status, err } = await run('check', file('lossless.gradwire', rest));
    expect(status).toBe(2);
    expect(err[0]).toContain('no loss');
  });
});

describe('help', () => {
  it.each(Object.entries(commands))(
    'of %s tells every option, the exit statuses and how it is used',
    async (name, { options }) => {
      const { status, out } = await run(name, '--help');
      expect(status).toBe(0);
      const lines = (out[0] ?? '').split('\n');
      expect(lines[0]).toMatch(new RegExp(`^gradwire ${name} FILE`));
      expect(await run('help', name)).toEqual({ status, out, err: [] });
      for (const option of Object.keys(options)) {
        expect(lines.some((line) => line.startsWith(`  --${option}`))).toBe(true);
      }
      // And no option that there is none.
      for (const [, option = ''] of (out[0] ?? '').matchAll(/^ {2}--([\w-]+)/gm)) {
        expect(Object.keys(options)).toContain(option);
      }
      for (const part of ['Exit status', '  0 ', '  2 ', `  gradwire ${name} `]) {
        expect(out[0]).toContain(part);
      }
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(105);
    },
  );

  it('names what was probably meant', async () => {
    const said = async (...args: string[]) => (await run(...args)).err;
    expect(await said('trian')).toEqual([
      'gradwire: There is no command “trian”; did you mean train?',
    ]);
    expect(await said('--hlep')).toEqual([
      'gradwire: There is no option --hlep; did you mean --help?',
    ]);
    expect(await said('trace', '--jsno')).toEqual([
      'gradwire trace: There is no option --jsno; did you mean --json?',
    ]);
    expect(await said('train', 'x', '--learningrate', '1')).toEqual([
      'gradwire train: There is no option --learningrate; did you mean --learning-rate?',
    ]);
    expect(await said('check', '--quite-another')).toEqual([
      'gradwire check: There is no option --quite-another; gradwire check --help lists them.',
    ]);
    expect(await said('export', 'x', '--format')).toEqual([
      'gradwire export: --format needs a value after it.',
    ]);
    expect(await said('info', 'x', '--json=yes')).toEqual([
      'gradwire info: --json takes no value.',
    ]);
  });
});
