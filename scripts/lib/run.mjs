import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** In which package each command we use lives, where that is not the package of its name. */
/** @type {Record<string, string>} */
const homes = { tsc: 'typescript', biome: '@biomejs/biome', asc: 'assemblyscript' };

/**
 * The JavaScript file behind a command of node_modules, so that it can be run by this very Node
 * on every system, without a shell.
 * @param {string} name the command
 * @returns {string} an absolute path
 */
export function bin(name) {
  const folder = join(root, 'node_modules', homes[name] ?? name);
  const { bin: entry } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof entry === 'string' ? entry : entry[name]);
}

/**
 * Runs a program in the project's root with this terminal as its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet: show its output only if it fails
 * @returns {Promise<number>} its exit status; 1 where a signal ended it or it could not start
 */
export function run(command, args, { env = process.env, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    const stop = () => child.kill('SIGTERM');
    process.once('SIGINT', stop).once('SIGTERM', stop);
    /** @param {number} status */
    const end = (status) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      if (status !== 0) for (const chunk of output) process.stderr.write(chunk);
      resolve(status);
    };
    child.once('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      end(1);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/**
 * Runs a command of node_modules.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 */
export function runTool(name, args, options) {
  return run(process.execPath, [bin(name), ...args], options);
}

/**
 * Runs npm, by the very npm that runs us where there is one, and collects what it prints.
 * @param {readonly string[]} args
 */
export function runNpm(args) {
  const npm = process.env.npm_execpath;
  const [command, before] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  return spawnSync(command, [...before, ...args], { cwd: root, encoding: 'utf8' });
}
