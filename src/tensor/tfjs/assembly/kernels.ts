/**
 * Kernels in AssemblyScript for the memory of TensorFlow.js' wasm backend: what that backend lacks (the
 * gradients of convolution and pooling) or does slowly (products with transposed operands, sums over
 * leading axes, rows added to every row). `npm run kernels` compiles them into `../generated/kernels.ts`.
 *
 * Everything is float32 in row-major order; images are [height, width, channels]. Pointers and strides are in
 * bytes, lengths in entries. Scratch memory is the caller's; sizes are said where it is used.
 */

/** Columns of a panel: two registers of four. */
const PANEL = 8;
/** Rows of a tile: with the panel's columns ten accumulators, as many as leave registers for the operands. */
const TILE = 5;
/** Rows of a product that are worked on together: they and a panel stay in the second-level cache. */
const BLOCK_ROWS = 100;
/** Most terms of a sum that are worked on together: a panel of them stays in the first-level cache. */
const BLOCK_TERMS = 320;
/** Most entries of the windows that gradients are spread over at a time, where one line of them is not more. */
const BLOCK_WINDOWS = 65536;

// Packing: the right operand in panels of eight columns, term by term, filled up with zeros

/** Columns `from …` of a matrix [terms, columns] with `stride` bytes from row to row. */
function packRows(to: usize, b: usize, stride: usize, terms: i32, columns: i32): void {
  for (let panel = 0; panel < columns; panel += PANEL) {
    let source = b + (<usize>panel << 2);
    const width = min(PANEL, columns - panel);
    if (width == PANEL) {
      for (let t = 0; t < terms; t++) {
        v128.store(to, v128.load(source));
        v128.store(to, v128.load(source, 16), 16);
        to += 32;
        source += stride;
      }
    } else {
      for (let t = 0; t < terms; t++) {
        for (let c = 0; c < PANEL; c++) {
          store<f32>(to + (<usize>c << 2), c < width ? load<f32>(source + (<usize>c << 2)) : 0);
        }
        to += 32;
        source += stride;
      }
    }
  }
}

/** Four rows of four, transposed, to places 32 bytes apart. */
function turn(to: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to, v128.shuffle<i64>(ab, cd, 1, 3), 32);
  v128.store(to, v128.shuffle<i64>(ef, gh, 0, 2), 64);
  v128.store(to, v128.shuffle<i64>(ef, gh, 1, 3), 96);
}

/** The same of a matrix that is stored transposed, [columns, terms]. */
function packColumns(to: usize, b: usize, stride: usize, terms: i32, columns: i32): void {
  for (let panel = 0; panel < columns; panel += PANEL) {
    const source = b + <usize>panel * stride;
    const width = min(PANEL, columns - panel);
    let t = 0;
    if (width == PANEL) {
      for (; t + 4 <= terms; t += 4) {
        const s = source + (<usize>t << 2);
        turn(to, v128.load(s), v128.load(s + stride), v128.load(s + 2 * stride), v128.load(s + 3 * stride));
        const u = s + 4 * stride;
        turn(to + 16, v128.load(u), v128.load(u + stride), v128.load(u + 2 * stride), v128.load(u + 3 * stride));
        to += 128;
      }
    }
    for (; t < terms; t++) {
      for (let c = 0; c < PANEL; c++) {
        const from = source + <usize>c * stride + (<usize>t << 2);
        store<f32>(to + (<usize>c << 2), c < width ? load<f32>(from) : 0);
      }
      to += 32;
    }
  }
}

// Tiles: five rows times a panel

/** Where a tile is written to, and what it starts from. */
let tileTo: usize = 0;
let tileStride: usize = 0;
let tileRows: i32 = 0;
let tileColumns: i32 = 0;
/** 0: from nothing; 1: from what is there. */
let tileAdds: i32 = 0;

function storeRow(row: i32, low: v128, high: v128): void {
  if (row >= tileRows) return;
  const to = tileTo + <usize>row * tileStride;
  if (tileColumns == PANEL) {
    if (tileAdds) {
      low = f32x4.add(low, v128.load(to));
      high = f32x4.add(high, v128.load(to, 16));
    }
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  let at = to;
  let rest = tileColumns;
  if (rest >= 4) {
    v128.store(at, tileAdds ? f32x4.add(low, v128.load(at)) : low);
    low = high;
    at += 16;
    rest -= 4;
  }
  if (rest > 0) store<f32>(at, f32x4.extract_lane(low, 0) + (tileAdds ? load<f32>(at) : 0));
  if (rest > 1) store<f32>(at, f32x4.extract_lane(low, 1) + (tileAdds ? load<f32>(at, 4) : 0), 4);
  if (rest > 2) store<f32>(at, f32x4.extract_lane(low, 2) + (tileAdds ? load<f32>(at, 8) : 0), 8);
}

/** Rows of terms that lie side by side: `runs` runs of `length`, `step` bytes from run to run. */
function tileAlong(
  a0: usize, a1: usize, a2: usize, a3: usize, a4: usize,
  runs: i32, step: usize, length: i32, b: usize,
): void {
  let x: v128, low: v128, high: v128;
  const zero = f32x4.splat(0);
  let l0 = zero, h0 = zero;
  let l1 = zero, h1 = zero;
  let l2 = zero, h2 = zero;
  let l3 = zero, h3 = zero;
  let l4 = zero, h4 = zero;
  const rest = step - (<usize>length << 2);
  for (let run = 0; run < runs; run++) {
    let t = length;
    for (; t >= 4; t -= 4) {
      low = v128.load(b, 0);
      high = v128.load(b, 16);
      x = v128.load_splat<f32>(a0);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a1);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a2);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a3);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a4);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
      low = v128.load(b, 32);
      high = v128.load(b, 48);
      x = v128.load_splat<f32>(a0, 4);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a1, 4);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a2, 4);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a3, 4);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a4, 4);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
      low = v128.load(b, 64);
      high = v128.load(b, 80);
      x = v128.load_splat<f32>(a0, 8);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a1, 8);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a2, 8);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a3, 8);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a4, 8);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
      low = v128.load(b, 96);
      high = v128.load(b, 112);
      x = v128.load_splat<f32>(a0, 12);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a1, 12);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a2, 12);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a3, 12);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a4, 12);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
      b += 128;
      a0 += 16; a1 += 16; a2 += 16; a3 += 16; a4 += 16;
    }
    for (; t > 0; t--) {
      low = v128.load(b);
      high = v128.load(b, 16);
      x = v128.load_splat<f32>(a0);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a1);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a2);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a3);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(a4);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
      b += 32;
      a0 += 4; a1 += 4; a2 += 4; a3 += 4; a4 += 4;
    }
    a0 += rest; a1 += rest; a2 += rest; a3 += rest; a4 += rest;
  }
  if (tileRows == TILE && tileColumns == PANEL && !tileAdds) {
    let to = tileTo;
    const stride = tileStride;
    v128.store(to, l0);
    v128.store(to, h0, 16);
    to += stride;
    v128.store(to, l1);
    v128.store(to, h1, 16);
    to += stride;
    v128.store(to, l2);
    v128.store(to, h2, 16);
    to += stride;
    v128.store(to, l3);
    v128.store(to, h3, 16);
    to += stride;
    v128.store(to, l4);
    v128.store(to, h4, 16);
    return;
  }
  storeRow(0, l0, h0);
  storeRow(1, l1, h1);
  storeRow(2, l2, h2);
  storeRow(3, l3, h3);
  storeRow(4, l4, h4);
}

/**
 * Five rows that lie side by side, `step` bytes from term to term and `skip` from run to run. Of fewer
 * rows the missing ones are read past the end, and left.
 */
function tileAcross(a: usize, runs: i32, skip: usize, length: i32, step: usize, b: usize): void {
  let x: v128, low: v128, high: v128;
  const zero = f32x4.splat(0);
  let l0 = zero, h0 = zero;
  let l1 = zero, h1 = zero;
  let l2 = zero, h2 = zero;
  let l3 = zero, h3 = zero;
  let l4 = zero, h4 = zero;
  for (let run = 0; run < runs; run++) {
    let p = a;
    let t = length;
    for (; t >= 2; t -= 2) {
      low = v128.load(b);
      high = v128.load(b, 16);
      x = v128.load_splat<f32>(p);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 4);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 8);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 12);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 16);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
      p += step;
      low = v128.load(b, 32);
      high = v128.load(b, 48);
      x = v128.load_splat<f32>(p);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 4);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 8);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 12);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 16);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
      p += step;
      b += 64;
    }
    if (t > 0) {
      low = v128.load(b);
      high = v128.load(b, 16);
      b += 32;
      x = v128.load_splat<f32>(p);
      l0 = f32x4.add(l0, f32x4.mul(x, low));
      h0 = f32x4.add(h0, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 4);
      l1 = f32x4.add(l1, f32x4.mul(x, low));
      h1 = f32x4.add(h1, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 8);
      l2 = f32x4.add(l2, f32x4.mul(x, low));
      h2 = f32x4.add(h2, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 12);
      l3 = f32x4.add(l3, f32x4.mul(x, low));
      h3 = f32x4.add(h3, f32x4.mul(x, high));
      x = v128.load_splat<f32>(p, 16);
      l4 = f32x4.add(l4, f32x4.mul(x, low));
      h4 = f32x4.add(h4, f32x4.mul(x, high));
    }
    a += skip;
  }
  if (tileRows == TILE && tileColumns == PANEL && !tileAdds) {
    let to = tileTo;
    const stride = tileStride;
    v128.store(to, l0);
    v128.store(to, h0, 16);
    to += stride;
    v128.store(to, l1);
    v128.store(to, h1, 16);
    to += stride;
    v128.store(to, l2);
    v128.store(to, h2, 16);
    to += stride;
    v128.store(to, l3);
    v128.store(to, h3, 16);
    to += stride;
    v128.store(to, l4);
    v128.store(to, h4, 16);
    return;
  }
  storeRow(0, l0, h0);
  storeRow(1, l1, h1);
  storeRow(2, l2, h2);
  storeRow(3, l3, h3);
  storeRow(4, l4, h4);
}

/** How many terms a block of a product has. */
function blockOf(terms: i32): i32 {
  const blocks = (terms + BLOCK_TERMS - 1) / BLOCK_TERMS;
  return blocks <= 1 ? terms : (terms + blocks - 1) / blocks;
}

/** `rows` rows of a product with a packed right operand of `terms` × `columns`. */
function multiplyPacked(
  rows: i32, columns: i32, terms: i32,
  a: usize, rowStep: usize, termStep: usize,
  packed: usize, c: usize, stride: usize, adds: i32,
): void {
  const panelBytes = <usize>terms << 5;
  tileStride = stride;
  tileAdds = adds;
  for (let block = 0; block < rows; block += BLOCK_ROWS) {
    const end = min(rows, block + BLOCK_ROWS);
    let panel = packed;
    for (let column = 0; column < columns; column += PANEL) {
      tileColumns = min(PANEL, columns - column);
      for (let row = block; row < end; row += TILE) {
        tileRows = min(TILE, end - row);
        tileTo = c + <usize>row * stride + (<usize>column << 2);
        const a0 = a + <usize>row * rowStep;
        if (termStep == 4) {
          const last = tileRows - 1;
          tileAlong(
            a0,
            a0 + <usize>min(1, last) * rowStep,
            a0 + <usize>min(2, last) * rowStep,
            a0 + <usize>min(3, last) * rowStep,
            a0 + <usize>min(4, last) * rowStep,
            1, 0, terms, panel,
          );
        } else {
          tileAcross(a0, 1, 0, terms, termStep, panel);
        }
      }
      panel += panelBytes;
    }
  }
}

/**
 * [rows, columns] = op(a) · op(b), over `terms` terms, where op transposes if so asked.
 * Scratch: `packedBytes(terms, columns)`.
 */
export function matmul(
  rows: i32, columns: i32, terms: i32,
  a: usize, transposeA: i32, b: usize, transposeB: i32, c: usize, scratch: usize,
): void {
  const rowStep: usize = transposeA ? 4 : <usize>terms << 2;
  const termStep: usize = transposeA ? <usize>rows << 2 : 4;
  const bStride: usize = transposeB ? <usize>terms << 2 : <usize>columns << 2;
  const most = blockOf(terms);
  for (let from = 0; from < terms; from += most) {
    const count = min(most, terms - from);
    if (transposeB) packColumns(scratch, b + (<usize>from << 2), bStride, count, columns);
    else packRows(scratch, b + <usize>from * bStride, bStride, count, columns);
    multiplyPacked(
      rows, columns, count,
      a + <usize>from * termStep, rowStep, termStep,
      scratch, c, <usize>columns << 2, i32(from > 0),
    );
  }
}

/** Bytes of scratch that `matmul` uses. */
export function packedBytes(terms: i32, columns: i32): i32 {
  return blockOf(terms) * ((columns + PANEL - 1) / PANEL) * PANEL * 4;
}

// Images

/** An image in a frame of zeros, `padding` wide. */
function framed(to: usize, x: usize, height: i32, width: i32, channels: i32, padding: i32): void {
  const row = <usize>(width * channels) << 2;
  const edge = <usize>(padding * channels) << 2;
  const full = row + 2 * edge;
  memory.fill(to, 0, <usize>padding * full);
  to += <usize>padding * full;
  for (let y = 0; y < height; y++) {
    memory.fill(to, 0, edge);
    memory.copy(to + edge, x, row);
    memory.fill(to + edge + row, 0, edge);
    to += full;
    x += row;
  }
  memory.fill(to, 0, <usize>padding * full);
}

/**
 * The images [images, height, width, channels] under filters [rows, columns, channels, filters].
 * Scratch: the packed filters, `rows·columns·channels` times `filters` filled up to eights, then one
 * framed image where there is padding, all times 4 bytes.
 */
export function conv2d(
  images: i32, height: i32, width: i32, channels: i32,
  rows: i32, columns: i32, filters: i32, stride: i32, padding: i32,
  x: usize, w: usize, out: usize, scratch: usize,
): void {
  const run = columns * channels;
  const terms = rows * run;
  packRows(scratch, w, <usize>filters << 2, terms, filters);
  const panelBytes = <usize>terms << 5;
  const panels = (filters + PANEL - 1) / PANEL;
  const frame = scratch + panelBytes * <usize>panels;
  const fullWidth = width + 2 * padding;
  const outHeight = (height + 2 * padding - rows) / stride + 1;
  const outWidth = (fullWidth - columns) / stride + 1;
  const places = outHeight * outWidth;
  const imageBytes = <usize>(height * width * channels) << 2;
  const rowBytes = <usize>(fullWidth * channels) << 2;
  const step = <usize>(stride * channels) << 2;
  const rowStep = rowBytes * <usize>stride;
  const lineBytes = <usize>filters << 2;
  tileStride = lineBytes;
  tileAdds = 0;
  for (let image = 0; image < images; image++) {
    let source = x + <usize>image * imageBytes;
    if (padding > 0) {
      framed(frame, source, height, width, channels, padding);
      source = frame;
    }
    const target = out + <usize>(image * places) * lineBytes;
    for (let block = 0; block < places; block += BLOCK_ROWS) {
      const end = min(places, block + BLOCK_ROWS);
      for (let panel = 0; panel < panels; panel++) {
        tileColumns = min(PANEL, filters - panel * PANEL);
        let px = block % outWidth;
        let p = source + <usize>(block / outWidth) * rowStep + <usize>px * step;
        for (let place = block; place < end; place += TILE) {
          tileRows = min(TILE, end - place);
          tileTo = target + <usize>place * lineBytes + (<usize>(panel * PANEL) << 2);
          const a0 = p;
          let a1 = p, a2 = p, a3 = p, a4 = p;
          for (let r = 1; r <= TILE; r++) {
            p += step;
            if (++px == outWidth) {
              px = 0;
              p += rowStep - <usize>outWidth * step;
            }
            if (r < tileRows) {
              if (r == 1) a1 = p;
              else if (r == 2) a2 = p;
              else if (r == 3) a3 = p;
              else a4 = p;
            }
          }
          tileAlong(
            a0, a1, a2, a3, a4,
            rows, rowBytes, run, scratch + <usize>panel * panelBytes,
          );
        }
      }
    }
  }
}

/** How many lines of windows, `entries` each, are worked on together. */
function linesOf(height: i32, entries: i32): i32 {
  return max(1, min(height, BLOCK_WINDOWS / max(1, entries)));
}

/** Entries of scratch that `conv2dInputGradient` uses for its windows. */
export function windowEntries(outHeight: i32, outWidth: i32, terms: i32): i32 {
  return linesOf(outHeight, outWidth * terms) * outWidth * terms;
}

/**
 * The gradient that flows back to the images: every place's gradient times the filters, added up where
 * windows overlap. Scratch: the packed filters (`filters` terms times `rows·columns·channels` columns filled
 * up to eights), then `windowEntries`, then one framed image where there is padding, all times 4 bytes.
 */
export function conv2dInputGradient(
  images: i32, height: i32, width: i32, channels: i32,
  rows: i32, columns: i32, filters: i32, stride: i32, padding: i32,
  upstream: usize, w: usize, out: usize, scratch: usize,
): void {
  const run = columns * channels;
  const terms = rows * run;
  packColumns(scratch, w, <usize>filters << 2, filters, terms);
  const windows = scratch + (<usize>(((terms + PANEL - 1) / PANEL) * filters) << 5);
  const fullHeight = height + 2 * padding;
  const fullWidth = width + 2 * padding;
  const outHeight = (fullHeight - rows) / stride + 1;
  const outWidth = (fullWidth - columns) / stride + 1;
  const lines = linesOf(outHeight, outWidth * terms);
  const frame = windows + (<usize>windowEntries(outHeight, outWidth, terms) << 2);
  const imageBytes = <usize>(height * width * channels) << 2;
  const rowBytes = <usize>(fullWidth * channels) << 2;
  const step = <usize>(stride * channels) << 2;
  const lineBytes = <usize>filters << 2;
  for (let image = 0; image < images; image++) {
    const own = out + <usize>image * imageBytes;
    const target = padding > 0 ? frame : own;
    memory.fill(target, 0, <usize>fullHeight * rowBytes);
    for (let y = 0; y < outHeight; y++) {
      if (y % lines == 0) {
        const line = upstream + <usize>((image * outHeight + y) * outWidth) * lineBytes;
        const places = min(lines, outHeight - y) * outWidth;
        multiplyPacked(places, terms, filters, line, lineBytes, 4, scratch, windows, <usize>terms << 2, 0);
      }
      let window = windows + (<usize>((y % lines) * outWidth * terms) << 2);
      for (let place = 0; place < outWidth; place++) {
        let to = target + <usize>(y * stride) * rowBytes + <usize>place * step;
        for (let row = 0; row < rows; row++) {
          let at = 0;
          for (; at + 4 <= run; at += 4) {
            const place = to + (<usize>at << 2);
            v128.store(place, f32x4.add(v128.load(place), v128.load(window + (<usize>at << 2))));
          }
          for (; at < run; at++) {
            const place = to + (<usize>at << 2);
            store<f32>(place, load<f32>(place) + load<f32>(window + (<usize>at << 2)));
          }
          window += <usize>run << 2;
          to += rowBytes;
        }
      }
    }
    if (padding > 0) {
      const row = <usize>(width * channels) << 2;
      let from = frame + <usize>padding * rowBytes + (<usize>(padding * channels) << 2);
      for (let y = 0; y < height; y++) {
        memory.copy(own + <usize>y * row, from, row);
        from += rowBytes;
      }
    }
  }
}

/**
 * The gradient that flows back to the filters, summed over all places of all images. Scratch: one image's
 * upstream gradient, `filters` filled up to eights, then one framed image where there is padding, all
 * times 4 bytes.
 */
export function conv2dFilterGradient(
  images: i32, height: i32, width: i32, channels: i32,
  rows: i32, columns: i32, filters: i32, stride: i32, padding: i32,
  x: usize, upstream: usize, out: usize, scratch: usize,
): void {
  const run = columns * channels;
  const fullWidth = width + 2 * padding;
  const outHeight = (height + 2 * padding - rows) / stride + 1;
  const outWidth = (fullWidth - columns) / stride + 1;
  const places = outHeight * outWidth;
  const panelBytes = <usize>places << 5;
  const panels = (filters + PANEL - 1) / PANEL;
  const frame = scratch + panelBytes * <usize>panels;
  const imageBytes = <usize>(height * width * channels) << 2;
  const rowBytes = <usize>(fullWidth * channels) << 2;
  const step = <usize>(stride * channels) << 2;
  const lineBytes = <usize>filters << 2;
  tileStride = lineBytes;
  if (images == 0) memory.fill(out, 0, <usize>(rows * run) * lineBytes);
  for (let image = 0; image < images; image++) {
    let source = x + <usize>image * imageBytes;
    if (padding > 0) {
      framed(frame, source, height, width, channels, padding);
      source = frame;
    }
    packRows(scratch, upstream + <usize>(image * places) * lineBytes, lineBytes, places, filters);
    tileAdds = i32(image > 0);
    for (let panel = 0; panel < panels; panel++) {
      tileColumns = min(PANEL, filters - panel * PANEL);
      const packed = scratch + <usize>panel * panelBytes;
      for (let row = 0; row < rows; row++) {
        for (let at = 0; at < run; at += TILE) {
          tileRows = min(TILE, run - at);
          tileTo = out + <usize>(row * run + at) * lineBytes + (<usize>(panel * PANEL) << 2);
          tileAcross(
            source + <usize>row * rowBytes + (<usize>at << 2),
            outHeight, rowBytes * <usize>stride, outWidth, step, packed,
          );
        }
      }
    }
  }
}

/** The largest entry of each window; what lies in the padding never counts. */
export function maxPool2d(
  images: i32, height: i32, width: i32, channels: i32, size: i32, stride: i32, padding: i32,
  x: usize, out: usize,
): void {
  const outHeight = (height + 2 * padding - size) / stride + 1;
  const outWidth = (width + 2 * padding - size) / stride + 1;
  const pixel = <usize>channels << 2;
  for (let image = 0; image < images; image++) {
    const base = x + <usize>(image * height * width) * pixel;
    for (let y = 0; y < outHeight; y++) {
      const top = max(0, y * stride - padding);
      const bottom = min(height, y * stride - padding + size);
      for (let z = 0; z < outWidth; z++) {
        const left = max(0, z * stride - padding);
        const right = min(width, z * stride - padding + size);
        const first = base + <usize>(top * width + left) * pixel;
        let channel = 0;
        for (; channel + 4 <= channels; channel += 4) {
          const offset = <usize>channel << 2;
          let largest = v128.load(first + offset);
          for (let row = top; row < bottom; row++) {
            let p = base + <usize>(row * width + left) * pixel + offset;
            for (let column = left; column < right; column++) {
              largest = f32x4.max(largest, v128.load(p));
              p += pixel;
            }
          }
          v128.store(out + offset, largest);
        }
        for (; channel < channels; channel++) {
          const offset = <usize>channel << 2;
          let largest = load<f32>(first + offset);
          for (let row = top; row < bottom; row++) {
            let p = base + <usize>(row * width + left) * pixel + offset;
            for (let column = left; column < right; column++) {
              largest = max(largest, load<f32>(p));
              p += pixel;
            }
          }
          store<f32>(out + offset, largest);
        }
        out += pixel;
      }
    }
  }
}

/** The upstream gradient, routed to the first of the largest entries of each window. */
export function maxPool2dGradient(
  images: i32, height: i32, width: i32, channels: i32, size: i32, stride: i32, padding: i32,
  x: usize, upstream: usize, out: usize,
): void {
  const outHeight = (height + 2 * padding - size) / stride + 1;
  const outWidth = (width + 2 * padding - size) / stride + 1;
  const pixel = <usize>channels << 2;
  memory.fill(out, 0, <usize>(images * height * width) * pixel);
  // Images and gradients lie at the same places of two blocks.
  const across = out - x;
  for (let image = 0; image < images; image++) {
    const base = x + <usize>(image * height * width) * pixel;
    for (let y = 0; y < outHeight; y++) {
      const top = max(0, y * stride - padding);
      const bottom = min(height, y * stride - padding + size);
      for (let z = 0; z < outWidth; z++) {
        const left = max(0, z * stride - padding);
        const right = min(width, z * stride - padding + size);
        const first = base + <usize>(top * width + left) * pixel;
        let channel = 0;
        for (; channel + 4 <= channels; channel += 4) {
          const offset = <usize>channel << 2;
          let largest = v128.load(first + offset);
          let best = i32x4.splat(<i32>(first + offset));
          for (let row = top; row < bottom; row++) {
            let p = base + <usize>(row * width + left) * pixel + offset;
            for (let column = left; column < right; column++) {
              const entry = v128.load(p);
              const larger = f32x4.gt(entry, largest);
              largest = v128.bitselect(entry, largest, larger);
              best = v128.bitselect(i32x4.splat(<i32>p), best, larger);
              p += pixel;
            }
          }
          const g = upstream + offset;
          const p0 = <usize>i32x4.extract_lane(best, 0) + across;
          store<f32>(p0, load<f32>(p0) + load<f32>(g));
          const p1 = <usize>i32x4.extract_lane(best, 1) + across + 4;
          store<f32>(p1, load<f32>(p1) + load<f32>(g, 4));
          const p2 = <usize>i32x4.extract_lane(best, 2) + across + 8;
          store<f32>(p2, load<f32>(p2) + load<f32>(g, 8));
          const p3 = <usize>i32x4.extract_lane(best, 3) + across + 12;
          store<f32>(p3, load<f32>(p3) + load<f32>(g, 12));
        }
        for (; channel < channels; channel++) {
          const offset = <usize>channel << 2;
          let best = first + offset;
          let largest = load<f32>(best);
          for (let row = top; row < bottom; row++) {
            let p = base + <usize>(row * width + left) * pixel + offset;
            for (let column = left; column < right; column++) {
              const entry = load<f32>(p);
              if (entry > largest) {
                largest = entry;
                best = p;
              }
              p += pixel;
            }
          }
          const to = best + across;
          store<f32>(to, load<f32>(to) + load<f32>(upstream + offset));
        }
        upstream += pixel;
      }
    }
  }
}

// Rows

/**
 * The sum of all rows of [rows, columns], in float64 on the way. Scratch: `columns` float64.
 */
export function sumRows(rows: i32, columns: i32, x: usize, out: usize, scratch: usize): void {
  memory.fill(scratch, 0, <usize>columns << 3);
  const even = columns & ~3;
  for (let row = 0; row < rows; row++) {
    let to = scratch;
    for (let column = 0; column < even; column += 4) {
      const four = v128.load(x);
      v128.store(to, f64x2.add(v128.load(to), f64x2.promote_low_f32x4(four)));
      const upper = v128.shuffle<i64>(four, four, 1, 1);
      v128.store(to, f64x2.add(v128.load(to, 16), f64x2.promote_low_f32x4(upper)), 16);
      to += 32;
      x += 16;
    }
    for (let column = even; column < columns; column++) {
      store<f64>(to, load<f64>(to) + <f64>load<f32>(x));
      to += 8;
      x += 4;
    }
  }
  for (let column = 0; column < columns; column++) {
    store<f32>(out + (<usize>column << 2), <f32>load<f64>(scratch + (<usize>column << 3)));
  }
}

/** [rows, columns] and one row, entry by entry: 0 adds it, 1 subtracts it, 2 multiplies, 3 divides by it. */
export function withRow(operation: i32, rows: i32, columns: i32, x: usize, row: usize, out: usize): void {
  const even = columns & ~3;
  for (let r = 0; r < rows; r++) {
    let at = row;
    for (let column = 0; column < even; column += 4) {
      const a = v128.load(x);
      const b = v128.load(at);
      if (operation == 0) v128.store(out, f32x4.add(a, b));
      else if (operation == 1) v128.store(out, f32x4.sub(a, b));
      else if (operation == 2) v128.store(out, f32x4.mul(a, b));
      else v128.store(out, f32x4.div(a, b));
      x += 16;
      at += 16;
      out += 16;
    }
    for (let column = even; column < columns; column++) {
      const a = load<f32>(x);
      const b = load<f32>(at);
      if (operation == 0) store<f32>(out, a + b);
      else if (operation == 1) store<f32>(out, a - b);
      else if (operation == 2) store<f32>(out, a * b);
      else store<f32>(out, a / b);
      x += 4;
      at += 4;
      out += 4;
    }
  }
}

/** A matrix [rows, columns] transposed. */
export function transpose(rows: i32, columns: i32, x: usize, out: usize): void {
  const stride = <usize>columns << 2;
  const outStride = <usize>rows << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    const from = x + <usize>row * stride;
    const to = out + (<usize>row << 2);
    let column = 0;
    for (; column + 4 <= columns; column += 4) {
      const s = from + (<usize>column << 2);
      const t = to + <usize>column * outStride;
      const a = v128.load(s);
      const b = v128.load(s + stride);
      const c = v128.load(s + 2 * stride);
      const d = v128.load(s + 3 * stride);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(t, v128.shuffle<i64>(ab, cd, 0, 2));
      v128.store(t + outStride, v128.shuffle<i64>(ab, cd, 1, 3));
      v128.store(t + 2 * outStride, v128.shuffle<i64>(ef, gh, 0, 2));
      v128.store(t + 3 * outStride, v128.shuffle<i64>(ef, gh, 1, 3));
    }
    for (; column < columns; column++) {
      const s = from + (<usize>column << 2);
      const t = to + <usize>column * outStride;
      store<f32>(t, load<f32>(s));
      store<f32>(t, load<f32>(s + stride), 4);
      store<f32>(t, load<f32>(s + 2 * stride), 8);
      store<f32>(t, load<f32>(s + 3 * stride), 12);
    }
  }
  for (; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      store<f32>(
        out + <usize>column * outStride + (<usize>row << 2),
        load<f32>(x + <usize>row * stride + (<usize>column << 2)),
      );
    }
  }
}
