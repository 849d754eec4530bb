import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, screenshots, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'Earlier versions in a browser', () => {
  let web: Web;
  let hands: EditorHands;
  const complaints: string[] = [];

  beforeAll(async () => {
    web = await launch();
    web.page.on('pageerror', (error) => complaints.push(error.message));
    // A file of the page's private file system is a real one, without a native dialog around it.
    await web.page.addInitScript(() => {
      const pick = async () => {
        const root = await navigator.storage.getDirectory();
        return root.getFileHandle('net.gradwire', { create: true });
      };
      Object.assign(window, {
        showSaveFilePicker: pick,
        showOpenFilePicker: async () => [await pick()],
      });
    });
    await web.page.reload();
    hands = new EditorHands(web.page);
    await hands.ready();
  });
  afterAll(() => web.close());
  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  const unsaved = () => web.page.getByRole('img', { name: 'unsaved changes' });
  const versions = () => web.page.getByTestId('versions');

  async function save(value: number): Promise<void> {
    await hands.type('x', `${value}`);
    await web.page.keyboard.press('Control+s');
    await unsaved().waitFor({ state: 'detached' });
  }

  it('are the last ten that were saved, each with its picture, and one restored is an unsaved change', async () => {
    for (let value = 101; value <= 112; value++) await save(value);
    await hands.fileMenu('Earlier Versions…');
    await expect.poll(() => versions().getByRole('radio').count()).toBe(10);
    await versions().getByText('5 nodes, 4 wires').waitFor();
    await web.page.screenshot({ path: join(screenshots, 'web-versions.png') });
    await versions().getByRole('radio').last().check();
    await versions().getByText('5 nodes, 4 wires').waitFor();
    await versions().getByRole('button', { name: 'Restore This Version' }).click();
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '103 over 4' });
    await unsaved().waitFor();
    await web.page.keyboard.press('Control+s');
    await unsaved().waitFor({ state: 'detached' });
  });

  it('are found again in a later session, with the file', async () => {
    await web.page.reload();
    await hands.ready();
    await hands.fileMenu('Open…');
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '103 over 4' });
    await hands.fileMenu('Earlier Versions…');
    await expect.poll(() => versions().getByRole('radio').count()).toBe(10);
    await versions().getByRole('radio').nth(1).check();
    await versions().getByText('5 nodes, 4 wires').waitFor();
    await versions().getByRole('button', { name: 'Restore This Version' }).click();
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '112 over 4' });
    // With nothing unsaved, the next session has nothing to offer before anything else.
    await unsaved().waitFor();
    await web.page.keyboard.press('Control+s');
    await unsaved().waitFor({ state: 'detached' });
  });

  it('are kept by name where a page can only download', async () => {
    await web.page.addInitScript(() => {
      for (const picker of ['showOpenFilePicker', 'showSaveFilePicker']) {
        Reflect.deleteProperty(window, picker);
      }
    });
    await web.page.reload();
    await hands.ready();
    await hands.fileMenu('New');
    await hands.example('First graphs', '(x + y)·z');
    for (const value of [7, 8]) await save(value);
    await hands.fileMenu('Earlier Versions…');
    await expect.poll(() => versions().getByRole('radio').count()).toBe(2);
    await versions().getByRole('radio').last().check();
    await versions().getByRole('button', { name: 'Restore This Version' }).click();
    await expect.poll(() => hands.wires()).toMatchObject({ wx: '7 over 4' });
  });
});
