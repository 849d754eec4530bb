import { type Shape, sizeOf } from '#tensor';
import { countOf, type DataSet, type Field, type Fields, gatherRows } from '../data-set.ts';
import { augmenter, augments } from '../prepare/augment.ts';
import {
  type ColumnSummary,
  classCounts,
  rawValues,
  type Series,
  seriesOf,
  summariesOf,
} from './columns.ts';

export const partNames = ['train', 'validation', 'test'] as const;

export type PartName = (typeof partNames)[number];

/** How many examples a part has, and how many of each class. */
export interface PartSummary {
  readonly part: PartName;
  readonly count: number;
  readonly classCounts?: readonly number[];
}

/** What a person wants to know of a data set first. */
export interface Overview {
  readonly name: string;
  readonly parts: readonly PartSummary[];
  readonly fields: readonly {
    readonly name: string;
    readonly shape: Shape;
    readonly classes?: number;
  }[];
  readonly classNames?: readonly string[];
  readonly target?: string;
  readonly columns: readonly ColumnSummary[];
  /** Whether the columns are a table's, whose types can be chosen. */
  readonly isTable: boolean;
  /** The shape of the images, where `x` holds such. */
  readonly image?: Shape;
  readonly notes: readonly string[];
}

/** Smaller than that, an array of numbers is no image. */
const leastPixels = 4;

/** The shape of an image, if it is one: [height, width, 1 or 3]. */
function imageShape(x: Field | undefined): Shape | undefined {
  const [height = 0, width = 0, channels = 0] = x?.shape ?? [];
  const isImage = x?.shape.length === 3 && (channels === 1 || channels === 3);
  return isImage && height >= leastPixels && width >= leastPixels ? x.shape : undefined;
}

/** `prepared` is the data set as it is trained on. */
export function overviewOf(prepared: DataSet): Overview {
  const { name, train, columns, target, notes = [] } = prepared;
  const image = imageShape(train.get('x'));
  const y = train.get('y');
  const classNames =
    y?.classNames ??
    (y?.classes === undefined
      ? undefined
      : Array.from({ length: y.classes }, (_, at) => String(at)));
  return {
    name,
    parts: partNames.flatMap((part) => {
      const fields = prepared[part];
      if (!fields) return [];
      const counts = classCounts(fields);
      return [{ part, count: countOf(fields), ...(counts ? { classCounts: counts } : {}) }];
    }),
    fields: [...train].map(([field, { shape, classes }]) => ({
      name: field,
      shape,
      ...(classes === undefined ? {} : { classes }),
    })),
    ...(classNames ? { classNames } : {}),
    ...(target === undefined ? {} : { target }),
    columns: summariesOf(prepared),
    isTable: columns !== undefined,
    ...(image ? { image } : {}),
    notes,
  };
}

/** Which examples, and how: as they were read, or as they are trained on in an epoch. */
export interface PageRequest {
  readonly part: PartName;
  readonly from: number;
  readonly count: number;
  /** Undefined: as they were read. */
  readonly epoch?: number | undefined;
}

/** Some examples, one after the other. */
export interface Page {
  readonly from: number;
  readonly count: number;
  /** The class of each, or −1. */
  readonly labels: Int32Array<ArrayBuffer>;
  /** Images: red, green, blue and opacity of each pixel. */
  readonly pixels?: Uint8ClampedArray<ArrayBuffer>;
  /** Otherwise the columns' values, example after example; a category as its number. NaN: missing. */
  readonly values?: Float32Array<ArrayBuffer>;
  readonly columns?: readonly { readonly name: string; readonly classNames?: readonly string[] }[];
}

export function pageOf(data: DataSet, { part, from, count, epoch }: PageRequest): Page {
  const fields = data[part] ?? new Map();
  const end = Math.min(countOf(fields), from + count);
  const size = Math.max(0, end - from);
  const page = { from, count: size, labels: labelsOf(fields, from, size) };
  const x = fields.get('x');
  if (x && imageShape(x)) {
    const augmented = part === 'train' && epoch !== undefined;
    return { ...page, pixels: pixelsOf(data, x, from, size, epoch, augmented) };
  }
  const series = seriesOf(data);
  const columns = series.map(({ name, field }) => {
    const { classNames, classes } = fields.get(field) ?? {};
    if (classes === undefined) return { name };
    return {
      name,
      classNames: classNames ?? Array.from({ length: classes }, (_, at) => String(at)),
    };
  });
  const values = new Float32Array(size * series.length);
  for (const [column, one] of series.entries()) {
    const read = epoch === undefined ? rawValues({ fields, series: one }) : prepared(fields, one);
    for (let row = 0; row < size; row++) values[row * series.length + column] = read(from + row);
  }
  return { ...page, values, columns };
}

function labelsOf(fields: Fields, from: number, count: number): Int32Array<ArrayBuffer> {
  const y = fields.get('y');
  const labels = new Int32Array(count).fill(-1);
  if (y?.classes === undefined) return labels;
  const label = rawValues({ fields, series: { name: 'y', field: 'y', entry: 0 } });
  for (let at = 0; at < count; at++) labels[at] = label(from + at);
  return labels;
}

function prepared(fields: Fields, { field: name, entry }: Series): (example: number) => number {
  const field = fields.get(name);
  if (!field) return () => Number.NaN;
  const row = new Float32Array(sizeOf(field.shape));
  return (example) => {
    gatherRows(field, [example], 0, row);
    return row[entry] ?? Number.NaN;
  };
}

/** Whatever numbers are trained on, the darkest of the page becomes black and the lightest white. */
function pixelsOf(
  { training }: DataSet,
  x: Field,
  from: number,
  count: number,
  epoch: number | undefined,
  augmented: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const length = sizeOf(x.shape);
  const channels = x.shape[2] ?? 1;
  const order = Array.from({ length: count }, (_, at) => from + at);
  const rows = new Float32Array(count * length);
  const { transform: _, ...raw } = x;
  const changes = augmented && epoch !== undefined && training && augments(training.augmentation);
  const alter = changes ? augmenter(x, training.augmentation, training.seed, epoch) : undefined;
  gatherRows(epoch === undefined ? raw : x, order, 0, rows, undefined, alter ? { alter } : {});
  const isPlain = epoch === undefined || !x.transform;
  const top = x.values instanceof Uint8Array ? 255 * x.scale : undefined;
  const [low, high] = isPlain && top !== undefined ? [0, Math.min(top, 1)] : rangeOf(rows);
  const pixels = new Uint8ClampedArray((count * length * 4) / channels);
  const stretch = 255 / (high - low || 1);
  for (let at = 0, to = 0; at < rows.length; at += channels, to += 4) {
    for (let channel = 0; channel < 3; channel++) {
      const value = rows[at + (channels === 1 ? 0 : channel)] as number;
      pixels[to + channel] = (value - low) * stretch;
    }
    pixels[to + 3] = 255;
  }
  return pixels;
}

function rangeOf(values: Float32Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Points of a plane: two columns against each other. */
export interface Scatter {
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
  /** The class of each, or −1. */
  readonly labels: Int32Array<ArrayBuffer>;
}

/** More points than these hide one another. */
const mostPoints = 5000;

/** At most 5,000 examples, spread evenly over the part; those with a missing value are left out. */
export function scatterOf(data: DataSet, part: PartName, a: string, b: string): Scatter {
  const fields = data[part] ?? new Map();
  const series = seriesOf(data);
  const [first, second] = [a, b].map((name) => series.find((one) => one.name === name));
  const count = countOf(fields);
  const step = Math.max(1, count / mostPoints);
  const points: { x: number; y: number; label: number }[] = [];
  if (first && second) {
    const [x, y] = [rawValues({ fields, series: first }), rawValues({ fields, series: second })];
    const hasClasses = fields.get('y')?.classes !== undefined;
    const label = rawValues({ fields, series: { name: 'y', field: 'y', entry: 0 } });
    for (let at = 0; at < count; at += step) {
      const example = Math.floor(at);
      const point = { x: x(example), y: y(example), label: hasClasses ? label(example) : -1 };
      if (Number.isFinite(point.x) && Number.isFinite(point.y)) points.push(point);
    }
  }
  return {
    x: Float32Array.from(points, (point) => point.x),
    y: Float32Array.from(points, (point) => point.y),
    labels: Int32Array.from(points, ({ label }) => label),
  };
}
