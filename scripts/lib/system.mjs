// What Electron and the tests need from the system, on Debian and Ubuntu.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/** Debian renamed some libraries for 64-bit time; either name may be the one that exists. */
const libraries = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libvulkan1',
];

/**
 * @param {string} name
 * @returns {string | undefined} where the program lies on the PATH
 */
export function which(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Whether there is a screen to open a window on. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** A Chromium-like browser that really starts (Ubuntu's `chromium-browser` may be an empty shell). */
export function findChromium() {
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
  const asked = process.env.GRADWIRE_CHROMIUM;
  const candidates = [asked, ...names.map(which)].filter((path) => path !== undefined);
  return candidates.find(
    (path) => spawnSync(path, ['--version'], { timeout: 20_000, stdio: 'ignore' }).status === 0,
  );
}

/** @param {string} executable */
function lacksLibraries(executable) {
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return /not found/.test(stdout ?? '');
}

function lacksFonts() {
  const folder = '/usr/share/fonts';
  if (!existsSync(folder)) return true;
  return !readdirSync(folder, { recursive: true }).some((name) =>
    /\.(ttf|otf)$/.test(String(name)),
  );
}

function isUbuntu() {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID=ubuntu$/m.test(readFileSync(release, 'utf8'));
}

/** @param {string} name */
function isPackage(name) {
  const { stdout } = spawnSync('apt-cache', ['madison', name], { encoding: 'utf8' });
  return (stdout ?? '').trim() !== '';
}

/**
 * Which packages are missing, by the names in use up to 2023.
 * @param {{ executable: string, virtualDisplay: boolean, browser: boolean }} needs
 */
function missingPackages({ executable, virtualDisplay, browser }) {
  const missing = lacksLibraries(executable) ? [...libraries] : [];
  if (lacksFonts()) missing.push('fonts-dejavu-core');
  if (virtualDisplay && !which('Xvfb')) missing.push('xvfb');
  // Ubuntu's package of that name only points to a snap: there the web tests say that they skip.
  if (browser && !isUbuntu() && !findChromium()) missing.push('chromium');
  return missing;
}

/** @returns {string[] | undefined} what to put before a command that needs the rights of root */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? ['sudo', '-n']
    : undefined;
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 */
function apt(prefix, args) {
  const [command = 'env', ...rest] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-qq',
    ...args,
  ];
  return spawnSync(command, rest, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
}

/**
 * Installs what is missing, or says in one line how to.
 * @param {{ executable: string, virtualDisplay: boolean, browser: boolean }} needs
 * @param {(line: string) => void} say
 * @throws {SetupError} where something is missing that we cannot install
 */
export function ensureSystem(needs, say) {
  if (process.platform !== 'linux') return;
  const missing = missingPackages(needs);
  if (missing.length === 0) return;
  if (!which('apt-get')) {
    throw new SetupError(
      `Electron needs system libraries that are missing here; on Debian they are called ${missing.join(' ')}.`,
    );
  }
  const prefix = asRoot();
  if (!prefix)
    throw new SetupError(`Please run: sudo apt-get install ${current(missing).join(' ')}`);
  say(`Installing ${missing.join(' ')} …`);
  apt(prefix, ['update']);
  const names = current(missing);
  if (!apt(prefix, ['install', '-y', '--no-install-recommends', ...names])) {
    throw new SetupError(`These packages could not be installed: ${names.join(' ')}`);
  }
}

/**
 * @param {readonly string[]} names
 * @returns {string[]} the names this release of the system uses
 */
function current(names) {
  return names.map((name) => (isPackage(`${name}t64`) ? `${name}t64` : name));
}

/** Programs that read exports, by the command or Python module that shows they are there. */
const consumers = [
  { name: 'graphviz', there: () => which('dot') },
  { name: 'poppler-utils', there: () => which('pdftotext') },
  { name: 'texlive-latex-base', there: () => which('pdflatex') },
  {
    name: 'texlive-pictures',
    there: () => existsSync('/usr/share/texlive/texmf-dist/tex/latex/pgf'),
  },
  { name: 'python3-numpy', there: () => hasModule('numpy') },
  { name: 'python3-torch', there: () => hasModule('torch') },
];

/** @param {string} module */
function hasModule(module) {
  return (
    spawnSync('/usr/bin/python3', ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0
  );
}

/**
 * Installs what reads our exports where that is possible; nothing needs it but tests, which can do without.
 * @param {(line: string) => void} say
 */
export function ensureConsumers(say) {
  const missing = consumers.filter(({ there }) => !there()).map(({ name }) => name);
  if (!installed(missing, say)) {
    say(`Tests of exports will skip what needs ${missing.join(', ')}.`);
  }
}

/**
 * Installs what can be done without, where that is possible.
 * @param {readonly string[]} missing Debian's names
 * @param {(line: string) => void} say
 * @returns {boolean} whether nothing is missing now
 */
export function installed(missing, say) {
  if (missing.length === 0) return true;
  const prefix = which('apt-get') ? asRoot() : undefined;
  if (!prefix) return false;
  say(`Installing ${missing.join(' ')} …`);
  apt(prefix, ['update']);
  return apt(prefix, ['install', '-y', '--no-install-recommends', ...missing]);
}
