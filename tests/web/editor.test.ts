import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildProduct, EditorHands, productWires } from '../support/editor.ts';
import { launch, noBrowser, screenshots, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'the editor as a web page', () => {
  let web: Web;
  let hands: EditorHands;
  const complaints: string[] = [];

  beforeAll(async () => {
    web = await launch();
    web.page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    web.page.on('pageerror', (error) => complaints.push(error.message));
    hands = new EditorHands(web.page);
    await hands.ready();
  });
  afterAll(() => web.close());
  afterEach(() => expect(complaints.splice(0)).toEqual([]));

  it('opens with (x + y)·z', async () => {
    expect(await hands.wires()).toMatchObject({ ww: '5 over 4', wz: '4 over 5' });
    await web.page.screenshot({ path: join(screenshots, 'web-editor.png') });
  });

  it('builds the graph by hand, from an empty document', async () => {
    await hands.fileMenu('New');
    await buildProduct(hands);
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('undoes and redoes by keys, without a native menu', async () => {
    await hands.clickCanvas();
    await web.page.keyboard.press('Control+z');
    await expect.poll(() => hands.wires()).toMatchObject({ wire: '2 over none' });
    await web.page.keyboard.press('Control+y');
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('asks before unsaved changes are lost', async () => {
    await hands.example('First graphs', '(x + y)·z');
    await web.page.getByRole('dialog').waitFor();
    await web.page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => hands.wires()).toEqual(productWires);
  });

  it('downloads the document where a page cannot write files', async () => {
    await web.page.evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
    const download = web.page.waitForEvent('download', { timeout: 5000 });
    await web.page.keyboard.press('Control+s');
    expect((await download).suggestedFilename()).toMatch(/\.gradwire$/);
  });

  it('steps the film', async () => {
    await hands.workspace('Trace');
    await hands.clickCanvas();
    for (let step = 0; step < 7; step++) await web.page.keyboard.press('ArrowRight');
    expect(await hands.caption().textContent()).toContain('4 × 1 = 4');
  });
});
