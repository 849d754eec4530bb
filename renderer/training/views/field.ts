import type { Region } from '#train';
import { toneOf } from '../../ui/tones.ts';
import { type Rgb, rgbOf } from './bitmap.ts';
import type { Canvas } from './Painted.tsx';

/** Room for the numbers along the axes. */
const left = 44;
const below = 24;

/** What a net answers in a plane: the colour of the likeliest class, the stronger the surer; or the size of a number. */
export function drawField(
  region: Region,
  kind: 'classes' | 'yesNo' | 'numbers',
  canvas: Canvas,
): void {
  const { context, width, height } = canvas;
  const side = Math.min(width - left, height - below);
  const { side: places } = region;
  const picture = new OffscreenCanvas(places, places);
  const painter = picture.getContext('2d');
  if (!painter || side <= 0) return;
  const image = new ImageData(places, places);
  const shade = shader(region, kind, canvas);
  for (let row = 0; row < places; row++) {
    for (let column = 0; column < places; column++) {
      // The second coordinate grows upwards.
      const at = ((places - 1 - row) * places + column) * 4;
      const [red, green, blue] = shade(row * places + column);
      image.data.set([red, green, blue, 255], at);
    }
  }
  painter.putImageData(image, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingEnabled = true;
  context.drawImage(picture, left, 0, side, side);
  const [[lowX, highX] = [0, 1], [lowY, highY] = [0, 1]] = region.bounds;
  const place = (at: number): readonly [number, number] => [
    left + (((region.points[2 * at] ?? 0) - lowX) / (highX - lowX)) * side,
    side - (((region.points[2 * at + 1] ?? 0) - lowY) / (highY - lowY)) * side,
  ];
  region.targets.forEach((target, at) => {
    const fill =
      kind === 'numbers' ? numberTone(region, target, canvas) : canvas.colour(toneOf(target));
    dot(canvas, place(at), fill, region.trained[at] === true);
  });
  axes(canvas, region, side, side);
}

/** What a net answers along a line, with the examples it is to hit. */
export function drawCurve(region: Region, canvas: Canvas): void {
  const { context, width, height, colour } = canvas;
  const { side, size, output, points, targets, bounds } = region;
  const w = width - left;
  const h = height - below;
  if (w <= 0 || h <= 0) return;
  context.clearRect(0, 0, width, height);
  const [[lowX, highX] = [0, 1]] = bounds;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const y of [...output, ...targets]) {
    if (Number.isFinite(y)) [low, high] = [Math.min(low, y), Math.max(high, y)];
  }
  if (!(low < high)) [low, high] = [low - 1, low + 1];
  const room = (high - low) * 0.06;
  const yOf = (y: number) => h - ((y - low + room) / (high - low + 2 * room)) * h;
  const xOf = (x: number) => left + ((x - lowX) / (highX - lowX)) * w;
  targets.forEach((target, at) => {
    const fill = region.trained[at] ? colour('--train') : colour('--validation');
    dot(canvas, [xOf(points[at] ?? 0), yOf(target)], fill, region.trained[at] === true);
  });
  for (let one = 0; one < size; one++) {
    context.beginPath();
    for (let at = 0; at < side; at++) {
      context.lineTo(left + (at / (side - 1)) * w, yOf(output[at * size + one] ?? 0));
    }
    context.strokeStyle = size === 1 ? colour('--value') : colour(toneOf(one));
    context.lineWidth = 2.5;
    context.stroke();
  }
  axes(canvas, { bounds: [bounds[0] ?? [0, 1], [low - room, high + room]] }, w, h);
}

/** The colour of a place. */
function shader(
  { output, size }: Region,
  kind: 'classes' | 'yesNo' | 'numbers',
  { colour }: Canvas,
): (place: number) => Rgb {
  const paper = rgbOf(colour('--panel'));
  if (kind === 'numbers') {
    const positive = rgbOf(colour('--value'));
    const negative = rgbOf(colour('--ink'));
    const top = largest(output);
    return (place) => {
      const x = (output[place * size] ?? 0) / top;
      return mixed(paper, x < 0 ? negative : positive, Math.abs(x));
    };
  }
  const classes = Array.from({ length: Math.max(2, size) }, (_, at) => rgbOf(colour(toneOf(at))));
  return (place) => {
    const shares =
      kind === 'yesNo'
        ? [1 - (output[place] ?? 0), output[place] ?? 0]
        : output.subarray(place * size, (place + 1) * size);
    let best = 0;
    for (let at = 1; at < shares.length; at++) {
      if ((shares[at] ?? 0) > (shares[best] ?? 0)) best = at;
    }
    const even = 1 / shares.length;
    const sure = ((shares[best] ?? even) - even) / (1 - even);
    return mixed(paper, classes[best] ?? paper, 0.12 + 0.5 * sure);
  };
}

function numberTone(region: Region, target: number, { colour }: Canvas): string {
  const top = Math.max(largest(region.output), largest(region.targets));
  const end = rgbOf(colour(target < 0 ? '--ink' : '--value'));
  return `rgb(${mixed(rgbOf(colour('--panel')), end, Math.abs(target) / top)
    .map(Math.round)
    .join(' ')})`;
}

function dot(
  { context, colour }: Canvas,
  [x, y]: readonly [number, number],
  fill: string,
  trained: boolean,
): void {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  // What is held back has a ring of ink.
  context.lineWidth = trained ? 1 : 1.8;
  context.strokeStyle = trained ? colour('--panel') : colour('--ink');
  context.stroke();
}

function axes(
  { context, colour }: Canvas,
  { bounds }: Pick<Region, 'bounds'>,
  width: number,
  height: number,
): void {
  const [[lowX, highX] = [0, 1], [lowY, highY] = [0, 1]] = bounds;
  context.strokeStyle = colour('--line');
  context.lineWidth = 1;
  context.strokeRect(left + 0.5, 0.5, width - 1, height - 1);
  context.fillStyle = colour('--dim');
  context.font = '12px "Inter Variable", sans-serif';
  const write = (x: number) => Number(x.toPrecision(2)).toString().replace('-', '−');
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(write(lowX), left, height + 6);
  context.textAlign = 'right';
  context.fillText(write(highX), left + width, height + 6);
  context.fillText(write(highY), left - 6, 2);
  context.textBaseline = 'bottom';
  context.fillText(write(lowY), left - 6, height);
}

function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (at: 0 | 1 | 2) => from[at] + (to[at] - from[at]) * Math.min(1, Math.max(0, share));
  return [part(0), part(1), part(2)];
}

function largest(data: ArrayLike<number>): number {
  let top = 0;
  for (let at = 0; at < data.length; at++) {
    const size = Math.abs(data[at] as number);
    if (Number.isFinite(size)) top = Math.max(top, size);
  }
  return top || 1;
}
