import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Update, Updates } from '../../src/desktop/updates.ts';

interface Given {
  address?: string | null;
  found?: Update | Error | null;
  agrees?: boolean;
  downloads?: boolean;
  restarts?: boolean;
}

let path: string;

beforeEach(() => {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'gradwire-updates-'));
  path = join(folder, 'updates.json');
  return () => rmSync(folder, { recursive: true, force: true });
});

const newer: Update = { version: '0.2.0', notes: '- All is better.' };

/** Updates with everything around them written down: what was loaded, asked, fetched and said, in order. */
function make({
  address = 'https://updates.example/gradwire/',
  found = newer,
  agrees = true,
  downloads = true,
  restarts = true,
}: Given = {}) {
  const log: string[] = [];
  const note = <T>(what: string, answer: T): Promise<T> => {
    log.push(what);
    return Promise.resolve(answer);
  };
  const updates = new Updates({
    path,
    address: () => Promise.resolve(address),
    updater: () =>
      note('load', {
        find: () => (found instanceof Error ? Promise.reject(found) : note('find', found)),
        download: () => note('download', undefined),
        install: () => void log.push('install'),
      }),
    dialogs: {
      agree: (host) => note(`agree ${host}`, agrees),
      offer: ({ version }) => note(`offer ${version}`, downloads),
      restart: (version) => note(`restart ${version}`, restarts),
      say: (sentence) => note(`say ${sentence}`, undefined),
    },
    changed: () => undefined,
  });
  return { updates, log };
}

describe('updates', () => {
  test('are off until they are switched on: nothing is loaded, nothing is asked', async () => {
    const { updates, log } = make();
    await updates.start();
    expect(updates.isOn).toBe(false);
    expect(log).toEqual([]);
  });

  test('are off where the choice cannot be read', async () => {
    for (const text of ['', '{', '[]', '{"look":"yes"}', '{"look":true,"address":"x"}']) {
      writeFileSync(path, text);
      const { updates, log } = make();
      await updates.start();
      expect(updates.isOn).toBe(false);
      expect(log).toEqual([]);
    }
  });

  test('switched on, are looked for at once and at later starts', async () => {
    const { updates, log } = make({ downloads: false });
    await updates.toggle();
    expect(log).toEqual(['agree updates.example', 'load', 'find', 'offer 0.2.0']);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ look: true });
    const later = make({ downloads: false });
    await later.updates.start();
    expect(later.log).toEqual(['load', 'find', 'offer 0.2.0']);
  });

  test('switched off, are looked for no more', async () => {
    await make({ found: null }).updates.toggle();
    const second = make();
    await second.updates.start();
    second.log.length = 0;
    await second.updates.toggle();
    const third = make();
    await third.updates.start();
    expect([second.log, third.log]).toEqual([[], []]);
  });

  test('stay off where the person does not agree', async () => {
    const { updates, log } = make({ agrees: false });
    await updates.toggle();
    expect(updates.isOn).toBe(false);
    expect(log).toEqual(['agree updates.example']);
  });

  test('are downloaded and installed only when each is agreed to', async () => {
    const yes = make();
    await yes.updates.toggle();
    expect(yes.log.slice(3)).toEqual(['offer 0.2.0', 'download', 'restart 0.2.0', 'install']);
    await yes.updates.toggle();
    const later = make({ restarts: false });
    await later.updates.toggle();
    expect(later.log.slice(3)).toEqual(['offer 0.2.0', 'download', 'restart 0.2.0']);
  });

  test('are not looked for where the build has no address, or one that is not https', async () => {
    for (const address of [null, 'http://updates.example/', 'file:///tmp/', 'ftp://x/', 'x']) {
      const { updates, log } = make({ address });
      await updates.toggle();
      expect(updates.isOn).toBe(false);
      expect(log).toEqual([expect.stringMatching(/^say /)]);
      // Switched on by another build, they are not either.
      writeFileSync(path, '{"look":true}');
      const other = make({ address });
      await other.updates.start();
      expect(other.log).toEqual([]);
      rmSync(path);
    }
  });

  test('say so where there are none, and what went wrong only to a person who asked', async () => {
    const none = make({ found: null });
    await none.updates.toggle();
    expect(none.log.at(-1)).toBe('say This is the newest version.');
    const lost = make({ found: new Error('net::ERR_NAME_NOT_RESOLVED') });
    await lost.updates.start();
    expect(lost.log).toEqual(['load']);
    await lost.updates.toggle();
    await lost.updates.toggle();
    expect(lost.log.at(-1)).toContain('updates.example could not be asked for updates: net::');
  });
});
