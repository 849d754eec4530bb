import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EditorUnderTest, startEditor } from '../desktop/launch.ts';
import { hugeKinds, writeHuge } from './huge.ts';

/** What is opened without a word; all others are refused, or opened with a report. */
const sound = ['note', 'parameters'];

/** A window must not leave a person waiting for longer than this, in milliseconds. */
const hang = 5_000;

/** Tests that a file of so many megabytes is opened, or refused with a sentence, while the window goes on answering. */
export function huge(megabytes: number): void {
  let editor: EditorUnderTest;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gradwire-huge-'));
    editor = await startEditor({ width: 1280, height: 800, timeout: 90_000 });
  });
  afterAll(async () => {
    await editor?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(hugeKinds)('of %s', { timeout: 180_000 }, async (kind) => {
    const { app, page, choose } = editor;
    const path = join(folder, `${kind}.gradwire`);
    writeHuge(path, kind, megabytes);
    await app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    }, path);
    await page.evaluate(() => {
      const beats = { last: performance.now(), longest: 0 };
      Object.assign(window, { beats });
      setInterval(() => {
        const now = performance.now();
        beats.longest = Math.max(beats.longest, now - beats.last);
        beats.last = now;
      }, 20);
    });
    await choose('file.open');
    const message = page.getByTestId('message');
    const told = message.getByText(`“${kind}.gradwire”`);
    if (sound.includes(kind)) {
      await page.locator('.document-title', { hasText: new RegExp(`^${kind}$`) }).waitFor();
      expect(await message.count()).toBe(0);
    } else {
      await told.waitFor();
      const said = (await message.textContent()) ?? '';
      expect(said).toMatch(/(could not be opened|was damaged).+[.…]/);
      expect(said.length).toBeLessThan(50_000);
      await page.keyboard.press('Escape');
      await message.waitFor({ state: 'detached' });
    }
    rmSync(path);
    const longest = await page.evaluate(
      () => (Reflect.get(window, 'beats') as { longest: number }).longest,
    );
    expect(longest).toBeLessThan(hang);
  });
}
