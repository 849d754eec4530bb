import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type GraphDocument, readDocument, readParsed, writeDocument } from '#graph';
import { product } from '#lessons';
import { catalogue } from '#ops';
import { Recovery } from '../../src/desktop/recovery.ts';
import { type Desktop, launch } from '../desktop/launch.ts';
import { EditorHands } from './editor.ts';

const read = (text: string): GraphDocument => {
  const { document, repairs } = readDocument(text, catalogue);
  expect(repairs).toEqual([]);
  return document;
};

/** What x holds: each edit of the test sets it to the next number. */
function numberIn(document: GraphDocument): number {
  const attrs = document.nodes.find(({ id }) => id === 'x')?.attrs as {
    value?: { data: Float64Array };
  };
  return attrs.value?.data[0] ?? Number.NaN;
}

interface Done {
  /** Edits so far, with the time of each. */
  readonly edits: number[];
  /** Numbers whose save was begun. */
  readonly begun: number[];
  /** The last number whose save was reported as done. */
  saved: number;
}

/**
 * Edits and saves without pause, kills the app at a random moment, and looks at what is left: the file is whole, the
 * old or the new; the recovery copy holds work that is at most a second old. As often as asked, in one start each.
 */
export async function killAtRandom(times: number, random: () => number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gradwire-kill-'));
  try {
    for (let time = 0; time < times; time++) await killOnce(join(folder, `${time}`), random);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function killOnce(folder: string, random: () => number): Promise<void> {
  const userData = join(folder, 'user-data');
  mkdirSync(userData, { recursive: true });
  const path = join(folder, 'net.gradwire');
  writeFileSync(path, writeDocument(readParsed(product.file, catalogue).document, catalogue));
  const desktop = await launch({ userData, args: [path] });
  const hands = new EditorHands(desktop.page);
  await hands.ready();
  await expect.poll(() => desktop.page.locator('.document-title').textContent()).toBe('net');
  const done: Done = { edits: [], begun: [2], saved: 2 };
  const child = desktop.app.process();
  const gone = new Promise<void>((end) => child.once('exit', () => end()));
  let killedAt = 0;
  setTimeout(
    () => {
      killedAt = Date.now();
      child.kill('SIGKILL');
    },
    300 + 2700 * random(),
  );
  await workUntilGone(desktop, hands, done, random);
  await gone;
  await desktop.close();
  await inspect(folder, path, join(userData, 'recovery'), done, killedAt);
}

/** Numbers from 1000 on, as fast as they can be typed, saved now and then. */
async function workUntilGone(
  desktop: Desktop,
  hands: EditorHands,
  done: Done,
  random: () => number,
): Promise<void> {
  const unsaved = desktop.page.getByRole('img', { name: 'unsaved changes' });
  try {
    for (let number = 1000; ; number++) {
      await hands.type('x', `${number}`);
      done.edits.push(Date.now());
      if (random() < 0.6) continue;
      done.begun.push(number);
      await desktop.page.keyboard.press('Control+s');
      await unsaved.waitFor({ state: 'detached', timeout: 5_000 });
      done.saved = number;
    }
  } catch {
    // The app is gone, as it should be.
  }
}

async function inspect(
  folder: string,
  path: string,
  recoveryFolder: string,
  { edits, begun, saved }: Done,
  killedAt: number,
): Promise<void> {
  const onDisk = numberIn(read(readFileSync(path, 'utf8')));
  expect(begun).toContain(onDisk);
  expect(onDisk).toBeGreaterThanOrEqual(saved);
  // At most one temporary file, of the save that was killed, and nothing else.
  const others = readdirSync(folder).filter(
    (name) => !['net.gradwire', 'user-data'].includes(name),
  );
  expect(others.length).toBeLessThanOrEqual(1);
  for (const name of others) expect(name).toMatch(/^\.net\.gradwire\..*\.tmp$/);

  const recovery = new Recovery(recoveryFolder);
  await recovery.load();
  // Everything that was typed more than a second before the end is in the file or in the copy.
  const due = edits.filter((at) => at <= killedAt - 1_000).length;
  const [offer] = recovery.left;
  const copy = offer && (await recovery.read(offer.id));
  const recovered = copy ? numberIn(read(copy.text)) : 0;
  expect(Math.max(recovered, onDisk)).toBeGreaterThanOrEqual(due === 0 ? 2 : 999 + due);
}
