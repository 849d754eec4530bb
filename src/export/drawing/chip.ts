import type { ArrayValue } from '#tensor';
import {
  cellsOf,
  formatBadge,
  formatNumber,
  isSingle,
  knownNorm,
  type Numbers,
  numberGrid,
  rangeOf,
  singleNumber,
} from '#trace';
import type { Mark, Run } from './drawing.ts';
import { bold, box, line, plain, text } from './marks.ts';
import { textWidth } from './metrics.ts';
import { mix, type Palette } from './palette.ts';

/** Something that is drawn around a middle and knows how large it is. */
export interface Block {
  readonly width: number;
  readonly height: number;
  /** By how much it reaches out above that: sheets of a batch. */
  readonly sheets?: number;
  draw(centerX: number, centerY: number): readonly Mark[];
}

type Tone = 'value' | 'gradient';

/** What a line of a chip says: a number or tensor, `null` where none passes, `undefined` where it is not known yet. */
export interface ChipLine {
  readonly tone: Tone;
  readonly value: ArrayValue | null | undefined;
  /** In place of the value: two factors, say. */
  readonly instead?: readonly Run[] | undefined;
}

/** The card on a wire: value above, gradient below; the shape on top where there is one. */
export function chip(
  lines: readonly ChipLine[],
  numbers: Numbers,
  palette: Palette,
  border: string = palette.line,
): Block {
  const form = lines.find(({ value }) => value)?.value;
  const tensor = form !== undefined && form !== null && !isSingle(form);
  const rows = lines.map((each) => row(each, numbers, palette));
  const badge = tensor ? formatBadge(form) : '';
  const badgeHeight = tensor ? 17 : 0;
  const padding = tensor ? { x: 8, y: 3 } : { x: 12, y: 2 };
  const inner = Math.max(34, textWidth([plain(badge)], 12), ...rows.map(({ width }) => width));
  const width = Math.max(58, inner + 2 * padding.x);
  const height = rows.reduce((sum, each) => sum + each.height, badgeHeight + 2 * padding.y);
  const sheets = form?.batched ? [6, 3] : [];
  return {
    width,
    height,
    sheets: sheets[0] ?? 0,
    draw: (x, y) => {
      const [left, top] = [x - width / 2, y - height / 2];
      const card = (by: number, stroke: string) =>
        box(left + by, top - by, width, height, { radius: 8, fill: palette.panel, stroke });
      const marks: Mark[] = [
        ...sheets.map((by) => card(by, palette.faint)),
        card(0, border),
        ...(tensor ? [text(x, top + padding.y + 12, 12, palette.dim, badge)] : []),
      ];
      let next = top + padding.y + badgeHeight;
      rows.forEach((each, at) => {
        if (at > 0) {
          const inset = padding.x;
          marks.push(line(left + inset, next, left + width - inset, next, palette.line));
        }
        marks.push(...each.draw(x, next + each.height / 2));
        next += each.height;
      });
      return marks;
    },
  };
}

function row({ tone, value, instead }: ChipLine, numbers: Numbers, palette: Palette): Block {
  const colour = palette[tone];
  if (instead) return words(instead, 15, colour);
  if (value === undefined) return words([bold('?')], 15, mix(colour, palette.panel, 0.5));
  if (value === null) return words([bold('—')], 15, colour);
  if (isSingle(value)) return words([bold(numbers.format(singleNumber(value)))], 15, colour);
  return numberCells(value, tone, numbers, palette) ?? heatAndRange(value, tone, numbers, palette);
}

function words(runs: readonly Run[], size: number, colour: string): Block {
  return {
    width: textWidth(runs, size),
    height: 20,
    draw: (x, y) => [text(x, y + size * 0.35, size, colour, runs)],
  };
}

/** A tensor so small that its numbers themselves fit. */
function numberCells(
  value: ArrayValue,
  tone: Tone,
  numbers: Numbers,
  palette: Palette,
): Block | undefined {
  const grid = numberGrid(value.data, numbers);
  if (!grid) return undefined;
  const { columns, texts } = grid;
  const rows = Math.ceil(texts.length / columns);
  const cell = Math.max(34, ...texts.map((each) => textWidth([bold(each)], 12) + 6));
  const largest = value.data.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const width = columns * (cell + 1) - 1;
  const height = Math.max(24, rows * 19 + 5);
  return {
    width,
    height,
    draw: (x, y) =>
      texts.flatMap((written, at): Mark[] => {
        const entry = value.data.data[at] ?? 0;
        const share = largest > 0 && Number.isFinite(entry) ? Math.abs(entry) / largest : 0;
        const left = x - width / 2 + (at % columns) * (cell + 1);
        const top = y - (rows * 19 - 1) / 2 + Math.floor(at / columns) * 19;
        const tint = mix(entry < 0 ? palette.ink : palette[tone], palette.panel, share * 0.22);
        const colour = mix(palette[tone], palette.ink, 0.65);
        return [
          box(left, top, cell, 18, { radius: 3, fill: tint }),
          text(left + cell / 2, top + 13, 12, colour, [bold(written)]),
        ];
      }),
  };
}

/** A larger one: a picture of it, its norm and its range. */
function heatAndRange(value: ArrayValue, tone: Tone, numbers: Numbers, palette: Palette): Block {
  const map = heatMap(value, palette[tone], 44, 26, palette);
  const norm = `‖${numbers.format(knownNorm(value.data), 3)}‖`;
  const range = rangeText(value);
  const room = Math.max(textWidth([bold(norm)], 12), textWidth([plain(range)], 12));
  const width = map.width + 8 + room;
  return {
    width,
    height: 32,
    draw: (x, y) => [
      ...map.draw(x - width / 2 + map.width / 2, y),
      text(x + width / 2, y - 2, 12, palette[tone], [bold(norm)], 'end'),
      text(x + width / 2, y + 12, 12, palette[tone], range, 'end'),
    ],
  };
}

/** `−0.5…1.2`: smallest and largest entry, or the one that all are. */
function rangeText({ data }: ArrayValue): string {
  if (data.data.some(Number.isNaN)) return formatNumber(Number.NaN);
  const { low, high } = rangeOf(data);
  const [least, most] = [formatNumber(low, 2), formatNumber(high, 2)];
  return least === most ? `all ${least}` : `${least}…${most}`;
}

/** A tensor in the small: rows and columns, the stronger the larger. */
export function heatMap(
  { data }: ArrayValue,
  colour: string,
  mostWidth: number,
  mostHeight: number,
  palette: Palette,
): Block {
  const { rows, columns, entries } = cellsOf(
    data,
    Math.floor(mostHeight / 3),
    Math.floor(mostWidth / 3),
  );
  const size = Math.max(1, Math.min(mostHeight / rows, mostWidth / columns, 10));
  const [width, height] = [columns * size, rows * size];
  return {
    width,
    height,
    draw: (x, y) => [
      box(x - width / 2, y - height / 2, width, height, {
        fill: mix(palette.dim, palette.panel, 0.12),
      }),
      ...entries.flatMap((entry, at): Mark[] => {
        if (entry === 0) return [];
        const left = x - width / 2 + (at % columns) * size;
        const top = y - height / 2 + Math.floor(at / columns) * size;
        const hue = Number.isNaN(entry) ? palette.warning : entry < 0 ? palette.ink : colour;
        const share = Number.isNaN(entry) ? 1 : Math.min(1, Math.abs(entry));
        return [box(left, top, size, size, { fill: mix(hue, palette.panel, share) })];
      }),
    ],
  };
}
