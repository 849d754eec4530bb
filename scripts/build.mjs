// `npm run build`: the desktop app and the command line; with `web`, the web page instead.
import { build } from './lib/build.mjs';

/** @type {readonly (keyof typeof build)[]} */
const targets = process.argv.includes('web') ? ['web'] : ['desktop', 'cli'];

for (const target of targets) {
  const status = await build[target]();
  if (status !== 0) process.exit(status);
}
