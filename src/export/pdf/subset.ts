import type { Table } from './true-type.ts';

/** What a PDF's viewer reads of a font. */
const kept = ['cvt ', 'fpgm', 'glyf', 'head', 'hhea', 'hmtx', 'loca', 'maxp', 'prep'];

/** The font without the outlines of glyphs that are not used; glyphs keep their numbers. */
export function zeroUnused(
  bytes: Uint8Array,
  tables: ReadonlyMap<string, Table>,
  used: ReadonlySet<number>,
): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [head, glyf, loca, maxp] = ['head', 'glyf', 'loca', 'maxp'].map((name) => tables.get(name));
  if (!head || !glyf || !loca || !maxp) return bytes;
  const long = view.getInt16(head.offset + 50) === 1;
  const count = view.getUint16(maxp.offset + 4);
  const place = (glyph: number) =>
    long ? view.getUint32(loca.offset + 4 * glyph) : 2 * view.getUint16(loca.offset + 2 * glyph);
  const wanted = withParts(view, glyf.offset, place, used);
  const outlines: Uint8Array[] = [];
  const places = new DataView(new ArrayBuffer(4 * (count + 1)));
  let length = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    places.setUint32(4 * glyph, length);
    if (!wanted.has(glyph)) continue;
    const outline = bytes.subarray(glyf.offset + place(glyph), glyf.offset + place(glyph + 1));
    outlines.push(outline);
    length += outline.length;
  }
  places.setUint32(4 * count, length);
  const parts = new Map<string, Uint8Array>(
    kept.flatMap((name): (readonly [string, Uint8Array])[] => {
      const table = tables.get(name);
      return table
        ? [
            [
              name,
              new Uint8Array(bytes.subarray(table.offset, table.offset + table.length)),
            ] as const,
          ]
        : [];
    }),
  );
  parts.set('glyf', joined(outlines, length));
  parts.set('loca', new Uint8Array(places.buffer));
  const longHead = parts.get('head');
  if (longHead) new DataView(longHead.buffer).setInt16(50, 1);
  return fontOf(parts);
}

/** Glyphs may be put together from others. */
function withParts(
  view: DataView,
  glyf: number,
  place: (glyph: number) => number,
  used: ReadonlySet<number>,
): ReadonlySet<number> {
  const wanted = new Set([0, ...used]);
  for (const glyph of wanted) {
    const start = glyf + place(glyph);
    if (place(glyph + 1) === place(glyph) || view.getInt16(start) >= 0) continue;
    for (let at = start + 10, more = true; more; ) {
      const flags = view.getUint16(at);
      wanted.add(view.getUint16(at + 2));
      at +=
        4 + (flags & 0x01 ? 4 : 2) + (flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0);
      more = (flags & 0x20) !== 0;
    }
  }
  return wanted;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A font's file from its tables. Its checksums are left at 0: viewers of PDFs do not look at them. */
function fontOf(tables: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const header = 12 + 16 * tables.size;
  const padded = (length: number) => Math.ceil(length / 4) * 4;
  const total = [...tables.values()].reduce((sum, { length }) => sum + padded(length), header);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  const power = 2 ** Math.floor(Math.log2(tables.size));
  view.setUint32(0, 0x00010000);
  view.setUint16(4, tables.size);
  view.setUint16(6, 16 * power);
  view.setUint16(8, Math.log2(power));
  view.setUint16(10, 16 * (tables.size - power));
  let [entry, at] = [12, header];
  for (const [name, table] of [...tables].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (let letter = 0; letter < 4; letter++) bytes[entry + letter] = name.charCodeAt(letter);
    view.setUint32(entry + 8, at);
    view.setUint32(entry + 12, table.length);
    bytes.set(table, at);
    entry += 16;
    at += padded(table.length);
  }
  return bytes;
}
