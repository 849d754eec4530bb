import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { readParsed, writeDocument } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { EditorHands } from '../support/editor.ts';
import { type Desktop, launch, screenshots } from './launch.ts';

let userData: string;
let desktop: Desktop | undefined;

beforeAll(() => {
  userData = mkdtempSync(join(tmpdir(), 'gradwire-recovery-'));
});
afterEach(() => desktop?.close());
afterAll(() => rmSync(userData, { recursive: true, force: true, maxRetries: 5 }));

async function start(args: readonly string[] = []): Promise<EditorHands> {
  desktop = await launch({ userData, args });
  desktop.page.setDefaultTimeout(10_000);
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

const offers = ({ page }: EditorHands) => page.getByTestId('recovery').getByRole('listitem');

it('offers after a crash what was not saved, with its date and a picture, and restores it', async () => {
  const before = await start();
  await before.type('x', '7');
  await expect.poll(() => before.wires()).toMatchObject({ ww: '10 over 4' });
  // The copy is never a second behind.
  await before.page.waitForTimeout(1_000);
  await crash();

  const after = await start();
  await offers(after).waitFor();
  await offers(after).getByRole('img', { name: 'The graph in small' }).waitFor();
  const said = await offers(after).textContent();
  expect(said).toContain('5 nodes, 4 wires');
  expect(said).toContain(`${new Date().getFullYear()}`);
  await after.page.screenshot({ path: join(screenshots, 'files-recovery.png') });
  await after.page.getByRole('button', { name: 'Restore it' }).click();
  await expect.poll(() => after.wires()).toMatchObject({ wx: '7 over 4', ww: '10 over 4' });
  expect(await after.page.getByRole('img', { name: 'unsaved changes' }).count()).toBe(1);
});

it('offers it again after another crash, also where a file is opened meanwhile', async () => {
  const path = join(userData, 'net.gradwire');
  writeFileSync(path, writeDocument(readParsed(product.file, catalogue).document, catalogue));
  const before = await start([path]);
  await offers(before).waitFor();
  await before.page.getByRole('button', { name: 'Decide later' }).click();
  await expect.poll(() => before.page.locator('.document-title').textContent()).toBe('net');
  await before.type('x', '9');
  await expect.poll(() => before.wires()).toMatchObject({ wx: '9 over 4' });
  await before.page.waitForTimeout(1_000);
  await crash();

  const after = await start();
  await expect.poll(() => offers(after).count()).toBe(2);
  // The newest first; the second one in a window of its own.
  await after.page.getByRole('button', { name: 'Restore it' }).first().click();
  await expect.poll(() => after.wires()).toMatchObject({ wx: '9 over 4' });
  const opening = desktop?.app.waitForEvent('window');
  await after.page.getByRole('button', { name: 'Restore it' }).click();
  const page = await opening;
  if (!page) throw new Error('no window was opened');
  const other = new EditorHands(page);
  await other.ready();
  await expect.poll(() => other.wires()).toMatchObject({ wx: '7 over 4' });
  expect(await offers(other).count()).toBe(0);
});

it('forgets a copy once it is undone or was discarded', async () => {
  const before = await start();
  await expect.poll(() => offers(before).count()).toBe(2);
  for (const left of [1, 0]) {
    await before.page.getByRole('button', { name: 'Discard it' }).first().click();
    await expect.poll(() => offers(before).count()).toBe(left);
  }
  await before.type('x', '3');
  await before.page.waitForTimeout(1_000);
  await before.page.getByRole('button', { name: 'Undo' }).click();
  await before.page.waitForTimeout(1_000);
  await crash();
  const after = await start();
  await after.page.waitForTimeout(1_000);
  expect(await offers(after).count()).toBe(0);
});
