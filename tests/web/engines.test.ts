import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainingLessons } from '#lessons';
import { softwareGraphics } from '../../scripts/lib/launch.mjs';
import { EditorHands } from '../support/editor.ts';
import { launch, noBrowser, type Web } from './launch.ts';

describe.skipIf(noBrowser)(noBrowser ?? 'the web page’s trainer, a worker', () => {
  let web: Web;
  beforeAll(async () => {
    web = await launch({ args: softwareGraphics });
    web.page.setDefaultTimeout(30_000);
    const lesson = trainingLessons().find(({ id }) => id === 'xor-classifier');
    if (!lesson) throw new Error('xor-classifier');
    await new EditorHands(web.page).example(lesson.topic, lesson.title);
    await web.page.getByRole('button', { name: 'Train', exact: true }).click();
  });
  afterAll(() => web?.close());

  it.each(['webgl', 'webgpu'] as const)('trains on %s', async (engine) => {
    const { page } = web;
    await page.getByLabel('Engine', { exact: true }).selectOption(engine);
    await page.getByRole('button', { name: /^Start/ }).click();
    const sentence = page.getByTestId('run-sentence');
    await expect.poll(() => sentence.textContent(), { timeout: 60_000 }).toMatch(/Epoch \d+ of/);
    const row = page.getByRole('table', { name: 'Engines' }).getByRole('row').nth(1);
    expect(await row.getAttribute('data-state')).toBe('chosen');
    expect(await row.getAttribute('title')).toMatch(/swiftshader/i);
    await page.getByRole('button', { name: /^Stop/ }).click();
    await expect.poll(() => sentence.getAttribute('data-phase')).toBe('stopped');
  });
});
