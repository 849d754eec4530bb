import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { beforeEach, describe, expect, test } from 'vitest';
import { changeSince, inTurn, readTextFile, writeWhole } from '../../src/desktop/disk.ts';

let folder: string;

/** Elsewhere there are no such files: those tests are skipped. */
const linux = process.platform === 'linux';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradwire-disk-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

/**
 * Writes a file in a process of its own.
 * @param before what the shell does first
 * @param user who it is; default: who runs the tests
 * @returns "written", or the sentence of the failure; null where that user cannot run Node
 */
async function writeElsewhere(
  path: string,
  length: number,
  before: string,
  user: { uid?: number; gid?: number } = {},
): Promise<string | null> {
  const module = mkdtempSync(join(tmpdir(), 'gradwire-module-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: join(import.meta.dirname, '../../src/desktop/disk.ts'),
      outDir: module,
      emptyOutDir: true,
    },
  });
  chmodSync(module, 0o755);
  const script = `
    const { writeWhole } = await import(${JSON.stringify(join(module, 'disk.js'))});
    const said = await writeWhole(${JSON.stringify(path)}, 'x'.repeat(${length})).then(() => 'written', (error) => error.message);
    process.stdout.write(said);`;
  const { stdout, stderr, status } = spawnSync(
    'sh',
    ['-c', `${before}; exec "$0" --input-type=module -e "$1"`, process.execPath, script],
    { encoding: 'utf8', ...user },
  );
  rmSync(module, { recursive: true });
  return status === 126 ? null : stdout || stderr;
}

describe('writing', () => {
  test('creates a file with ordinary permissions and nothing beside it', async () => {
    const path = join(folder, 'new.gradwire');
    await writeWhole(path, 'ünïcödé');
    expect(readFileSync(path, 'utf8')).toBe('ünïcödé');
    expect(statSync(path).mode & 0o777).toBe(0o666 & ~process.umask());
    expect(readdirSync(folder)).toEqual(['new.gradwire']);
  });

  test('makes the target of a link that points to nothing yet', async () => {
    mkdirSync(join(folder, 'inner'));
    symlinkSync('inner/later.gradwire', join(folder, 'link'));
    await writeWhole(join(folder, 'link'), 'x');
    expect(readlinkSync(join(folder, 'link'))).toBe('inner/later.gradwire');
    expect(readFileSync(join(folder, 'inner/later.gradwire'), 'utf8')).toBe('x');
  });

  test('refuses a folder in the file’s place and a circle of links', async () => {
    mkdirSync(join(folder, 'net.gradwire'));
    await expect(writeWhole(join(folder, 'net.gradwire'), 'x')).rejects.toMatchObject({
      code: 'not-a-file',
      message: '“net.gradwire” could not be saved: it is a folder.',
    });
    symlinkSync('b', join(folder, 'a'));
    symlinkSync('a', join(folder, 'b'));
    await expect(writeWhole(join(folder, 'a'), 'x')).rejects.toMatchObject({
      message: '“a” could not be saved: its links lead in a circle.',
    });
  });

  test('on a disk that fills up keeps the old file whole and removes the half new one', async () => {
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, 'old');
    // The shell's limit on file sizes stands in for a full disk: a write comes back short, the next one fails.
    const said = await writeElsewhere(path, 1 << 20, 'ulimit -f 64');
    expect(said).toBe('“net.gradwire” could not be saved: the disk takes no file of this size.');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['net.gradwire']);
  });

  test('leaves a file alone that may not be written, although its folder may', async (context) => {
    const path = join(folder, 'locked.gradwire');
    writeFileSync(path, 'old');
    chmodSync(path, 0o444);
    chmodSync(folder, 0o777);
    // Root may write anything.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const said = await writeElsewhere(path, 3, ':', nobody);
    if (said === null) context.skip('only root can run the Node of this system');
    expect(said).toBe('“locked.gradwire” could not be saved: you have no permission for it.');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['locked.gradwire']);
  });
});

describe('a change by others', () => {
  test('is new content, not a new date', async () => {
    const path = join(folder, 'net.gradwire');
    const stamp = await writeWhole(path, 'same');
    const change = () => changeSince(path, stamp, 'read');
    expect(await change()).toBeNull();
    utimesSync(path, new Date(), new Date(0));
    expect(await change()).toBeNull();
    writeFileSync(path, 'diff');
    const first = await change();
    expect(first).toEqual(expect.any(String));
    // The same change is told by the same words, another by others.
    utimesSync(path, new Date(), new Date(5));
    expect(await change()).toBe(first);
    writeFileSync(path, 'more');
    expect(await change()).not.toBe(first);
    rmSync(path);
    expect(await change()).toBeNull();
  });
});

describe('reading', () => {
  test('drops a byte order mark', async () => {
    const path = join(folder, 'bom.gradwire');
    writeFileSync(path, '\ufeff{}');
    expect((await readTextFile(path)).text).toBe('{}');
  });

  test.skipIf(!linux)('neither waits for a pipe nor reads a device', async () => {
    const pipe = join(folder, 'pipe.gradwire');
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    await expect(readTextFile(pipe)).rejects.toMatchObject({ code: 'not-a-file' });
    await expect(readTextFile('/dev/zero')).rejects.toMatchObject({ code: 'not-a-file' });
  });

  test.skipIf(!linux)('stops at the limit even where the file says that it is small', async () => {
    // Files of /proc have a size of 0 and content all the same.
    const { text } = await readTextFile('/proc/self/status');
    expect(text).toContain('Name:');
    await expect(readTextFile('/proc/self/status', 20)).rejects.toMatchObject({
      code: 'too-large',
    });
  });
});

test('tasks on one file wait for each other, and a failure does not stop the next', async () => {
  const order: string[] = [];
  const slow = inTurn(join(folder, 'a'), async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    order.push('slow');
    throw new Error('no');
  });
  const next = inTurn(join(folder, 'x/../a'), async () => order.push('next'));
  const other = inTurn(join(folder, 'b'), async () => order.push('other'));
  await expect(slow).rejects.toThrow('no');
  await Promise.all([next, other]);
  expect(order).toEqual(['other', 'slow', 'next']);
  expect(existsSync(join(folder, 'a'))).toBe(false);
});
