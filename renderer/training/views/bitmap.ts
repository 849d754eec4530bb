import type { Picture } from '#train';

/** Red, green and blue, from 0 to 255 each. */
export type Rgb = readonly [number, number, number];

/**
 * The pixels of an image of a data set, grey or in colours. Numbers from 0 to 1 are taken as they are; others
 * are stretched between their lowest and highest.
 */
export function imagePixels(data: ArrayLike<number>, picture: Picture): ImageData {
  let [low, high] = [0, 1];
  for (let at = 0; at < data.length; at++) {
    low = Math.min(low, data[at] as number);
    high = Math.max(high, data[at] as number);
  }
  return pixels(data, picture, (x) => ((x - low) / (high - low)) * 255);
}

/** The pixels of weights in colours: nothing is middle grey. */
function colourPixels(data: ArrayLike<number>, picture: Picture): ImageData {
  const top = largest(data);
  return pixels(data, picture, (x) => 127.5 + (x / top) * 127.5);
}

/** The pixels of numbers with a sign: nothing is `none`, the largest are `positive` and `negative`. */
export function signedPixels(
  data: ArrayLike<number>,
  picture: Picture,
  { none, positive, negative }: { none: Rgb; positive: Rgb; negative: Rgb },
): ImageData {
  if (picture.channels === 3) return colourPixels(data, picture);
  const { height, width } = picture;
  const image = new ImageData(width, height);
  const top = largest(data);
  for (let at = 0; at < width * height; at++) {
    const x = (data[at] as number) / top;
    const end = x < 0 ? negative : positive;
    for (let part = 0; part < 3; part++) {
      const from = none[part] as number;
      image.data[4 * at + part] = from + ((end[part] as number) - from) * Math.abs(x);
    }
    image.data[4 * at + 3] = 255;
  }
  return image;
}

function pixels(
  data: ArrayLike<number>,
  { height, width, channels }: Picture,
  shade: (x: number) => number,
): ImageData {
  const image = new ImageData(width, height);
  for (let at = 0; at < width * height; at++) {
    for (let part = 0; part < 3; part++) {
      const entry = channels === 3 ? 3 * at + part : at;
      image.data[4 * at + part] = shade(data[entry] as number);
    }
    image.data[4 * at + 3] = 255;
  }
  return image;
}

function largest(data: ArrayLike<number>): number {
  let top = 0;
  for (let at = 0; at < data.length; at++) top = Math.max(top, Math.abs(data[at] as number));
  return top || 1;
}

/** A colour of the style sheet as its parts. */
export function rgbOf(colour: string): Rgb {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  const part = (at: number) => Number.parseInt(hex?.[at] ?? '80', 16);
  return [part(1), part(2), part(3)];
}
