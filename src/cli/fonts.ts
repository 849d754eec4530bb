import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { PdfFonts } from '#export';

/** In the packages, and in the folder beside the bundled program. */
export const fontFiles = {
  plain: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  bold: '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
  name: 'katex/dist/fonts/KaTeX_Math-Italic.ttf',
  signs: 'katex/dist/fonts/KaTeX_Main-Regular.ttf',
} as const;

/** The fonts that a PDF takes along. */
export function readFonts(): PdfFonts {
  const read = (file: string) => {
    const beside = join(import.meta.dirname, 'fonts', file.split('/').at(-1) ?? '');
    const path = existsSync(beside) ? beside : createRequire(import.meta.url).resolve(file);
    return new Uint8Array(readFileSync(path));
  };
  const { plain, bold, name, signs } = fontFiles;
  return { plain: read(plain), bold: read(bold), name: read(name), signs: read(signs) };
}
