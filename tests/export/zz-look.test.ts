import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { picture, toDot, toPdf, toSvg, toTikz } from '#export';
import { readParsed } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { defaultDisplay, Numbers, trace } from '#trace';

it('looks', () => {
  mkdirSync('/tmp/look', { recursive: true });
  for (const lesson of lessons) {
    const { document } = readParsed(lesson.file, catalogue);
    const traced = trace(document, catalogue);
    const numbers = new Numbers(defaultDisplay);
    for (const theme of ['light', 'dark'] as const) {
      const step = theme === 'dark' ? Math.floor(traced.steps.length * 0.7) : undefined;
      writeFileSync(
        `/tmp/look/${lesson.id}-${theme}.svg`,
        toSvg(
          picture(traced, catalogue, {
            theme,
            numbers,
            values: true,
            gradients: true,
            paper: true,
            step,
          }),
        ),
      );
      if (theme === 'light') {
        const d = picture(traced, catalogue, {
          theme,
          numbers,
          values: true,
          gradients: true,
          paper: false,
        });
        const f = (p: string) => readFileSync(`node_modules/${p}`);
        writeFileSync(
          `/tmp/look/${lesson.id}-p.pdf`,
          toPdf(d, {
            plain: f('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
            bold: f('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
            name: f('katex/dist/fonts/KaTeX_Math-Italic.ttf'),
            signs: f('katex/dist/fonts/KaTeX_Main-Regular.ttf'),
          }),
        );
        writeFileSync(`/tmp/look/${lesson.id}.tex`, toTikz(d));
        writeFileSync(
          `/tmp/look/${lesson.id}.dot`,
          toDot(traced, catalogue, { theme, numbers, values: true, gradients: true }),
        );
      }
    }
  }
});
