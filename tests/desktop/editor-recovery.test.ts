import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { EditorHands } from '../support/editor.ts';
import { type Desktop, launch } from './launch.ts';

let userData: string;
let desktop: Desktop | undefined;

beforeAll(() => {
  userData = mkdtempSync(join(tmpdir(), 'gradwire-recovery-'));
});
afterEach(() => desktop?.close());
afterAll(() => rmSync(userData, { recursive: true, force: true, maxRetries: 5 }));

async function start(): Promise<EditorHands> {
  desktop = await launch({ userData });
  const hands = new EditorHands(desktop.page);
  await hands.ready();
  return hands;
}

/** As a crash would: nobody is asked, nothing is tidied up. */
async function crash(): Promise<void> {
  const child = desktop?.app.process();
  const gone = new Promise((done) => child?.once('exit', done));
  child?.kill('SIGKILL');
  await gone;
}

it('offers after a crash what was not saved, and restores it on request', async () => {
  const before = await start();
  await before.type('x', '7');
  await expect.poll(() => before.wires()).toMatchObject({ ww: '10 over 4' });
  // The copy is written some moments after the edit.
  await before.page.waitForTimeout(1_500);
  await crash();

  const after = await start();
  const message = after.page.getByTestId('message');
  await message.waitFor();
  expect(await message.textContent()).toContain('Unsaved work was found');
  await after.page.getByRole('button', { name: 'Restore it' }).click();
  await expect.poll(() => after.wires()).toMatchObject({ wx: '7 over 4', ww: '10 over 4' });
  expect(await after.page.getByRole('img', { name: 'unsaved changes' }).count()).toBe(1);
});

it('forgets the copy once its changes were discarded', async () => {
  const before = await start();
  await before.page.getByRole('button', { name: 'Discard it' }).click();
  await before.page.waitForTimeout(500);
  await crash();
  const after = await start();
  await after.page.waitForTimeout(1_000);
  expect(await after.page.getByTestId('message').count()).toBe(0);
});
