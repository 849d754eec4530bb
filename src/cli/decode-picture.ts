import { type DecodedPng, decode as decodePng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import type { DecodePicture, Picture } from '#data';

/** Decodes images without a browser. */
export const decodePicture: DecodePicture = async (bytes) => {
  if (bytes[0] === 0x89) return asPicture(decodePng(bytes));
  const limits = { maxResolutionInMP: 50, maxMemoryUsageInMB: 1024 };
  const { width, height, data } = decodeJpeg(bytes, { useTArray: true, ...limits });
  return { width, height, pixels: data };
};

/** Any PNG as red, green, blue and opacity of 8 bits each. */
function asPicture({
  width,
  height,
  data,
  depth,
  channels,
  palette,
  transparency,
}: DecodedPng): Picture {
  const pixels = new Uint8Array(4 * width * height);
  const most = 2 ** depth - 1;
  const rowBytes = Math.ceil((width * channels * depth) / 8);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const sample = (channel: number): number => {
        const at = column * channels + channel;
        if (depth >= 8) return data[row * width * channels + at] ?? 0;
        const bit = at * depth;
        const byte = data[row * rowBytes + (bit >> 3)] ?? 0;
        return (byte >> (8 - depth - (bit & 7))) & most;
      };
      const to = 4 * (row * width + column);
      if (palette) {
        const [red = 0, green = 0, blue = 0, opacity = 255] = palette[sample(0)] ?? [];
        pixels.set([red, green, blue, opacity], to);
        continue;
      }
      const isColour = channels > 2;
      const color = isColour ? [0, 1, 2].map(sample) : [0, 0, 0].map(sample);
      const isClear = transparency?.every((value, at) => sample(at) === value) ?? false;
      const opacity = channels % 2 === 0 ? sample(channels - 1) : isClear ? 0 : most;
      pixels.set(
        [...color, opacity].map((value) => Math.round((255 * value) / most)),
        to,
      );
    }
  }
  return { width, height, pixels };
}
