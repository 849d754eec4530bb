import type { Picture } from '#train';

/** Fainter than this is no ink. */
const faint = 0.05;
/** Of an image of 28 pixels, a digit of MNIST takes 20. */
const inkShare = 20 / 28;

/**
 * A drawing as MNIST makes its digits: what is drawn is scaled to fit a box of 20 × 20 pixels and laid into
 * 28 × 28 with its centre of mass in the middle; for other sizes in proportion. Undefined where nothing is drawn.
 * (Y. LeCun, C. Cortes, C. Burges, “The MNIST database”.)
 * @param ink from 0 to 1, `side` rows of `side` places
 */
export function centred(
  ink: Float32Array,
  side: number,
  { height, width }: Picture,
): Float32Array<ArrayBuffer> | undefined {
  const box = boxOf(ink, side);
  if (!box) return undefined;
  const scale =
    (Math.min(height, width) * inkShare) / Math.max(box.right - box.left, box.bottom - box.top);
  const rows = Math.max(1, Math.round((box.bottom - box.top) * scale));
  const columns = Math.max(1, Math.round((box.right - box.left) * scale));
  const small = new Float32Array(rows * columns);
  let [mass, momentX, momentY] = [0, 0, 0];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const value = meanOver(ink, side, {
        left: box.left + ((box.right - box.left) * x) / columns,
        right: box.left + ((box.right - box.left) * (x + 1)) / columns,
        top: box.top + ((box.bottom - box.top) * y) / rows,
        bottom: box.top + ((box.bottom - box.top) * (y + 1)) / rows,
      });
      small[y * columns + x] = value;
      mass += value;
      momentX += value * (x + 0.5);
      momentY += value * (y + 0.5);
    }
  }
  const dx = Math.round(width / 2 - momentX / mass);
  const dy = Math.round(height / 2 - momentY / mass);
  const result = new Float32Array(height * width);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const [toX, toY] = [x + dx, y + dy];
      if (toX < 0 || toX >= width || toY < 0 || toY >= height) continue;
      result[toY * width + toX] = small[y * columns + x] as number;
    }
  }
  return result;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxOf(ink: Float32Array, side: number): Box | undefined {
  let [left, right, top, bottom] = [side, 0, side, 0];
  ink.forEach((value, at) => {
    if (value < faint) return;
    const [x, y] = [at % side, Math.floor(at / side)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  });
  return right > left ? { left, right, top, bottom } : undefined;
}

/** The mean over a part of the drawing, places that are cut counting in proportion. */
function meanOver(ink: Float32Array, side: number, { left, right, top, bottom }: Box): number {
  let total = 0;
  for (let y = Math.floor(top); y < bottom; y++) {
    const tall = Math.min(y + 1, bottom) - Math.max(y, top);
    for (let x = Math.floor(left); x < right; x++) {
      const wide = Math.min(x + 1, right) - Math.max(x, left);
      total += (ink[y * side + x] ?? 0) * tall * wide;
    }
  }
  return total / ((right - left) * (bottom - top));
}

/**
 * The pixels of a canvas as a net takes them: from 0 to 1, grey or in three colours.
 * @param rgba four bytes for each pixel
 */
export function pixelsOf(
  rgba: ArrayLike<number>,
  { height, width, channels }: Picture,
  invert: boolean,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(height * width * channels);
  const own = (x: number) => (invert ? 255 - x : x) / 255;
  for (let at = 0; at < height * width; at++) {
    const [red = 0, green = 0, blue = 0] = [rgba[4 * at], rgba[4 * at + 1], rgba[4 * at + 2]];
    if (channels === 1) result[at] = own(0.299 * red + 0.587 * green + 0.114 * blue);
    else result.set([own(red), own(green), own(blue)], 3 * at);
  }
  return result;
}

/** Whether an image in grey lies dark on a light ground, unlike the digits that nets learn from: by its edge. */
export function isOnLight(values: ArrayLike<number>, { height, width }: Picture): boolean {
  let [total, count] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue;
      total += values[y * width + x] ?? 0;
      count++;
    }
  }
  return total / count > 0.5;
}
