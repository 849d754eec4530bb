import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type EditorUnderTest, startEditor } from './launch.ts';

/**
 * One app for all tests of a file: before each, f = (x + y)·z in Build, unsaved changes given up. What its page
 * complained of fails the test.
 */
export function oneEditor(
  size: { readonly width: number; readonly height: number },
  take: (started: EditorUnderTest) => void,
): void {
  let editor: EditorUnderTest | undefined;
  beforeAll(async () => {
    editor = await startEditor(size);
    take(editor);
  });
  afterAll(() => editor?.close());
  beforeEach(async () => {
    if (!editor) throw new Error('The editor did not start.');
    const { app, page, hands } = editor;
    // Whatever a failed test has left open.
    if ((await page.getByRole('dialog').count()) > 0) await page.keyboard.press('Escape');
    await app.evaluate(({ dialog }) => {
      // 1 is “Don't save”.
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false });
    });
    await hands.example('First graphs', '(x + y)·z');
    await hands.workspace('Build');
    await hands.clickCanvas();
  });
  afterEach(() => {
    expect(editor?.complaints.splice(0)).toEqual([]);
  });
}
