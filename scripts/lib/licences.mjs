// The licences of everything that a release contains, from the lock file and the packages' own files.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** @typedef {{ name: string, version: string, licence: string, text: string }} Licence */

/** What packages call the file; NOTICE belongs to Apache's licence. */
const fileName = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** @returns {Licence[]} the packages that are bundled, by name */
export function licences() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  /** @type {Licence[]} */
  const found = [];
  for (const [path, entry] of Object.entries(packages)) {
    const folder = join(root, path);
    if (!path || entry.dev || entry.devOptional || !existsSync(folder)) continue;
    const { license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder, { withFileTypes: true })
      .filter((file) => file.isFile() && fileName.test(file.name))
      .map((file) => readFileSync(join(folder, file.name), 'utf8').trim());
    found.push({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      licence: String(entry.license ?? license ?? 'unknown'),
      text: texts.join('\n\n'),
    });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** One text for people: our own licence, then every package with its own. */
export function licencesText() {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const all = licences();
  const parts = all.map(({ name, version, licence, text }) => {
    const title = `${name} ${version} (${licence})`;
    // Some packages name their licence and leave it at that: its text is the same as another's.
    const same = all.find((other) => other.licence === licence && other.text)?.text ?? '';
    return `${title}\n${'-'.repeat(title.length)}\n\n${text || same}`;
  });
  const head = `Gradwire\n========\n\n${own}\n\nThe desktop app also contains Electron (MIT) and Chromium, whose licences lie beside it in\nLICENSES.chromium.html. Everything else that is inside:`;
  return `${[head, ...parts].join('\n\n\n')}\n`;
}
