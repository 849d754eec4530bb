import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandId } from '../../renderer/host/host.ts';
import { launch, noBrowser, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'the host in a browser', () => {
  let web: Web;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'gradwire-web-host-'));
    const fixture = join(import.meta.dirname, '../desktop/fixture');
    await build({
      configFile: false,
      root: fixture,
      base: './',
      logLevel: 'warn',
      worker: { format: 'es' },
      build: { outDir: join(folder, 'page'), emptyOutDir: true },
    });
    web = await launch({ folder: join(folder, 'page') });
    // Without the pickers, whose native windows no test can operate: as in browsers that lack them.
    await web.page.addInitScript(() => {
      for (const picker of ['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker']) {
        Reflect.deleteProperty(window, picker);
      }
    });
    await web.page.reload();
  });

  afterAll(async () => {
    await web?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('opens a file that is chosen, and saves by download', async () => {
    const path = join(folder, 'net.gradwire');
    writeFileSync(path, '{"a":1}');
    const choosing = web.page.waitForEvent('filechooser');
    const opening = web.page.evaluate(() => window.host.files.open());
    await (await choosing).setFiles(path);
    const opened = await opening;
    expect(opened).toMatchObject({ ok: true, value: { name: 'net.gradwire', text: '{"a":1}' } });

    const downloading = web.page.waitForEvent('download');
    const saved = await web.page.evaluate((file) => {
      if (!file.ok || file.value === null) throw new Error('not opened');
      return window.host.files.save({ ref: file.value.ref, text: 'new', suggestedName: 'x' });
    }, opened);
    expect(saved).toMatchObject({ ok: true, value: { status: 'saved', name: 'net.gradwire' } });
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('net.gradwire');
    expect(await readFile(await download.path(), 'utf8')).toBe('new');
  });

  test('writes to the chosen file where the browser can, and notices changes by others', async () => {
    const seen = await web.page.evaluate(async () => {
      // A file of the page's private file system is a real one, without a dialog around it.
      const root = await navigator.storage.getDirectory();
      const handle = await root.getFileHandle('net.gradwire', { create: true });
      const write = async (text: string) => {
        const stream = await handle.createWritable();
        await stream.write(text);
        await stream.close();
      };
      const read = async () => (await handle.getFile()).text();
      Object.assign(window, { showSaveFilePicker: async () => handle });
      const { files } = window.host;
      const first = await files.save({ ref: null, text: 'mine', suggestedName: 'net.gradwire' });
      if (!first.ok || first.value.status !== 'saved') throw new Error('not saved');
      const { ref } = first.value;
      await new Promise((resolve) => setTimeout(resolve, 20));
      await write('theirs');
      const second = await files.save({ ref, text: 'mine 2', suggestedName: '' });
      const kept = await read();
      const third = await files.save({ ref, text: 'mine 2', suggestedName: '', overwrite: true });
      const opened = await files.read(ref);
      Reflect.deleteProperty(window, 'showSaveFilePicker');
      return { second, kept, third, opened };
    });
    expect(seen).toMatchObject({
      second: { ok: true, value: { status: 'conflict' } },
      kept: 'theirs',
      third: { ok: true, value: { status: 'saved' } },
      opened: { ok: true, value: { text: 'mine 2', name: 'net.gradwire' } },
    });
  });

  test('says what is wrong with a file, and takes a cancelled dialog for an answer', async () => {
    writeFileSync(join(folder, 'empty.gradwire'), '');
    const choosing = web.page.waitForEvent('filechooser');
    const opening = web.page.evaluate(() => window.host.files.open());
    await (await choosing).setFiles(join(folder, 'empty.gradwire'));
    expect(await opening).toEqual({
      ok: false,
      code: 'empty',
      message: '“empty.gradwire” could not be opened: the file is empty.',
    });
    const cancelled = await web.page.evaluate(() => {
      const abort = async () => {
        throw new DOMException('closed', 'AbortError');
      };
      Object.assign(window, { showOpenFilePicker: abort });
      return window.host.files.open().finally(() => {
        Reflect.deleteProperty(window, 'showOpenFilePicker');
      });
    });
    expect(cancelled).toEqual({ ok: true, value: null });
  });

  test('keeps a recovery copy over a reload, until it is discarded', async () => {
    await web.page.evaluate(() => window.host.recovery.keep('draft', { name: 'net', ref: null }));
    await web.page.reload();
    const offers = () => web.page.evaluate(() => window.host.recovery.offers());
    const taken = await web.page.evaluate(async () => {
      const offered = await window.host.recovery.offers();
      const id = offered.ok ? offered.value[0]?.id : undefined;
      if (id === undefined) throw new Error('nothing is offered');
      return window.host.recovery.take(id);
    });
    expect(taken).toMatchObject({
      ok: true,
      value: { text: 'draft', name: 'net', ref: null, keptAt: expect.any(Number) },
    });
    // What a living tab works on is nobody else's.
    expect(await offers()).toEqual({ ok: true, value: [] });
    await web.page.reload();
    expect(await offers()).toMatchObject({ ok: true, value: [{ name: 'net' }] });
    await web.page.evaluate(async () => {
      const offered = await window.host.recovery.offers();
      if (offered.ok && offered.value[0]) await window.host.recovery.refuse(offered.value[0].id);
    });
    expect(await offers()).toEqual({ ok: true, value: [] });
  });

  test('lists a folder’s files and hands them out by address', async () => {
    mkdirSync(join(folder, 'digits/inner'), { recursive: true });
    writeFileSync(join(folder, 'digits/images'), 'abc');
    writeFileSync(join(folder, 'digits/.hidden'), 'x');
    writeFileSync(join(folder, 'digits/inner/deep'), 'x');
    const choosing = web.page.waitForEvent('filechooser');
    const opening = web.page.evaluate(async () => {
      const chosen = await window.host.datasets.choose('folder');
      if (!chosen.ok || chosen.value === null) return chosen;
      const { ref } = chosen.value;
      const text = await (await fetch(window.host.datasets.url(ref, 'images'))).text();
      return { folder: chosen.value, text, known: await window.host.datasets.known() };
    });
    await (await choosing).setFiles(join(folder, 'digits'));
    const files = [
      { name: 'images', size: 3 },
      { name: 'inner/deep', size: 1 },
    ];
    const listed = { name: 'digits', files };
    expect(await opening).toMatchObject({
      folder: listed,
      text: 'abc',
      known: { ok: true, value: [listed] },
    });
  });

  test('takes the keys of commands, and leaves those of a text field alone', async () => {
    await web.page.evaluate(() => {
      const received: CommandId[] = [];
      Object.assign(window, { received });
      window.host.commands.onCommand((id) => received.push(id));
      window.host.commands.setState({ disabled: ['edit.redo'], checked: [], named: {} });
    });
    const { keyboard } = web.page;
    await web.page.focus('#button');
    for (const key of ['Control+z', 'Control+Shift+z', 'Control+s', 'Control+Shift+S', 'z']) {
      await keyboard.press(key);
    }
    await web.page.fill('#text', '');
    await web.page.focus('#text');
    await keyboard.type('ab');
    await keyboard.press('Control+z');
    await keyboard.press('Control+Enter');
    expect(await web.page.inputValue('#text')).toBe('');
    expect(await web.page.evaluate(() => Reflect.get(window, 'received'))).toEqual([
      'edit.undo',
      'file.save',
      'file.saveAs',
      'train.start',
    ]);
  });

  test('asks about unsaved changes, and takes Escape for cancel', async () => {
    const ask = () => web.page.evaluate(() => window.host.window.confirmUnsaved('net.gradwire'));
    const first = ask();
    const dialog = web.page.getByRole('dialog', { name: 'Save the changes to “net.gradwire”?' });
    await dialog.getByRole('button', { name: 'Don’t Save' }).click();
    expect(await first).toBe('discard');
    const second = ask();
    await dialog.waitFor();
    await web.page.keyboard.press('Escape');
    expect(await second).toBe('cancel');
    expect(await dialog.count()).toBe(0);
  });

  test('starts and stops a trainer, and one that dies is reported', async () => {
    const seen = await web.page.evaluate(async () => {
      const first = await window.host.startTrainer();
      if (!first.ok) return first;
      const reports: string[] = [];
      first.value.onExit(({ reason }) => reports.push(reason));
      const stopped = await first.value.stop();
      return { stopped, reports };
    });
    expect(seen).toEqual({ stopped: { ok: true, value: null }, reports: [] });
    await web.page.evaluate(async () => {
      const outcome = await window.host.startTrainer();
      if (!outcome.ok) throw new Error(outcome.message);
      const reports: string[] = [];
      Object.assign(window, { reports });
      outcome.value.onExit(({ reason }) => reports.push(reason));
    });
    await expect.poll(() => web.page.workers().length).toBe(1);
    await web.page.workers()[0]?.evaluate(() => self.close());
    await expect
      .poll(() => web.page.evaluate(() => Reflect.get(window, 'reports')))
      .toEqual(['crashed']);
  });
});
