import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { mnist } from '#lessons';
import { launch, screenshots } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-zz-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('looks', async () => {
  const path = join(folder, 'net.gradwire');
  writeFileSync(
    path,
    JSON.stringify({ ...mnist.file, training: { learningRate: 0.002, optimizer: 'adam', batchSize: 128, seed: 0, epochs: 2 } }),
  );
  const desktop = await launch({ args: [path] });
  const { page } = desktop;
  page.setDefaultTimeout(20_000);
  await page.setViewportSize({ width: 1440, height: 900 });
  const shot = (name: string) => page.screenshot({ path: join(screenshots, `zz-${name}.png`) });
  await page.getByTestId('node-z1').waitFor();
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await shot('idle');
  await page.getByRole('button', { name: 'One step' }).click();
  const sentence = page.getByTestId('run-sentence');
  await expect.poll(() => sentence.getAttribute('data-phase'), { timeout: 30_000 }).toBe('paused');
  await shot('one-step');
  await page.getByRole('tab', { name: 'Optimizer' }).click();
  await page.waitForTimeout(500);
  await shot('optimizer');
  await page.getByRole('tab', { name: 'Curves' }).click();
  await page.getByRole('button', { name: 'Resume training' }).click();
  await page.waitForTimeout(2500);
  await shot('running');
  await expect.poll(() => sentence.getAttribute('data-phase'), { timeout: 60_000 }).toBe('finished');
  await shot('finished');
  const settings = page.getByLabel('Training settings');
  const field = settings.getByLabel('Learning rate', { exact: true });
  await field.fill('0.01');
  await field.press('Enter');
  await page.getByRole('button', { name: /^Start/ }).click();
  await page.waitForTimeout(1500);
  await page.getByRole('button', { name: 'Stop training' }).click();
  await expect.poll(() => sentence.getAttribute('data-phase'), { timeout: 60_000 }).toBe('stopped');
  await shot('stopped');
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.waitForTimeout(300);
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.waitForTimeout(500);
  await shot('runs');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await shot('runs-dark');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.waitForTimeout(300);
  await shot('runs-1280');
  await page.keyboard.press('Escape');
  await settings.getByText('Parameters', { exact: true }).last().click();
  await settings.getByRole('button', { name: 'All runs' }).scrollIntoViewIfNeeded();
  await shot('settings-1280-dark');
  await desktop.close();
}, 180_000);
