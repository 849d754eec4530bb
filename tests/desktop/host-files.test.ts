import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OpenedFile, SaveResult } from '../../renderer/host/host.ts';
import { buildHostApp } from './host-app.ts';
import type { Desktop } from './launch.ts';

let built: Awaited<ReturnType<typeof buildHostApp>>;
let desktop: Desktop;
let folder: string;

beforeAll(async () => {
  built = await buildHostApp();
  desktop = await built.launch();
});

afterAll(async () => {
  await desktop?.close();
  built?.dispose();
});

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'gradwire-files-'));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** The native dialogs answer with this path; null cancels them. */
const choose = (path: string | null) =>
  desktop.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({
      canceled: chosen === null,
      filePaths: chosen === null ? [] : [chosen],
    });
    dialog.showSaveDialog = async () => ({ canceled: chosen === null, filePath: chosen ?? '' });
  }, path);

/** The native message boxes answer with this button. */
const answer = (button: number) =>
  desktop.app.evaluate(({ dialog }, response) => {
    dialog.showMessageBox = async () => ({ response, checkboxChecked: false });
  }, button);

async function open(path: string) {
  await choose(path);
  return desktop.page.evaluate(() => window.host.files.open());
}

async function openText(path: string, text: string): Promise<OpenedFile> {
  writeFileSync(path, text);
  const outcome = await open(path);
  if (!outcome.ok || outcome.value === null) throw new Error('not opened');
  return outcome.value;
}

const save = (request: { ref: string | null; text: string; name?: string; overwrite?: boolean }) =>
  desktop.page.evaluate(
    ({ ref, text, name, overwrite }) =>
      window.host.files.save({
        ref: ref as OpenedFile['ref'] | null,
        text,
        suggestedName: name ?? 'net.gradwire',
        ...(overwrite === undefined ? {} : { overwrite }),
      }),
    request,
  );

const saved = (result: SaveResult['status']) => ({ ok: true, value: { status: result } });

describe('opening', () => {
  test('reads the chosen file and shows the page no path', async () => {
    const file = await openText(join(folder, 'net.gradwire'), '{"ü": 1}');
    expect(file).toEqual({ ref: expect.any(String), name: 'net.gradwire', text: '{"ü": 1}' });
    expect(JSON.stringify(file)).not.toContain(folder);
    await choose(null);
    expect(await desktop.page.evaluate(() => window.host.files.open())).toEqual({
      ok: true,
      value: null,
    });
  });

  test('says in one sentence what is wrong with a file it cannot open', async () => {
    writeFileSync(join(folder, 'empty.gradwire'), '');
    writeFileSync(join(folder, 'huge.gradwire'), '');
    truncateSync(join(folder, 'huge.gradwire'), 250 * 1024 * 1024);
    writeFileSync(join(folder, 'picture.gradwire'), new Uint8Array([0x89, 0x50, 0xff, 0xfe]));
    mkdirSync(join(folder, 'folder.gradwire'));
    const outcomes: Record<string, unknown> = {};
    for (const name of ['empty', 'huge', 'picture', 'folder', 'gone']) {
      outcomes[name] = await open(join(folder, `${name}.gradwire`));
    }
    const failure = (code: string, message: string) => ({ ok: false, code, message });
    expect(outcomes).toEqual({
      empty: failure('empty', '“empty.gradwire” could not be opened: the file is empty.'),
      huge: failure(
        'too-large',
        '“huge.gradwire” could not be opened: it has 250 MB, and Gradwire opens documents of up to 100 MB.',
      ),
      picture: failure(
        'not-text',
        '“picture.gradwire” could not be opened: it is not a text file.',
      ),
      folder: failure('not-a-file', '“folder.gradwire” could not be opened: it is a folder.'),
      gone: failure(
        'not-found',
        '“gone.gradwire” could not be opened: it, or the folder it was in, is no longer there.',
      ),
    });
  });

  test('a file given at start, or to a second start, reaches the page as a request', async () => {
    const first = join(folder, 'first.gradwire');
    const second = join(folder, 'second.gradwire');
    writeFileSync(first, 'one');
    writeFileSync(second, 'two');
    const app = await built.launch({ args: [first] });
    try {
      await app.page.evaluate(() => {
        const read: string[] = [];
        Object.assign(window, { read });
        window.host.recovery.onRestoreRequest(() => undefined);
        window.host.files.onOpenRequest(async ({ ref, name }) => {
          const file = await window.host.files.read(ref);
          read.push(`${name}: ${file.ok ? file.value.text : file.message}`);
        });
      });
      const read = () => app.page.evaluate(() => Reflect.get(window, 'read'));
      await expect.poll(read).toEqual(['first.gradwire: one']);
      // The second process hands its file over and ends; playwright only sees that it went.
      await built.launch({ args: [second], userData: app.userData }).then(
        (other) => other.close(),
        () => undefined,
      );
      await expect.poll(read).toEqual(['first.gradwire: one', 'second.gradwire: two']);
    } finally {
      await app.close();
    }
  });
});

describe('saving', () => {
  test('asks where a new document goes, adds the ending, and asks before it replaces another', async () => {
    await choose(join(folder, 'mine'));
    expect(await save({ ref: null, text: 'a' })).toMatchObject({
      ok: true,
      value: { status: 'saved', name: 'mine.gradwire' },
    });
    expect(readFileSync(join(folder, 'mine.gradwire'), 'utf8')).toBe('a');
    await answer(1);
    expect(await save({ ref: null, text: 'b' })).toEqual(saved('cancelled'));
    await answer(0);
    expect(await save({ ref: null, text: 'b' })).toMatchObject(saved('saved'));
    expect(readFileSync(join(folder, 'mine.gradwire'), 'utf8')).toBe('b');
    await choose(null);
    expect(await save({ ref: null, text: 'c' })).toEqual(saved('cancelled'));
  });

  test('keeps permissions and links, and leaves nothing else in the folder', async () => {
    mkdirSync(join(folder, 'real'));
    const target = join(folder, 'real/target.gradwire');
    const link = join(folder, 'link.gradwire');
    writeFileSync(target, 'old');
    chmodSync(target, 0o640);
    symlinkSync(target, link);
    const { ref } = await openText(link, 'old');
    expect(await save({ ref, text: 'new' })).toMatchObject(saved('saved'));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(folder, 'real'))).toEqual(['target.gradwire']);
  });

  test('of many at once ends with the last, whole', async () => {
    const path = join(folder, 'net.gradwire');
    const { ref } = await openText(path, 'start');
    const outcomes = await desktop.page.evaluate(
      (file) =>
        Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            window.host.files.save({
              ref: file,
              text: `${index}`.padEnd(200_000, '.'),
              suggestedName: 'net.gradwire',
            }),
          ),
        ),
      ref,
    );
    expect(outcomes.every((outcome) => outcome.ok && outcome.value.status === 'saved')).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('19'.padEnd(200_000, '.'));
  });

  test('notices that another program changed the file, and overwrites only when told to', async () => {
    const path = join(folder, 'net.gradwire');
    const { ref } = await openText(path, 'mine');
    writeFileSync(path, 'theirs');
    expect(await save({ ref, text: 'mine 2' })).toEqual({
      ok: true,
      value: { status: 'conflict', ref, name: 'net.gradwire' },
    });
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    await answer(1);
    expect(await desktop.page.evaluate(() => window.host.window.confirmConflict('net'))).toBe(
      'overwrite',
    );
    expect(await save({ ref, text: 'mine 2', overwrite: true })).toMatchObject(saved('saved'));
    expect(await save({ ref, text: 'mine 3' })).toMatchObject(saved('saved'));
    expect(readFileSync(path, 'utf8')).toBe('mine 3');
  });

  test('into a folder that is gone fails with a sentence and loses nothing', async () => {
    mkdirSync(join(folder, 'stick'));
    const { ref } = await openText(join(folder, 'stick/net.gradwire'), 'x');
    rmSync(join(folder, 'stick'), { recursive: true });
    expect(await save({ ref, text: 'y' })).toEqual({
      ok: false,
      code: 'not-found',
      message:
        '“net.gradwire” could not be saved: it, or the folder it was in, is no longer there.',
    });
  });
});

describe('the recovery copy', () => {
  test('outlives a killed app, knows its file, and is gone once discarded', async () => {
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, 'saved');
    const userData = join(folder, 'user-data');
    const first = await built.launch({ userData });
    await first.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
    }, path);
    await first.page.evaluate(async () => {
      const opened = await window.host.files.open();
      if (!opened.ok || !opened.value) throw new Error('not opened');
      const { name, ref } = opened.value;
      await window.host.recovery.keep('unsaved', { name, ref });
    });
    first.app.process().kill('SIGKILL');
    await first.close();
    expect(readFileSync(path, 'utf8')).toBe('saved');

    const second = await built.launch({ userData });
    try {
      const restored = await second.page.evaluate(async () => {
        const offered = await window.host.recovery.offers();
        const id = offered.ok ? offered.value[0]?.id : undefined;
        if (id === undefined) return offered;
        const copy = await window.host.recovery.take(id);
        if (!copy.ok) return copy;
        const { ref, text, name } = copy.value;
        const result = await window.host.files.save({ ref, text, suggestedName: 'x' });
        await window.host.recovery.discard();
        return { text, name, result, after: await window.host.recovery.offers() };
      });
      expect(restored).toMatchObject({
        text: 'unsaved',
        name: 'net.gradwire',
        result: saved('saved'),
        after: { ok: true, value: [] },
      });
      expect(readFileSync(path, 'utf8')).toBe('unsaved');
    } finally {
      await second.close();
    }
  });
});
