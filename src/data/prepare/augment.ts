import { type Random, seededRandom } from '#tensor';
import type { Field } from '../data-set.ts';
import { DataError } from '../errors.ts';
import type { Augmentation } from '../settings.ts';

/** Changes an image [height, width, channels] in place. */
export type Alter = (image: Float32Array, number: number) => void;

/** Whether anything is done at all. */
export function augments(augmentation: Augmentation): boolean {
  const { flip, crop, shift, rotation, colour } = augmentation;
  return flip || crop > 0 || shift > 0 || rotation > 0 || colour > 0;
}

/**
 * What is done to the images of a field in one epoch. Each draws its own numbers, from seed, epoch and its
 * number in the set, so that neither batches nor engines matter. Throws `DataError` where the field holds no images.
 */
export function augmenter(
  field: Field,
  augmentation: Augmentation,
  seed: number,
  epoch: number,
): Alter {
  const [height = 0, width = 0, channels = 0, ...more] = field.shape;
  if (channels === 0 || more.length > 0) {
    throw new DataError(
      'bad-setting',
      `Only images [height, width, channels] can be augmented, and the field “x” holds [${field.shape.join(', ')}].`,
    );
  }
  const size: Size = { height, width, channels };
  // Bytes end at 255, and other numbers nowhere that is known.
  const top = field.values instanceof Uint8Array ? 255 * field.scale : Number.POSITIVE_INFINITY;
  const { flip, crop, shift, rotation, colour } = augmentation;
  const spare = new Float32Array(height * width * channels);
  return (image, number) => {
    const random = seededRandom(seed, `augment ${epoch} ${number}`);
    if (flip && random.uniform() < 0.5) mirror(image, size);
    if (crop > 0) move(image, spare, size, within(crop, random), within(crop, random), false);
    if (shift > 0) move(image, spare, size, within(shift, random), within(shift, random), true);
    if (rotation > 0) turn(image, spare, size, (2 * random.uniform() - 1) * rotation);
    if (colour > 0) recolour(image, size, colour, top, random);
  };
}

interface Size {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** A whole number from −most to most. */
const within = (most: number, random: Random) => random.index(2 * most + 1) - most;

/** Left becomes right. */
function mirror(image: Float32Array, { height, width, channels }: Size): void {
  for (let row = 0; row < height; row++) {
    for (let left = 0, right = width - 1; left < right; left++, right--) {
      const a = (row * width + left) * channels;
      const b = (row * width + right) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const kept = image[a + channel] as number;
        image[a + channel] = image[b + channel] as number;
        image[b + channel] = kept;
      }
    }
  }
}

/** By whole pixels; what moves in is a copy of the edge, or nothing. */
function move(
  image: Float32Array,
  spare: Float32Array,
  { height, width, channels }: Size,
  down: number,
  right: number,
  keepEdge: boolean,
): void {
  spare.set(image);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const fromRow = clamp(row - down, height);
      const fromColumn = clamp(column - right, width);
      const inside = fromRow === row - down && fromColumn === column - right;
      const to = (row * width + column) * channels;
      const from = (fromRow * width + fromColumn) * channels;
      for (let channel = 0; channel < channels; channel++) {
        image[to + channel] = inside || keepEdge ? (spare[from + channel] as number) : 0;
      }
    }
  }
}

/** By an angle in degrees around the middle, between pixels in proportion; what turns in is a copy of the edge. */
function turn(
  image: Float32Array,
  spare: Float32Array,
  { height, width, channels }: Size,
  degrees: number,
): void {
  spare.set(image);
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [middleY, middleX] = [(height - 1) / 2, (width - 1) / 2];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [dy, dx] = [row - middleY, column - middleX];
      const y = Math.min(height - 1, Math.max(0, middleY + cos * dy - sin * dx));
      const x = Math.min(width - 1, Math.max(0, middleX + sin * dy + cos * dx));
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [bottom, right] = [clamp(top + 1, height), clamp(left + 1, width)];
      const to = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const at = (r: number, c: number) => spare[(r * width + c) * channels + channel] as number;
        const upper = at(top, left) + (x - left) * (at(top, right) - at(top, left));
        const lower = at(bottom, left) + (x - left) * (at(bottom, right) - at(bottom, left));
        image[to + channel] = upper + (y - top) * (lower - upper);
      }
    }
  }
}

/** Brightness, then contrast around the image's mean, then, of three colours, saturation. */
function recolour(
  image: Float32Array,
  { channels }: Size,
  share: number,
  top: number,
  random: Random,
): void {
  const change = () => 1 + (2 * random.uniform() - 1) * share;
  const [brightness, contrast, saturation] = [change(), change(), change()];
  let sum = 0;
  for (let at = 0; at < image.length; at++) sum += image[at] as number;
  const mean = (brightness * sum) / image.length;
  for (let at = 0; at < image.length; at += channels) {
    let gray = 0;
    for (let channel = 0; channel < channels; channel++) {
      const value = mean + contrast * (brightness * (image[at + channel] as number) - mean);
      image[at + channel] = value;
      gray += value / channels;
    }
    for (let channel = 0; channel < channels; channel++) {
      const value =
        channels === 3
          ? gray + saturation * ((image[at + channel] as number) - gray)
          : (image[at + channel] as number);
      image[at + channel] = Math.min(
        top,
        Math.max(top === Number.POSITIVE_INFINITY ? -top : 0, value),
      );
    }
  }
}

const clamp = (at: number, length: number) => Math.min(length - 1, Math.max(0, at));
