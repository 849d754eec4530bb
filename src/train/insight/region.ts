import type { Answer } from './messages.ts';
import { evenly, type Net, type NetState } from './net.ts';
import { compileAnswer, seen } from './probe.ts';

/** Places along each axis of a plane, and of a line. */
const planeSide = 64;
const lineSide = 256;
/** Examples that are drawn over them, of each part. */
const pointsDrawn = 300;

/** What the net makes of the plane, or the line, that its examples lie in. */
export async function* region<T>(
  net: Net<T>,
  state: NetState<T>,
  step: number,
): AsyncGenerator<undefined, Answer> {
  const { verdict, dimensions, parts } = net;
  const { train } = parts;
  if (!verdict || !train || (dimensions !== 1 && dimensions !== 2)) {
    return { kind: 'refused', message: 'Regions need a net that is given one number, or two.' };
  }
  const points: number[] = [];
  const targets: number[] = [];
  const trained: boolean[] = [];
  for (const data of [train, parts.validation ?? parts.test]) {
    if (!data) continue;
    const size = Math.min(pointsDrawn, data.count);
    const order = evenly(data.count, size);
    for (const one of await net.answered(state, { data, order, from: 0, size }, step)) {
      points.push(...one.given);
      targets.push(one.target[0] ?? 0);
      trained.push(data === train);
    }
    yield;
  }
  const bounds = boundsOf(points, dimensions);
  const side = dimensions === 1 ? lineSide : planeSide;
  const places = side ** dimensions;
  const output = new Float32Array(places * verdict.size);
  for (let from = 0; from < places; from += net.portion) {
    const size = Math.min(net.portion, places - from);
    const given = new Float32Array(size * dimensions);
    for (let at = 0; at < size; at++) {
      bounds.forEach(([low, high], axis) => {
        const place = Math.floor((from + at) / side ** axis) % side;
        given[at * dimensions + axis] = low + ((high - low) * place) / (side - 1);
      });
    }
    const probe = net.probe(`answer ${size}`, () => compileAnswer(net.graph, verdict, size));
    const numbers = await probe.run(state, net.split(given, size), { seed: 0, step });
    output.set(numbers.get(seen.output) ?? [], from * verdict.size);
    yield;
  }
  return {
    kind: 'region',
    dimensions,
    bounds,
    side,
    output,
    size: verdict.size,
    points: Float32Array.from(points),
    targets: Float32Array.from(targets),
    trained,
  };
}

/** The lowest and highest coordinate along each axis, with some room around. */
function boundsOf(points: readonly number[], dimensions: number): [number, number][] {
  return Array.from({ length: dimensions }, (_, axis) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let at = axis; at < points.length; at += dimensions) {
      low = Math.min(low, points[at] as number);
      high = Math.max(high, points[at] as number);
    }
    if (!(low <= high)) return [-1, 1];
    const room = high > low ? (high - low) * 0.1 : 1;
    return [low - room, high + room];
  });
}
