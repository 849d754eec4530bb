import { strToU8 } from 'fflate';
import { type PdfFile, utf16 } from './pdf-file.ts';
import type { TrueType } from './true-type.ts';

/** A font as it is used in one PDF: remembers the glyphs that were set, and embeds those. */
export class PdfFont {
  readonly name: string;
  readonly #face: TrueType;
  readonly #used = new Map<number, string>();

  constructor(name: string, face: TrueType) {
    this.name = name;
    this.#face = face;
  }

  /** The letter's glyph as hexadecimal digits, and its width as a share of the size; undefined where there is none. */
  set(letter: string): { readonly code: string; readonly width: number } | undefined {
    const glyph = this.#face.glyph(letter);
    if (glyph === undefined) return undefined;
    this.#used.set(glyph, letter);
    const code = glyph.toString(16).padStart(4, '0').toUpperCase();
    return { code, width: this.#face.width(glyph) / 1000 };
  }

  get used(): boolean {
    return this.#used.size > 0;
  }

  /** Writes the font and gives its object's number. */
  embed(file: PdfFile): number {
    const { box, ascent, descent } = this.#face.metrics();
    const base = `GRADWI+${this.name}`;
    const program = this.#face.subset(new Set(this.#used.keys()));
    const outlines = file.addStream(program, `/Length1 ${program.length}`);
    const descriptor = file.add(
      `<< /Type /FontDescriptor /FontName /${base} /Flags 4 /FontBBox [${box.join(' ')}] /ItalicAngle 0 /Ascent ${ascent} /Descent ${descent} /CapHeight ${ascent} /StemV 80 /FontFile2 ${outlines} 0 R >>`,
    );
    const glyphs = [...this.#used.keys()].toSorted((a, b) => a - b);
    const widths = glyphs.map((glyph) => `${glyph} [${this.#face.width(glyph)}]`).join(' ');
    const descendant = file.add(
      `<< /Type /Font /Subtype /CIDFontType2 /BaseFont /${base} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor ${descriptor} 0 R /DW 600 /W [${widths}] /CIDToGIDMap /Identity >>`,
    );
    const unicode = file.addStream(strToU8(this.#unicodeMap(glyphs)));
    return file.add(
      `<< /Type /Font /Subtype /Type0 /BaseFont /${base} /Encoding /Identity-H /DescendantFonts [${descendant} 0 R] /ToUnicode ${unicode} 0 R >>`,
    );
  }

  /** From glyphs back to text, so that it can be searched and copied. */
  #unicodeMap(glyphs: readonly number[]): string {
    const lines = glyphs.map((glyph) => {
      const code = glyph.toString(16).padStart(4, '0').toUpperCase();
      return `<${code}> <${utf16(this.#used.get(glyph) ?? '')}>`;
    });
    // No more than a hundred at a time.
    const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, at) => {
      const own = lines.slice(100 * at, 100 * at + 100);
      return `${own.length} beginbfchar\n${own.join('\n')}\nendbfchar`;
    });
    return `/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n${blocks.join('\n')}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend`;
  }
}
