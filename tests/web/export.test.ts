import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, screenshots, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'Export as a download', () => {
  let web: Web;
  let hands: EditorHands;
  const complaints: string[] = [];

  beforeAll(async () => {
    web = await launch();
    web.page.on('pageerror', (error) => complaints.push(error.message));
    // As in browsers that cannot write files.
    await web.page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    await web.page.reload();
    hands = new EditorHands(web.page);
    await hands.ready();
  });
  afterAll(() => web.close());
  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  it.each([
    ['svg', '<svg'],
    ['png', '\x89PNG'],
    ['pdf', '%PDF-1.7'],
    ['gif', 'GIF89a'],
    ['onnx', '\b\b'],
  ])('gives %s', async (format, start) => {
    const { page } = web;
    await hands.fileMenu('Export…');
    const dialog = page.getByTestId('export');
    await dialog.getByLabel('Format').selectOption(format);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Save…' }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`(x + y)·z.${format}`);
    const path = join(screenshots, `exported.${format}`);
    await file.saveAs(path);
    expect(readFileSync(path, 'latin1').slice(0, 20)).toContain(start);
    await dialog.waitFor({ state: 'detached' });
  });

  it('takes the model back in', async () => {
    const { page } = web;
    const choosing = page.waitForEvent('filechooser');
    await hands.fileMenu('Import ONNX model…');
    await (await choosing).setFiles(join(screenshots, 'exported.onnx'));
    await expect.poll(() => page.locator('.document-title').textContent()).toBe('(x + y)·z');
    await page.getByRole('img', { name: 'unsaved changes' }).waitFor();
    expect(await page.locator('.react-flow__node').count()).toBe(5);
  });

  it.each(['light', 'dark'] as const)('has a dialog for everybody, %s', async (colorScheme) => {
    const { page } = web;
    await page.emulateMedia({ colorScheme });
    await hands.fileMenu('Export…');
    const dialog = page.getByTestId('export');
    for (const format of ['png', 'markdown', 'onnx', 'json']) {
      await dialog.getByLabel('Format').selectOption(format);
      await page.waitForTimeout(100);
      const { violations } = await new AxeBuilder({ page }).include('.export-dialog').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`)).toEqual(
        [],
      );
    }
    await page.screenshot({ path: join(screenshots, `export-web-${colorScheme}.png`) });
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});
