// Gets what the app and its tests need beyond npm's packages: the Electron binary and, on Debian
// and Ubuntu, the system's libraries. Safe to run again; done at once when nothing is missing.
import { pathToFileURL } from 'node:url';
import { obtainElectron } from './lib/electron.mjs';
import { SetupError } from './lib/setup-error.mjs';
import { ensureSystem } from './lib/system.mjs';

/** @param {string} line */
const say = (line) => console.error(`gradwire: ${line}`);

/**
 * @param {{ virtualDisplay?: boolean, browser?: boolean }} [needs] a virtual display, a browser for the web tests
 * @returns {Promise<import('./lib/electron.mjs').ElectronBinary>}
 * @throws {SetupError}
 */
export async function setup({ virtualDisplay = false, browser = false } = {}) {
  const electron = await obtainElectron(say);
  ensureSystem({ executable: electron.path, virtualDisplay, browser }, say);
  return electron;
}

/**
 * Runs a script's main function; an obstacle is one line on stderr and exit status 1.
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    const electron = await setup({ virtualDisplay: true, browser: true });
    say(`Electron ${electron.version} (${electron.source}) is ready.`);
    return 0;
  });
}
