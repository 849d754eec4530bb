import { zeroUnused } from './subset.ts';

/** Where a table lies in a font's file. */
export interface Table {
  readonly offset: number;
  readonly length: number;
}

/** As much of a TrueType font as a PDF needs: which glyph a letter has, how wide it is, and the outlines of those in use. */
export class TrueType {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #tables: ReadonlyMap<string, Table>;
  readonly #glyphs: ReadonlyMap<number, number>;
  readonly #unitsPerEm: number;
  readonly #longMetrics: number;

  /** Throws where the bytes are no TrueType font. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#tables = this.#readTables();
    this.#unitsPerEm = this.#view.getUint16(this.#table('head').offset + 18);
    this.#longMetrics = this.#view.getUint16(this.#table('hhea').offset + 34);
    this.#glyphs = this.#readGlyphs();
  }

  /** The glyph of a letter; undefined where the font has none. */
  glyph(letter: string): number | undefined {
    return this.#glyphs.get(letter.codePointAt(0) ?? 0) || undefined;
  }

  /** In thousandths of the size. */
  width(glyph: number): number {
    const at = Math.min(glyph, this.#longMetrics - 1);
    return this.#scaled(this.#view.getUint16(this.#table('hmtx').offset + 4 * at));
  }

  /** Box, ascent and descent, in thousandths of the size. */
  metrics() {
    const head = this.#table('head').offset;
    const hhea = this.#table('hhea').offset;
    const box = [36, 38, 40, 42].map((at) => this.#scaled(this.#view.getInt16(head + at)));
    return {
      box,
      ascent: this.#scaled(this.#view.getInt16(hhea + 4)),
      descent: this.#scaled(this.#view.getInt16(hhea + 6)),
    };
  }

  /** The font with the outlines of these glyphs only; all keep their numbers. */
  subset(used: ReadonlySet<number>): Uint8Array {
    return zeroUnused(this.#bytes, this.#tables, used);
  }

  #scaled(units: number): number {
    return Math.round((units * 1000) / this.#unitsPerEm);
  }

  #table(name: string): Table {
    const table = this.#tables.get(name);
    if (!table) throw new Error(`The font has no table “${name}”.`);
    return table;
  }

  #readTables(): ReadonlyMap<string, Table> {
    const count = this.#view.getUint16(4);
    return new Map(
      Array.from({ length: count }, (_, at) => {
        const entry = 12 + 16 * at;
        const name = String.fromCharCode(...this.#bytes.subarray(entry, entry + 4));
        const offset = this.#view.getUint32(entry + 8);
        return [name, { offset, length: this.#view.getUint32(entry + 12) }] as const;
      }),
    );
  }

  /** By code point, from the subtables of formats 4 and 12. */
  #readGlyphs(): ReadonlyMap<number, number> {
    const start = this.#table('cmap').offset;
    const count = this.#view.getUint16(start + 2);
    const glyphs = new Map<number, number>();
    for (let at = 0; at < count; at++) {
      const subtable = start + this.#view.getUint32(start + 8 + 8 * at);
      const format = this.#view.getUint16(subtable);
      if (format === 4) this.#readSegments(subtable, glyphs);
      if (format === 12) this.#readGroups(subtable, glyphs);
    }
    return glyphs;
  }

  #readSegments(start: number, glyphs: Map<number, number>): void {
    const view = this.#view;
    const doubled = view.getUint16(start + 6);
    const [ends, starts] = [start + 14, start + 16 + doubled];
    const [deltas, offsets] = [starts + doubled, starts + 2 * doubled];
    for (let at = 0; at < doubled; at += 2) {
      const [first, last] = [view.getUint16(starts + at), view.getUint16(ends + at)];
      const offset = view.getUint16(offsets + at);
      for (let code = first; code <= last && code !== 0xffff; code++) {
        const place = offsets + at + offset + 2 * (code - first);
        const own = offset === 0 ? code : view.getUint16(place);
        if (own !== 0) glyphs.set(code, (own + view.getUint16(deltas + at)) & 0xffff);
      }
    }
  }

  #readGroups(start: number, glyphs: Map<number, number>): void {
    const count = this.#view.getUint32(start + 12);
    for (let at = 0; at < count; at++) {
      const group = start + 16 + 12 * at;
      const [first, last] = [this.#view.getUint32(group), this.#view.getUint32(group + 4)];
      const glyph = this.#view.getUint32(group + 8);
      for (let code = first; code <= last; code++) glyphs.set(code, glyph + code - first);
    }
  }
}
