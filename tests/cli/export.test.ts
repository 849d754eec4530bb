import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { product } from '#lessons';
import { main } from '../../src/cli/main.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-export-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const file = path('product.gradwire');
writeFileSync(file, JSON.stringify(product.file));

async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const status = await main(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { status, out: out.join('\n'), err: err.join('\n') };
}

describe('gradwire export', () => {
  it.each([
    ['svg', /^<svg /],
    ['tikz', /\\begin\{tikzpicture\}/],
    ['dot', /^digraph /],
    ['markdown', /## Backward/],
    ['numpy', /import numpy as np/],
    ['pytorch', /class Graph\(nn\.Module\)/],
    ['json', /"format": "gradwire"/],
    ['trace', /^\{"loss":20,/],
    ['csv', /^kind,id,name,quantity,example,index,number/],
  ])('writes %s to standard output', async (format, start) => {
    const { status, out } = await run('export', file, '--format', format);
    expect(status).toBe(0);
    expect(out).toMatch(start);
  });

  it.each([
    ['p.pdf', '%PDF-1.7'],
    ['p.onnx', '\b\b'],
    ['p.svg', '<svg'],
  ])('writes the format of an ending into a file: %s', async (name, start) => {
    expect(await run('export', file, '--out', path(name))).toEqual({ status: 0, out: '', err: '' });
    expect(readFileSync(path(name), 'latin1').startsWith(start)).toBe(true);
  });

  it('draws a step of the film, in the dark, without gradients', async () => {
    const whole = await run('export', file, '-f', 'svg');
    const { out } = await run('export', file, '-f', 'svg', '--step', '2', '--theme', 'dark');
    expect(out).toContain('#14161b');
    expect(out).not.toBe(whole.out);
    const bare = await run('export', file, '-f', 'svg', '--no-gradients', '--no-values');
    expect(bare.out).not.toContain('>20<');
  });

  it.each([
    [['export', file], /say which with --format/],
    [['export', file, '-f', 'png'], /painted in a window/],
    [['export', file, '-f', 'gif'], /painted in a window/],
    [['export', file, '-f', 'word'], /no format “word”/],
    [['export', file, '-f', 'svg', '--step', '99'], /whole number from 0 to/],
    [['export', file, '-f', 'svg', '--theme', 'pink'], /light or dark/],
    [['export', file, '-f', 'json', '--select', 'nobody'], /no node “nobody”/],
    [['export', path('nothing'), '-f', 'svg'], /There is no file/],
    [['export', '-f', 'svg'], /One FILE is needed, and none was given/],
    [['export', file, file, '-f', 'svg'], /and 2 were given/],
    [['export', file, '-o', 'net.docx'], /net.docx names no format/],
    [['export', file, '-f', 'sgv'], /did you mean svg\?$/],
    [['export', file, '-f', 'svg', '--json'], /--json needs --out/],
    [['export', file, '-f', 'svg', '--out', path('no/such/folder.svg')], /cannot be written/],
    [['layout', file, '--in-place', '--out', 'x'], /not both/],
    [['convert'], /One FILE or --expression/],
    [['convert', '-e', '(x+'], /./],
    [['convert', '-e', 'x', '--values', 'x=1,x=2'], /“x” twice/],
    [['convert', '-e', 'x', '--values', 'y=1'], /no variable “y”/],
    [['convert', file, '--to', 'word'], /gradwire or expression, and “word” is neither/],
    [['info'], /At least one FILE/],
  ])('says in one sentence what is wrong: %j', async (args, message) => {
    const { status, err } = await run(...args);
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(err.split('\n')).toHaveLength(1);
  });

  it('tells in JSON what it wrote, or why it could not', async () => {
    const out = path('told.svg');
    const told = await run('export', file, '--out', out, '--json');
    expect(JSON.parse(told.out)).toEqual({
      file,
      format: 'svg',
      out,
      bytes: readFileSync(out).length,
    });
    const { status, out: line } = await run('export', path('nothing'), '--out', out, '--json');
    expect(status).toBe(2);
    expect(JSON.parse(line)).toEqual({ error: expect.stringContaining('There is no file') });
  });

  it('writes a selection, without what was trained', async () => {
    const { out } = await run('export', file, '-f', 'json', '--select', 'x,y,add');
    const part = JSON.parse(out);
    expect(part.nodes.map(({ id }: { id: string }) => id)).toEqual(['x', 'y', 'add']);
    expect(part.wires).toHaveLength(2);
    const net = path('net.gradwire');
    writeFileSync(
      net,
      JSON.stringify({
        format: 'gradwire',
        version: 1,
        nodes: [{ id: 'w', op: 'parameter', attrs: { shape: [2], value: [1, 2] } }],
      }),
    );
    expect((await run('export', net, '-f', 'json')).out).toContain('"value":[1,2]');
    const bare = await run('export', net, '-f', 'json', '--without-parameters');
    expect(bare.out).not.toContain('"value"');
  });
});

describe('gradwire convert, layout, info', () => {
  it('turns an expression into a document and back', async () => {
    const made = path('made.gradwire');
    await run('convert', '-e', '(x+y)*z', '--values', 'x=2,y=3,z=4', '--out', made);
    expect((await run('trace', made, '--json')).out).toContain('"loss":20');
    expect((await run('convert', made, '--to', 'expression')).out).toBe('(x + y) * z');
  });

  it('takes an expression that begins with a minus', async () => {
    expect((await run('convert', '-e', '-x^2', '--to', 'expression')).out).toBe('-square(x)');
    expect((await run('convert', '--expression', '-3x', '-o', path('minus'))).status).toBe(0);
  });

  it('arranges a document in place, and only when asked', async () => {
    const heap = path('heap.gradwire');
    await run('convert', '-e', 'a*b+c', '--out', heap);
    const before = readFileSync(heap, 'utf8');
    const { out } = await run('layout', heap);
    expect(JSON.parse(out).nodes).toHaveLength(5);
    expect(readFileSync(heap, 'utf8')).toBe(before);
    expect(await run('layout', heap, '--in-place')).toEqual({ status: 0, out: '', err: '' });
    expect(readFileSync(heap, 'utf8').trim()).toBe(out);
  });

  it('tells what a document holds, and with status 1 what is wrong with it', async () => {
    const { status, out } = await run('info', file, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ nodes: 5, wires: 4, loss: 'f', problems: [] });
    const broken = path('broken.gradwire');
    writeFileSync(
      broken,
      JSON.stringify({ format: 'gradwire', version: 1, nodes: [{ id: 'n', op: 'neg' }] }),
    );
    const found = await run('info', broken);
    expect(found.status).toBe(1);
    expect(found.out).toContain('nothing connected');
  });
});
