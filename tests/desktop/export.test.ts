import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EditorUnderTest } from './launch.ts';
import { oneEditor } from './one-editor.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-exports-'));
afterAll(() => rmSync(folder, { recursive: true }));

let editor: EditorUnderTest;
oneEditor({ width: 1280, height: 800 }, (started) => {
  editor = started;
});

/** Opens Export and chooses a format. */
async function choose(format: string) {
  const { page, hands } = editor;
  await hands.fileMenu('Export…');
  const dialog = page.getByTestId('export');
  await dialog.getByLabel('Format').selectOption(format);
  return dialog;
}

/** Saves under a name, as if it were chosen in the system's dialog, and gives what is in the file. */
async function save(dialog: Awaited<ReturnType<typeof choose>>, name: string): Promise<Buffer> {
  const path = join(folder, name);
  await editor.app.evaluate(({ dialog: native }, filePath) => {
    native.showSaveDialog = async () => ({ canceled: false, filePath });
  }, path);
  await dialog.getByRole('button', { name: 'Save…' }).click();
  await dialog.waitFor({ state: 'detached', timeout: 60_000 });
  return readFileSync(path);
}

describe('Export', () => {
  it.each([
    ['svg', '<svg'],
    ['png', '\x89PNG'],
    ['pdf', '%PDF-1.7'],
    ['tikz', '% (x + y)'],
    ['dot', 'digraph'],
    ['gif', 'GIF89a'],
    ['webm', '\x1aE\xdf\xa3'],
    ['numpy', '# (x + y)'],
    ['pytorch', '# (x + y)'],
    ['onnx', '\b\b'],
    ['markdown', '# '],
    ['json', '{\n  "format": "gradwire"'],
    ['trace', '{"loss":20'],
    ['csv', 'kind,id'],
  ])('writes %s', async (format, start) => {
    const dialog = await choose(format);
    const content = await save(dialog, `product.${format}`);
    expect(content.toString('latin1').slice(0, 40)).toContain(start);
    expect(content.length).toBeGreaterThan(100);
  });

  it('shows the picture of any moment, and copies what is text', async () => {
    const { page } = editor;
    await page.keyboard.press('Control+e');
    const dialog = page.getByTestId('export');
    await dialog.getByLabel('Format').selectOption('svg');
    await dialog.getByTestId('export-picture').waitFor();
    await page.screenshot({ path: 'out/screenshots/export-light.png' });
    await dialog.getByLabel('Moment').fill('6');
    await dialog.getByLabel('Colors').selectOption('dark');
    await page.screenshot({ path: 'out/screenshots/export-step-dark.png' });
    await dialog.getByLabel('Format').selectOption('numpy');
    expect(await dialog.locator('.export-text').textContent()).toContain('d_w = d_f * z');
    await page.screenshot({ path: 'out/screenshots/export-numpy.png' });
    await dialog.getByRole('button', { name: 'Copy' }).click();
    const copied = await editor.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toContain('d_w = d_f * z');
    await page.keyboard.press('Escape');
  });

  it('has a button in the top bar, which a quiz keeps closed', async () => {
    const { page, look, app } = editor;
    const button = page.getByRole('banner').getByRole('button', { name: 'Export' });
    expect(await button.getAttribute('title')).toMatch(/\(Ctrl\+E\)$/);
    await button.click();
    await page.getByTestId('export').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('export').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Quiz', exact: true }).click();
    expect(await button.isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Quiz', exact: true }).click();
    for (const [width, height] of [
      [1280, 720],
      [960, 600],
    ] as const) {
      await app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size),
        [width, height] as [number, number],
      );
      await expect.poll(() => page.evaluate(() => innerWidth)).toBe(width);
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await page.waitForTimeout(300);
        await look(`export-button-${width}-${theme}`);
        const box = await button.boundingBox();
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('changes nothing where the person cancels', async () => {
    const dialog = await choose('svg');
    await editor.app.evaluate(({ dialog: native }) => {
      native.showSaveDialog = async () => ({ canceled: true, filePath: '' });
    });
    await dialog.getByRole('button', { name: 'Save…' }).click();
    await expect.poll(() => dialog.getByRole('button', { name: 'Save…' }).isEnabled()).toBe(true);
    await editor.page.keyboard.press('Escape');
  });

  it('refuses to write anything but an export', async () => {
    const answer = await editor.page.evaluate(() =>
      window.gradwire?.request('files.saveBytes', {
        bytes: new Uint8Array(3),
        suggestedName: 'run.sh',
      }),
    );
    expect(answer).toMatchObject({ ok: false, code: 'bad-request' });
  });
});
