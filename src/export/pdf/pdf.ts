import { strToU8 } from 'fflate';
import {
  type BoxMark,
  type Drawing,
  type Face,
  type Mark,
  type PathMark,
  runSize,
  subscriptDrop,
  type TextMark,
} from '../drawing/drawing.ts';
import { channels } from '../drawing/palette.ts';
import { PdfFile, pdfText } from './pdf-file.ts';
import { PdfFont } from './pdf-font.ts';
import { TrueType } from './true-type.ts';

/** TrueType files: one for each face, and one for signs that those lack. */
export type PdfFonts = Readonly<Record<Face | 'signs', Uint8Array>>;

/** A CSS pixel in points. */
const point = 0.75;

/** The picture as a PDF of one page of its size: vectors, and text that can be selected, in fonts that travel with it. */
export function toPdf(drawing: Drawing, fonts: PdfFonts): Uint8Array {
  const writer = new Writer(fonts);
  const { left, top, width, height, paper, title, marks } = drawing;
  const content = [
    // Down the page, in pixels.
    `${point} 0 0 ${-point} ${n(-left * point)} ${n((top + height) * point)} cm`,
    '1 J',
    // A little over the edges, where a page ends within a pixel.
    ...(paper === null
      ? []
      : [`${fill(paper)} ${left - 1} ${top - 1} ${width + 2} ${height + 2} re f`]),
    ...marks.map((mark) => writer.mark(mark)),
  ].join('\n');
  const file = new PdfFile();
  const [catalog, pages, page] = [file.reserve(), file.reserve(), file.reserve()];
  const stream = file.addStream(strToU8(content, true));
  const resources = writer.fonts
    .filter((font) => font.used)
    .map((font) => `/${font.name} ${font.embed(file)} 0 R`);
  file.write(catalog, `<< /Type /Catalog /Pages ${pages} 0 R >>`);
  file.write(pages, `<< /Type /Pages /Kids [${page} 0 R] /Count 1 >>`);
  file.write(
    page,
    `<< /Type /Page /Parent ${pages} 0 R /MediaBox [0 0 ${n(width * point)} ${n(height * point)}] /Contents ${stream} 0 R /Resources << /Font << ${resources.join(' ')} >> >> >>`,
  );
  const info = file.add(`<< /Title ${pdfText(title)} /Creator (Gradwire) >>`);
  return file.bytes(catalog, info);
}

class Writer {
  readonly fonts: readonly PdfFont[];
  readonly #faces: Readonly<Record<Face, readonly PdfFont[]>>;

  constructor(files: PdfFonts) {
    const [plain, bold, name, signs] = [
      new PdfFont('Plain', new TrueType(files.plain)),
      new PdfFont('Bold', new TrueType(files.bold)),
      new PdfFont('Name', new TrueType(files.name)),
      new PdfFont('Signs', new TrueType(files.signs)),
    ];
    this.fonts = [plain, bold, name, signs];
    this.#faces = { plain: [plain, signs], bold: [bold, signs], name: [name, signs, plain] };
  }

  mark(mark: Mark): string {
    if (mark.kind === 'box') return boxOf(mark);
    if (mark.kind === 'path') return pathOf(mark);
    return this.#text(mark);
  }

  #text({ x, y, anchor, size, colour, runs }: TextMark): string {
    const parts = runs.flatMap((run) =>
      this.#pieces(run.text, run.face, runSize(run, size)).map((piece) => ({
        ...piece,
        colour: run.colour ?? colour,
        drop: run.low ? subscriptDrop * size : 0,
      })),
    );
    const width = parts.reduce((sum, part) => sum + part.width, 0);
    let before = 0;
    let at = x - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2);
    return parts
      .map((part) => {
        // A mark stands over the middle of the letter before it.
        const back = part.mark ? (before + part.own) / 2 : 0;
        const place = { x: at - back, y: y + part.drop - part.raise };
        at += part.width;
        if (!part.mark) before = part.own;
        return part.font ? glyphs(part, place) : stand(part, place);
      })
      .join('\n');
  }

  /** Stretches of letters that one font has; a letter that none has stands alone. */
  #pieces(written: string, face: Face, size: number): Piece[] {
    const pieces: Piece[] = [];
    for (const letter of written) {
      const piece = this.#piece(letter, face, size);
      const last = pieces.at(-1);
      if (
        last?.font &&
        !last.mark &&
        !piece.mark &&
        last.font === piece.font &&
        last.size === piece.size &&
        last.raise === piece.raise
      ) {
        pieces[pieces.length - 1] = {
          ...last,
          text: last.text + piece.text,
          codes: last.codes + piece.codes,
          width: last.width + piece.width,
          own: piece.own,
        };
      } else pieces.push(piece);
    }
    return pieces;
  }

  #piece(letter: string, face: Face, size: number): Piece {
    for (const font of this.#faces[face]) {
      const set = font.set(letter);
      if (!set) continue;
      const own = set.width * size;
      const mark = /\p{M}/u.test(letter);
      return {
        text: letter,
        font,
        size,
        codes: set.code,
        width: mark ? 0 : own,
        own,
        mark,
        raise: 0,
      };
    }
    // A superscript or subscript of Unicode, made from its letter.
    const plain = letter.normalize('NFKD');
    if (plain !== letter && [...plain].length === 1) {
      const small = this.#piece(plain, face, size * 0.62);
      return {
        ...small,
        text: letter,
        raise: size * (/[\u1d62-\u1d6a]/.test(letter) ? -0.15 : 0.33),
      };
    }
    const width = 0.8 * size;
    return {
      text: letter,
      font: undefined,
      size,
      codes: '',
      width,
      own: width,
      mark: false,
      raise: 0,
    };
  }
}

interface Piece {
  readonly text: string;
  /** Undefined where no font has the letter. */
  readonly font: PdfFont | undefined;
  readonly size: number;
  readonly codes: string;
  readonly width: number;
  /** How wide its last letter is. */
  readonly own: number;
  /** Whether it combines with the letter before. */
  readonly mark: boolean;
  readonly raise: number;
}

type Coloured = Piece & { readonly colour: string };
type Place = { readonly x: number; readonly y: number };

function glyphs({ font, size, codes, colour }: Coloured, { x, y }: Place): string {
  return `BT ${fill(colour)} /${font?.name} ${n(size)} Tf 1 0 0 -1 ${n(x)} ${n(y)} Tm <${codes}> Tj ET`;
}

/** Lines, in shares of the size, for signs on nodes that the fonts lack. */
const drawn: Readonly<Record<string, readonly (readonly number[])[]>> = {
  '⌐': [[0.1, -0.2, 0.1, -0.5, 0.7, -0.5]],
  '▭': [[0.05, -0.15, 0.75, -0.15, 0.75, -0.6, 0.05, -0.6, 0.05, -0.15]],
};
const square = [0.08, 0, 0.72, 0, 0.72, -0.64, 0.08, -0.64, 0.08, 0];
const rows = [-0.21, -0.43].map((y) => [0.08, y, 0.72, y]);
const columns = [0.29, 0.51].map((x) => [x, 0, x, -0.64]);
const inner = [0.24, -0.16, 0.56, -0.16, 0.56, -0.48, 0.24, -0.48, 0.24, -0.16];
const squares: Readonly<Record<string, readonly (readonly number[])[]>> = {
  '▤': [square, ...rows],
  '▦': [square, ...rows, ...columns],
  '▣': [square, inner],
};

/** In place of a letter that no font has: its lines, or a box; what it stands for can be copied all the same. */
function stand({ text, size, colour }: Coloured, { x, y }: Place): string {
  const lines = drawn[text] ?? squares[text] ?? [square];
  const paths = lines.map((line) =>
    Array.from({ length: line.length / 2 }, (_, at) => {
      const [across = 0, down = 0] = line.slice(2 * at, 2 * at + 2);
      return `${n(x + across * size)} ${n(y + down * size)} ${at === 0 ? 'm' : 'l'}`;
    }).join(' '),
  );
  return `/Span << /ActualText ${pdfText(text)} >> BDC ${stroke(colour, size * 0.09)} ${paths.join(' ')} S BT 3 Tr /Plain ${n(size)} Tf 1 0 0 -1 ${n(x)} ${n(y)} Tm <0000> Tj 0 Tr ET EMC`;
}

function boxOf({
  x,
  y,
  width,
  height,
  radius,
  fill: inside,
  stroke: outline,
  thick = 1,
  dash,
}: BoxMark) {
  const looks = [
    ...(inside ? [fill(inside)] : []),
    ...(outline ? [stroke(outline, thick, dash)] : []),
  ];
  const paint = inside ? (outline ? 'B' : 'f') : outline ? 'S' : 'n';
  return `${looks.join(' ')} ${rounded(x, y, width, height, Math.min(radius, width / 2, height / 2))} ${paint}`;
}

/** How far the handles of a quarter of a circle reach. */
const bend = 0.5523;

function rounded(x: number, y: number, width: number, height: number, r: number): string {
  if (r <= 0) return `${n(x)} ${n(y)} ${n(width)} ${n(height)} re`;
  const [right, bottom, k] = [x + width, y + height, r * (1 - bend)];
  const to = (...at: number[]) => at.map(n).join(' ');
  return [
    `${to(x + r, y)} m ${to(right - r, y)} l`,
    `${to(right - k, y, right, y + k, right, y + r)} c ${to(right, bottom - r)} l`,
    `${to(right, bottom - k, right - k, bottom, right - r, bottom)} c ${to(x + r, bottom)} l`,
    `${to(x + k, bottom, x, bottom - k, x, bottom - r)} c ${to(x, y + r)} l`,
    `${to(x, y + k, x + k, y, x + r, y)} c h`,
  ].join(' ');
}

function pathOf({ pieces, stroke: colour, thick, dash }: PathMark): string {
  const signs = { M: 'm', L: 'l', C: 'c' };
  const path = pieces.map(([kind, ...at]) => `${at.map(n).join(' ')} ${signs[kind]}`).join(' ');
  return `${stroke(colour, thick, dash)} ${path} S`;
}

function fill(colour: string): string {
  return `${rgb(colour)} rg`;
}

function stroke(colour: string, thick: number, dash: readonly number[] = []): string {
  return `${rgb(colour)} RG ${n(thick)} w [${dash.join(' ')}] 0 d`;
}

function rgb(colour: string): string {
  return channels(colour)
    .map((x) => n(x / 255))
    .join(' ');
}

function n(x: number): string {
  return String(Math.round(x * 1000) / 1000 || 0);
}
