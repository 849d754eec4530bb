// The two containers of icons: Windows' .ico and the Mac's .icns. Both hold PNGs as they are.

/**
 * @param {ReadonlyMap<number, Buffer>} pngs by their size in pixels
 * @param {readonly number[]} sizes
 */
const chosen = (pngs, sizes) =>
  sizes.flatMap((size) => {
    const png = pngs.get(size);
    return png ? [{ size, png }] : [];
  });

/** @param {ReadonlyMap<number, Buffer>} pngs */
export function icoOf(pngs) {
  const images = chosen(pngs, [16, 24, 32, 48, 64, 128, 256]);
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  for (const [at, { size, png }] of images.entries()) {
    const entry = 6 + 16 * at;
    // 256 is written as 0.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

/** The types that hold a PNG, for plain screens and for those of twice the density. */
const types = /** @type {const} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]);

/** @param {ReadonlyMap<number, Buffer>} pngs */
export function icnsOf(pngs) {
  const parts = types.flatMap(([type, size]) => {
    const png = pngs.get(size);
    if (!png) return [];
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(png.length + 8, 4);
    return [head, png];
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}
