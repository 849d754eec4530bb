/// <reference path="./subset-font.d.ts" />
// The fonts of the first picture, made from larger ones: little to read, and every sign that the app itself writes is
// in one of them, so that none is sought in the system's fonts, which takes long and looks otherwise on each system.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { root } from './run.mjs';

const require = createRequire(import.meta.url);

/** First and last of the characters that Inter writes; those it does not have are left out. */
const text = [
  // Latin as Western and Central Europe write it, Greek, and their accents and raised and lowered letters.
  [0x20, 0x17f],
  [0x2b0, 0x2ff],
  [0x300, 0x30c],
  [0x323, 0x323],
  [0x370, 0x3ff],
  [0x1d00, 0x1dbf],
  [0x2000, 0x209c],
  [0x20ac, 0x20ac],
  [0x2122, 0x2122],
  // Arrows, mathematics, keys, ticks.
  [0x2190, 0x2199],
  [0x21a9, 0x21a9],
  [0x21d2, 0x21d2],
  [0x21e7, 0x21e7],
  [0x2200, 0x22ff],
  [0x2318, 0x2318],
  [0x2325, 0x2325],
  [0x232b, 0x232b],
  [0x23ce, 0x23ce],
  [0x25b2, 0x25cf],
  [0x2713, 0x2717],
];

/**
 * What the app writes besides, as operations' symbols above all, and Inter does not have: the `unicode-range` of their
 * file in renderer/styles/fonts.css names the same.
 */
export const signs = 'ᵀᵦℝ∀∇∈∗⊙⋅⋯⌐▣▤▦▭☐☑⚄';

/** What the interface uses of Inter's features: the others would bring hundreds of letters in other shapes. */
const features = ['calt', 'ccmp', 'kern', 'locl', 'mark', 'mkmk', 'tnum'];

const characters = text
  .map(([first = 0, last = 0]) =>
    String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, at) => first + at)),
  )
  .join('');

/** Where the fonts lie that are made here. */
export const fontsFolder = join(root, 'renderer/styles/fonts');

/** @returns {Promise<Record<string, Buffer>>} the fonts by the names of their files */
export async function firstFonts() {
  const inter = readFileSync(require.resolve('inter-ui/variable/InterVariable.woff2'));
  const dejaVu = readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'));
  return {
    'inter.woff2': await subsetFont(inter, characters, {
      targetFormat: 'woff2',
      // One of the two axes stays: the weight.
      variationAxes: { opsz: 14 },
      keepFeatures: features,
    }),
    'signs.woff2': await subsetFont(dejaVu, signs, { targetFormat: 'woff2', keepFeatures: [] }),
  };
}
