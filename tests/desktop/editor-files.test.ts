import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readParsed, writeDocument } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { EditorHands } from '../support/editor.ts';
import { type EditorUnderTest, launch, startEditor } from './launch.ts';

const text = writeDocument(readParsed(product.file, catalogue).document, catalogue);

let editor: EditorUnderTest;
let folder: string;
let path: string;

beforeAll(async () => {
  editor = await startEditor({ width: 1280, height: 800 });
});
afterAll(() => editor?.close());

beforeEach(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'gradwire-files-'));
  path = join(folder, 'net.gradwire');
  writeFileSync(path, text);
  await answer('Don’t Save');
  await editor.hands.example('First graphs', '(x + y)·z');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  expect(editor.complaints.splice(0)).toEqual([]);
});

/** The native boxes answer with the button of this name, and say what they asked. */
const answer = (button: string) =>
  editor.app.evaluate(({ dialog }, label) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    const showMessageBox = async (...options: unknown[]) => {
      const { message, buttons } = options.at(-1) as { message: string; buttons: string[] };
      asked.push(message);
      return { response: buttons.indexOf(label), checkboxChecked: false };
    };
    Object.assign(dialog, { showMessageBox });
  }, button);

const asked = () => editor.app.evaluate(() => Reflect.get(globalThis, 'asked') as string[]);

const choosePath = (chosen: string) =>
  editor.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: file });
  }, chosen);

async function open(chosen = path) {
  await choosePath(chosen);
  await editor.hands.fileMenu('Open…');
  await expect.poll(title).toBe('net');
}

const title = () => editor.page.locator('.document-title').textContent();
const unsaved = () => editor.page.getByRole('img', { name: 'unsaved changes' }).count();
const shown = (id: string) => editor.hands.wires().then((wires) => wires[id]);
const windows = () => editor.app.windows().length;

describe('a file', () => {
  it('is reverted to what was saved, once that is confirmed', async () => {
    await open();
    expect((await editor.menuItem('file.revert'))?.enabled).toBe(false);
    await editor.hands.type('x', '7');
    await expect.poll(() => shown('wx')).toBe('7 over 4');
    await answer('Cancel');
    await editor.choose('file.revert');
    await expect.poll(asked).toEqual(['Go back to “net.gradwire” as it was saved?']);
    expect(await unsaved()).toBe(1);
    await answer('Revert');
    await editor.choose('file.revert');
    await expect.poll(() => shown('wx')).toBe('2 over 4');
    expect(await unsaved()).toBe(0);
  });

  it('keeps its last versions aside, shows each, and restores one as an unsaved change', async () => {
    await open();
    for (const value of ['7', '8']) {
      await editor.hands.type('x', value);
      await editor.page.keyboard.press('Control+s');
      await expect.poll(unsaved).toBe(0);
    }
    await editor.choose('file.versions');
    const dialog = editor.page.getByTestId('versions');
    await dialog.waitFor();
    expect(await dialog.getByRole('radio').count()).toBe(3);
    await dialog.getByText('5 nodes, 4 wires').waitFor();
    await editor.look('files-versions');
    await dialog.getByRole('radio').last().check();
    await dialog.getByText('5 nodes, 4 wires').waitFor();
    await dialog.getByRole('button', { name: 'Restore This Version' }).click();
    await expect.poll(() => shown('wx')).toBe('2 over 4');
    expect(await unsaved()).toBe(1);
    expect(readFileSync(path, 'utf8')).not.toBe(text);
    // Beside the person's file lies nothing.
    expect(readdirSync(folder)).toEqual(['net.gradwire']);
  });

  it('that another program changed is noticed when the window gets the focus, each change once', async () => {
    await open();
    const focus = () => editor.page.evaluate(() => window.dispatchEvent(new Event('focus')));
    writeFileSync(path, text.replace('"value":2', '"value":3'));
    await answer('Keep Mine');
    await focus();
    await expect.poll(asked).toEqual(['“net.gradwire” was changed by another program.']);
    await focus();
    await editor.page.waitForTimeout(300);
    expect(await asked()).toHaveLength(1);
    writeFileSync(path, text.replace('"value":2', '"value":9'));
    await answer('Load Again');
    await focus();
    await expect.poll(() => shown('wx')).toBe('9 over 4');
  });

  it('dropped on the window is opened, and one that is no graph is refused with a sentence', async () => {
    await editor.page.evaluate((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'net.gradwire'));
      const drop = (type: string) =>
        document.body.dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      drop('dragover');
      drop('drop');
    }, text);
    // A file that a page made up has no path: it is as good as none.
    const message = editor.page.getByTestId('message');
    await message.waitFor();
    expect(await message.textContent()).toContain('nothing that can be opened was dropped');
    await editor.page.keyboard.press('Escape');
    // A real one, as Chromium hands it over.
    await editor.page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'chosen';
      document.body.append(input);
    });
    await editor.page.setInputFiles('#chosen', path);
    await editor.page.evaluate(() => {
      const input = document.querySelector<HTMLInputElement>('#chosen');
      const file = input?.files?.[0];
      if (!input || !file) throw new Error('nothing was chosen');
      const transfer = new DataTransfer();
      transfer.items.add(file);
      input.remove();
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    });
    await expect.poll(title).toBe('net');
  });
});

describe('several windows', () => {
  it('show each its own document; a file that is open is shown, not opened twice', async () => {
    await open();
    const link = join(folder, 'link.gradwire');
    symlinkSync(path, link);
    const other = join(folder, 'other.gradwire');
    writeFileSync(other, text);
    const start = (file: string) =>
      launch({ args: [file], userData: editor.userData }).then(
        (second) => second.close(),
        () => undefined,
      );
    await start(link);
    await editor.page.waitForTimeout(500);
    expect(windows()).toBe(1);
    // The window in front shows a document: another one gets its own.
    const opening = editor.app.waitForEvent('window');
    await start(other);
    const second = new EditorHands(await opening);
    await second.ready();
    await expect.poll(() => second.page.locator('.document-title').textContent()).toBe('other');
    expect(await title()).toBe('net');
    // Saved under the other's name, one of the two would be lost.
    await choosePath(other);
    await editor.hands.fileMenu('Save as…');
    const message = editor.page.getByTestId('message');
    await message.waitFor();
    expect(await message.textContent()).toContain('“other.gradwire” is open in another window');
    await editor.page.keyboard.press('Escape');
    await second.page.close();
  });
});
