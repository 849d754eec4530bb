import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { presentElectron } from '../../scripts/lib/electron.mjs';
import { whyNoSandbox } from '../../scripts/lib/launch.mjs';
import { type BenchLine, benchLine, medians } from './bench-line.ts';

/** A window with one word: what Electron itself takes. */
const empty = {
  'package.json': JSON.stringify({ name: 'empty', main: 'main.cjs' }),
  'main.cjs': `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false, width: 1440, height: 900 });
  window.once('ready-to-show', () => window.show());
  window.loadFile(require('node:path').join(__dirname, 'index.html'));
});`,
  'index.html': '<!doctype html><title>Empty</title><p>Empty</p>',
};

/** From the start of the process to the first content in the window: ours is the editor with its first graph. */
export default async function bench(): Promise<BenchLine[]> {
  const electron = presentElectron();
  if (!electron) return [];
  const folder = mkdtempSync(join(tmpdir(), 'gradwire-startup-'));
  const bare = join(folder, 'empty');
  mkdirSync(bare);
  for (const [name, text] of Object.entries(empty)) writeFileSync(join(bare, name), text);
  const hook = join(folder, 'watcher.cjs');
  writeFileSync(hook, watcher);
  const times = { ours: [] as number[], theirs: [] as number[] };
  const run = async (app: string, userData: string, into: number[]) => {
    into.push(await untilContent(electron, app, join(folder, userData), hook));
  };
  try {
    // The second start and later ones, as on every day but the first: Chromium has compiled the code once.
    await medians(
      [() => run(resolve('.'), 'ours', times.ours), () => run(bare, 'theirs', times.theirs)],
      { rounds: 9, warmup: 2 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const median = (all: number[]) =>
    all.slice(2).sort((a, b) => a - b)[Math.floor((all.length - 2) / 2)] ?? Number.NaN;
  return [benchLine('start to first content', median(times.ours), median(times.theirs), 0.667)];
}

/** Waits in the main process for the first window's first content, and writes when it was painted. */
const watcher = `const { app } = require('electron');
app.once('browser-window-created', (_event, window) => {
  window.webContents.once('did-finish-load', async () => {
    const painted = await window.webContents.executeJavaScript(\`new Promise((found) => {
      const look = () => {
        const [first] = performance.getEntriesByName('first-contentful-paint');
        if (first) found(performance.timeOrigin + first.startTime);
        else requestAnimationFrame(look);
      };
      look();
    })\`);
    process.stdout.write('painted ' + painted + '\\n');
  });
});`;

async function untilContent(
  electron: { readonly path: string; readonly folder: string },
  app: string,
  userData: string,
  hook: string,
): Promise<number> {
  const begin = Date.now();
  const sandbox = whyNoSandbox(electron.folder) ? ['--no-sandbox'] : [];
  const child = spawn(electron.path, [...sandbox, `--user-data-dir=${userData}`, '-r', hook, app], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const painted = new Promise<number>((found) => {
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += String(chunk);
      const [, at] = /painted ([\d.]+)\n/.exec(said) ?? [];
      if (at) found(Number(at));
    });
  });
  const at = await Promise.race([painted, ended.then(() => Number.NaN)]);
  // What Chromium keeps of compiled code, it writes a moment later.
  await new Promise((done) => setTimeout(done, 1_000));
  child.kill('SIGTERM');
  await ended;
  return at - begin;
}
