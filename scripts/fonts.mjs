// `npm run fonts`: makes the fonts of the first picture. They are committed; a test holds them to what they are made of.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstFonts, fontsFolder } from './lib/fonts.mjs';

mkdirSync(fontsFolder, { recursive: true });
for (const [name, bytes] of Object.entries(await firstFonts())) {
  writeFileSync(join(fontsFolder, name), bytes);
}
