import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { toOnnx } from '#export';
import { readParsed } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { writeOnnx } from '../../src/export/onnx/write.ts';
import type { EditorUnderTest } from './launch.ts';
import { oneEditor } from './one-editor.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-imports-'));
afterAll(() => rmSync(folder, { recursive: true }));

let editor: EditorUnderTest;
oneEditor({ width: 1280, height: 800 }, (started) => {
  editor = started;
});

/** Chooses a file of this name with this content from the system's dialog. */
async function importModel(name: string, bytes: Uint8Array | string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  await editor.app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
  await editor.hands.fileMenu('Import ONNX model…');
}

const net = lessons.find(({ id }) => id === 'three-four-two');
const model = toOnnx(trace(readParsed(net?.file, catalogue).document, catalogue), catalogue);

describe('Import', () => {
  it('makes a document of an ONNX model, which is not saved yet', async () => {
    const { page, look } = editor;
    await importModel('net.onnx', model);
    await expect.poll(() => page.locator('.document-title').textContent()).toBe('A 3-4-2 network');
    await page.getByRole('img', { name: 'unsaved changes' }).waitFor();
    expect(await page.locator('.react-flow__node').count()).toBeGreaterThan(5);
    await look('imported');
  });

  it.each([
    ['text.onnx', 'no model', 'The file is no ONNX model'],
    [
      'strange.onnx',
      writeOnnx({
        irVersion: 8,
        producer: 'test',
        opset: 17,
        graph: {
          name: 'g',
          initializers: [],
          inputs: [{ name: 'x', elementType: 1, shape: ['n', 3] }],
          outputs: [{ name: 'y', elementType: 1, shape: ['n', 3] }],
          nodes: [
            {
              opType: 'LSTM',
              name: 'memory',
              domain: '',
              inputs: ['x'],
              outputs: ['y'],
              attributes: [],
            },
          ],
        },
      }),
      'operations that are not known here: LSTM (“memory”)',
    ],
  ])('says in one sentence what is wrong with %s', async (name, bytes, sentence) => {
    const before = await editor.page.locator('.document-title').textContent();
    await importModel(name, bytes);
    const message = editor.page.getByTestId('message');
    await message.waitFor();
    expect(await message.textContent()).toContain(`“${name}” could not be opened`);
    expect(await message.textContent()).toContain(sentence);
    await editor.page.keyboard.press('Escape');
    expect(await editor.page.locator('.document-title').textContent()).toBe(before);
  });
});
