import type { Note } from '#graph';
import type { Mark, Run } from './drawing.ts';
import { bold, box, plain, text } from './marks.ts';
import { textWidth } from './metrics.ts';
import { hues, mix, type Palette } from './palette.ts';

const padding = { x: 14, y: 10 };
const size = 14;
const lineHeight = 20;

/** A card of text. Its Markdown becomes plain lines; formulas stay as they are written. */
export function noteMarks(note: Note, palette: Palette): readonly Mark[] {
  const { x, y } = note.position;
  const hue = hues[note.color ?? ''];
  const lines = note.text
    .split('\n')
    .flatMap((source) => wrapped(unmarked(source), note.width - 2 * padding.x));
  const height = Math.max(note.height ?? 0, lines.length * lineHeight + 2 * padding.y + 2);
  return [
    box(x, y, note.width, height, {
      radius: 12,
      fill: hue ? mix(hue, palette.panel, 0.11) : palette.panel,
      stroke: hue ? mix(hue, palette.panel, 0.45) : palette.line,
    }),
    ...lines.flatMap((run, at) =>
      run.text === ''
        ? []
        : [
            text(
              x + padding.x,
              y + padding.y + at * lineHeight + 15,
              size,
              palette.ink,
              [run],
              'start',
            ),
          ],
    ),
  ];
}

/** A line of Markdown without its marks; a heading is bold. */
function unmarked(source: string): Run {
  const heading = /^#{1,6}\s+(.*)$/.exec(source)?.[1];
  const item = /^\s*(?:[-*+]|\d+\.)\s+(.*)$/.exec(source)?.[1];
  const body = (heading ?? (item === undefined ? source : `• ${item}`))
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .replaceAll(/\$\$?([^$]+)\$\$?/g, '$1')
    .replace(/^>\s?/, '');
  return heading === undefined ? plain(body) : bold(body);
}

function wrapped(run: Run, room: number): readonly Run[] {
  const lines: Run[] = [];
  let line = '';
  const fits = (written: string) => textWidth([{ ...run, text: written }], size) <= room;
  for (const word of run.text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && !fits(longer)) {
      lines.push({ ...run, text: line });
      line = word;
    } else line = longer;
    // A word longer than a line is broken wherever it must.
    while (!fits(line) && [...line].length > 1) {
      const letters = [...line];
      let count = letters.length - 1;
      while (count > 1 && !fits(letters.slice(0, count).join(''))) count--;
      lines.push({ ...run, text: letters.slice(0, count).join('') });
      line = letters.slice(count).join('');
    }
  }
  return [...lines, { ...run, text: line }];
}
