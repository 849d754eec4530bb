import type { Random } from '#tensor';

/** A point of the plane and its class. */
interface Point {
  readonly x: number;
  readonly y: number;
  readonly label: number;
}

/** Points in the plane, in classes. */
export interface Toy {
  readonly classes: number;
  /** Standard deviation of what is added to both coordinates, where nothing else is set. */
  readonly noise: number;
  /** A point of that class without noise. `share` goes evenly from 0 to below 1 through the class. */
  point(label: number, share: number, random: Random): { readonly x: number; readonly y: number };
}

const turn = 2 * Math.PI;

const onCircle = (radius: number, angle: number) => ({
  x: radius * Math.cos(angle),
  y: radius * Math.sin(angle),
});

/** A spiral arm from the centre out to radius 1, one of `arms`. */
const spiralArm = (arms: number, turns: number) => (label: number, share: number) =>
  onCircle(0.05 + 0.95 * share, turn * (label / arms + turns * share));

/** The toys by name. Coordinates are about −1 … 1. */
export const toys = {
  /** Two clouds. */
  blobs: {
    classes: 2,
    noise: 0.2,
    point: (label) => ({ x: label === 0 ? -0.5 : 0.5, y: label === 0 ? -0.5 : 0.5 }),
  },
  /** Class 1 where the signs of the coordinates differ. */
  xor: {
    classes: 2,
    noise: 0,
    point: (label, _, random) => {
      const x = (random.uniform() < 0.5 ? -1 : 1) * (0.05 + 0.95 * random.uniform());
      const size = 0.05 + 0.95 * random.uniform();
      return { x, y: Math.sign(x) * (label === 0 ? size : -size) };
    },
  },
  /** A disc, and a ring around it. */
  rings: {
    classes: 2,
    noise: 0.05,
    // The root spreads the points evenly over the area.
    point: (label, share, random) =>
      onCircle(
        label === 0 ? 0.45 * Math.sqrt(share) : 0.75 + 0.25 * share,
        turn * random.uniform(),
      ),
  },
  /** Two arms, wound into each other. */
  spirals: { classes: 2, noise: 0.02, point: spiralArm(2, 1.25) },
  /** Three arms. */
  'three-classes': { classes: 3, noise: 0.03, point: spiralArm(3, 0.6) },
  /** Two half circles, each with an end in the other. */
  moons: {
    classes: 2,
    noise: 0.08,
    point: (label, share) => {
      const { x, y } = onCircle(1, Math.PI * share);
      const [right, up] = label === 0 ? [x, y] : [1 - x, 0.5 - y];
      return { x: (right - 0.5) / 1.5, y: (up - 0.25) / 1.5 };
    },
  },
} as const satisfies Readonly<Record<string, Toy>>;

/** That many points, the classes in turn. */
export function* toyPoints(
  toy: Toy,
  count: number,
  noise: number,
  random: Random,
): Generator<Point> {
  for (let at = 0; at < count; at++) {
    const label = at % toy.classes;
    const share = Math.floor(at / toy.classes) / Math.ceil(count / toy.classes);
    const { x, y } = toy.point(label, share, random);
    yield { x: x + noise * random.normal(), y: y + noise * random.normal(), label };
  }
}
