import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';
import { describe, expect, it } from 'vitest';
import { firstFonts, fontsFolder, signs } from '../../scripts/lib/fonts.mjs';
import { TrueType } from '../../src/export/pdf/true-type.ts';

const root = join(import.meta.dirname, '../..');
const files = ['inter.woff2', 'signs.woff2'];
const committed = (name: string) => readFileSync(join(fontsFolder, name));

/** What of a text's letters no font of the first picture has. */
async function missing(text: string): Promise<string[]> {
  const fonts = await Promise.all(
    files.map(async (name) => {
      const plain = { keepAllGlyphs: true, targetFormat: 'truetype' } as const;
      return new TrueType(new Uint8Array(await subsetFont(committed(name), '', plain)));
    }),
  );
  const letters = [...new Set(text)].filter((letter) => letter >= ' ');
  return letters.filter((letter) => !fonts.some((font) => font.glyph(letter))).sort();
}

/** All that the files below a folder say beyond ASCII, in letters or in escapes, without their comments. */
function signsIn(folder: string): string {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const code = names
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))
    .join('\n')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .replace(/\\u([0-9a-fA-F]{4})/g, (_escape, hex) => String.fromCodePoint(parseInt(hex, 16)));
  return [...new Set(code)].filter((letter) => letter > '\u00a0').join('');
}

describe('the fonts of the first picture', () => {
  it('are made of what `npm run fonts` makes them of', async () => {
    const made = await firstFonts();
    expect(Object.keys(made)).toEqual(files);
    for (const name of files) expect(committed(name).equals(made[name] ?? Buffer.of())).toBe(true);
  });

  it('are declared for the signs that they are made for', () => {
    const css = readFileSync(join(root, 'renderer/styles/fonts.css'), 'utf8');
    const [range = ''] = /(?<=unicode-range:)[^;]*/.exec(css) ?? [];
    const declared = range.split(',').map((each) => parseInt(each.trim().replace('U+', ''), 16));
    expect(declared).toEqual([...signs].map((sign) => sign.codePointAt(0)));
  });

  it.each([
    ['renderer', '⌘'],
    ['src/ops', '⚄'],
  ])('have every sign that %s writes', async (folder, known) => {
    const signs = signsIn(folder);
    expect(signs).toContain(known);
    expect(await missing(signs)).toEqual([]);
  });

  it('have the letters of Western and Central Europe and of Greek', async () => {
    expect(
      await missing('Ångström Łódź Dvořák Ğ ő ŷ ñ ß αβγδεζηθλμπσςφχψω ΔΘΣΦΩ x̂ x̄ 0123₀₁₂₃⁰¹²³'),
    ).toEqual([]);
    expect(await missing('Жуковский')).not.toEqual([]);
  });
});
