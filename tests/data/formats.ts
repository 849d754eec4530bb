/** Files in the forms that readers take, made by hand for tests. */

/** A tar archive of plain files. */
export function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    if (name.length > 99) {
      const long = new TextEncoder().encode(`${name}\0`);
      blocks.push(tarHeader('././@LongLink', long.length, 'L'), padded(long));
    }
    blocks.push(tarHeader(name.slice(0, 99), bytes.length, '0'), padded(bytes));
  }
  blocks.push(new Uint8Array(1024));
  return joined(blocks);
}

export function tarHeader(name: string, size: number, type: string): Uint8Array {
  const header = new Uint8Array(512);
  const write = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
  write(name, 0);
  write('0000644\0', 100);
  write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  write('        ', 148);
  write(type, 156);
  write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
  whole.set(bytes);
  return whole;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** An IDX file of bytes. */
export function idx(shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = [0, 0, 8, shape.length, ...shape.flatMap((n) => [n >> 24, n >> 16, n >> 8, n])];
  return Uint8Array.from([...header, ...values].map((byte) => byte & 255));
}

/** A batch of CIFAR-10 as Python 2 pickled it: protocol 2, texts and bytes alike as strings of bytes. */
export function pythonTwoBatch(labels: readonly number[], planes: Uint8Array): Uint8Array {
  const text = (value: string) => [0x55, value.length, ...new TextEncoder().encode(value)];
  const name = (module: string, of: string) => [
    0x63,
    ...new TextEncoder().encode(`${module}\n${of}\n`),
  ];
  const long = (value: number) => [value, value >> 8, value >> 16, value >> 24].map((b) => b & 255);
  const before = [
    [0x80, 2, 0x7d, 0x71, 1, 0x28],
    [...text('batch_label'), 0x71, 2, ...text('training batch 1 of 5'), 0x71, 3],
    [...text('labels'), 0x71, 4, 0x5d, 0x71, 5, 0x28, ...labels.flatMap((y) => [0x4b, y]), 0x65],
    [...text('data'), 0x71, 6, ...name('numpy.core.multiarray', '_reconstruct'), 0x71, 7],
    [...name('numpy', 'ndarray'), 0x71, 8, 0x4b, 0, 0x85, 0x71, 9, ...text('b'), 0x71, 10],
    [0x87, 0x71, 11, 0x52, 0x71, 12, 0x28, 0x4b, 1, 0x4d, labels.length & 255, labels.length >> 8],
    [0x4d, 0, 0x0c, 0x86, 0x71, 13, ...name('numpy', 'dtype'), 0x71, 14, ...text('u1'), 0x71, 15],
    [0x4b, 0, 0x4b, 1, 0x87, 0x71, 16, 0x52, 0x71, 17, 0x28, 0x4b, 3, ...text('|'), 0x71, 18],
    [0x4e, 0x4e, 0x4e, 0x4a, 255, 255, 255, 255, 0x4a, 255, 255, 255, 255, 0x4b, 0, 0x74, 0x71, 19],
    [0x62, 0x89, 0x54, ...long(planes.length)],
  ].flat();
  const after = [0x74, 0x71, 20, 0x62, 0x75, 0x2e];
  return joined([Uint8Array.from(before), planes, Uint8Array.from(after)]);
}
