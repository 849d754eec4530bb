// `npm run bench`: every measurement of tests/bench/, as ratios taken in one run.

import { spawn } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, isStale } from './lib/build.mjs';
import { onVirtualDisplay } from './lib/display.mjs';
import { obtainElectron } from './lib/electron.mjs';
import { root, runTool } from './lib/run.mjs';
import { runMain, setup } from './setup.mjs';

/** @typedef {{ name: string, ours: number, theirs: number, unit: string, ratio: number, target?: number }} BenchLine */

const folder = join(root, 'out/bench');

/** @param {number} value */
const short = (value) => value.toPrecision(3);

/** @param {BenchLine} line */
function print({ name, ours, theirs, unit, ratio, target }) {
  const aim =
    target === undefined ? '' : ratio >= target ? `  (≥ ${target}: ok)` : `  (≥ ${target}: MISSED)`;
  const times = `${short(ours)} ${unit} against ${short(theirs)} ${unit}`;
  console.log(`${name.padEnd(52)} ${times.padEnd(34)} ${short(ratio).padStart(6)}×${aim}`);
}

/**
 * Runs one measurement; what it reports comes over a channel, so that a library may print.
 * @param {string} program
 * @param {NodeJS.ProcessEnv} [env]
 * @param {string} [runtime]
 * @returns {Promise<BenchLine[] | undefined>} nothing where it failed; it has then said why
 */
function measure(program, env = process.env, runtime = process.execPath) {
  return new Promise((resolve) => {
    const child = spawn(
      runtime,
      ['--expose-gc', join(root, 'scripts/lib/run-bench.mjs'), program],
      { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    );
    /** @type {BenchLine[] | undefined} */
    let lines;
    child.once('message', (message) => {
      lines = /** @type {BenchLine[]} */ (message);
    });
    child.once('close', (status) => resolve(status === 0 ? lines : undefined));
  });
}

/**
 * In the surroundings that a measurement needs.
 * @param {string} name
 * @param {string} program
 */
async function measureIn(name, program) {
  if (name === 'startup') return onVirtualDisplay((env) => measure(program, env));
  if (name !== 'training') return measure(program);
  // Where the app trains: in Electron, whose engine for WebAssembly is not that of any Node.
  const { path } = await obtainElectron(console.log);
  return measure(program, { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, path);
}

await runMain(async () => {
  const only = process.argv[2];
  const names = readdirSync(join(root, 'tests/bench'))
    .filter((name) => name.endsWith('.bench.ts'))
    .map((name) => name.replace(/\.bench\.ts$/, ''))
    .filter((name) => only === undefined || name === only);
  if (names.length === 0) {
    console.error('gradwire: there is nothing to measure.');
    return 1;
  }
  const built = await runTool('vite', [
    'build',
    '--config',
    'vite.bench.config.ts',
    '--logLevel',
    'warn',
  ]);
  if (built !== 0) return built;
  if (['frames', 'large', 'training-frames'].some((name) => names.includes(name))) {
    // The pages whose frames are measured: ours, and React Flow by itself.
    if (isStale('web') && (await build.web({ quiet: true })) !== 0) return 1;
    const bare = ['build', '--config', 'vite.bare.config.ts', '--logLevel', 'warn'];
    if ((await runTool('vite', bare)) !== 0) return 1;
  }
  if (names.includes('startup')) {
    // The app as it is started, with the binary and the display that it needs.
    await setup({ virtualDisplay: true });
    if (isStale('desktop') && (await build.desktop({ quiet: true })) !== 0) return 1;
  }
  /** @type {BenchLine[]} */
  const lines = [];
  for (const name of names) {
    // A process of its own for each: no other's garbage, no other's compiled code.
    const program = join(folder, `${name}.js`);
    const measured = await measureIn(name, program);
    if (!measured) return 1;
    for (const line of measured) print(line);
    lines.push(...measured);
  }
  writeFileSync(join(root, 'out/bench.json'), `${JSON.stringify(lines, null, 2)}\n`);
  // A missed aim is a line to read, not a failure: how busy the machine is decides too much.
  return 0;
});
