import type { Facts, Picture } from '#train';

/** A parameter, as it is told. */
export interface Weight {
  readonly node: string;
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A parameter as images, and what each of them is. */
export interface Templates {
  readonly kind: 'templates' | 'filters';
  readonly picture: Picture;
  readonly images: readonly Float32Array[];
  readonly all: number;
}

/** More images than fit on a screen. */
const mostImages = 100;

/**
 * The rows of a matrix as images, where they are as long as the image that the net is given (or may be one
 * of a usual size), and filters [height, width, channels, count] as images. Undefined for anything else.
 */
export function templatesOf(weight: Weight, facts: Facts | undefined): Templates | undefined {
  return filtersOf(weight) ?? rowsOf(weight, facts);
}

function rowsOf({ shape, data }: Weight, facts: Facts | undefined): Templates | undefined {
  const [rows = 0, columns = 0] = shape;
  if (shape.length !== 2) return undefined;
  const pictures = facts?.given.flatMap(({ picture }) => picture ?? []) ?? [];
  const picture = pictures.find(
    ({ height, width, channels }) => height * width * channels === columns,
  );
  if (!picture) return undefined;
  const images = Array.from({ length: Math.min(rows, mostImages) }, (_, row) =>
    data.subarray(row * columns, (row + 1) * columns),
  );
  return { kind: 'templates', picture, images, all: rows };
}

function filtersOf({ shape, data }: Weight): Templates | undefined {
  const [height = 0, width = 0, depth = 0, count = 0] = shape;
  if (shape.length !== 4 || height * width < 4) return undefined;
  // Colours where there are three of them; else each channel by itself.
  const channels = depth === 3 ? 3 : 1;
  const planes = depth / channels;
  const all = planes * count;
  const images = Array.from({ length: Math.min(all, mostImages) }, (_, image) => {
    const filter = Math.floor(image / planes);
    const plane = image % planes;
    const pixels = new Float32Array(height * width * channels);
    for (let at = 0; at < height * width; at++) {
      for (let channel = 0; channel < channels; channel++) {
        const entry = (at * depth + plane * channels + channel) * count + filter;
        pixels[at * channels + channel] = data[entry] ?? 0;
      }
    }
    return pixels;
  });
  return { kind: 'filters', picture: { height, width, channels }, images, all };
}
