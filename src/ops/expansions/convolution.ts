import type { Window } from '#tensor';
import { windowsAlong } from '../layers/image.ts';
import { defineExpansion, ExpansionError } from './expansion.ts';

/** So many inputs a `concat` takes: one for each letter. */
const mostJoined = 26;

/** Beyond this many affine nodes nobody can read the picture. */
const mostAffine = 64;

/**
 * A convolution as what it is: every filter is one affine layer, applied at every place of the image
 * with the same weights; its results are the filter's map, and the maps lie behind one another.
 */
export const conv2d = defineExpansion<Window>({
  build: (inside, { stride, padding }) => {
    const [height = 1, width = 1] = inside.shape('x');
    const [rows = 1, columns = 1, depth = 1, filters = 1] = inside.shape('w');
    const down = windowsAlong('height', height, rows, { stride, padding });
    const across = windowsAlong('width', width, columns, { stride, padding });
    const places = down * across;
    if (places > mostJoined || filters > mostJoined || places * filters > mostAffine) {
      throw new ExpansionError(
        `This convolution has ${down} × ${across} places and ${filters === 1 ? 'one filter' : `${filters} filters`}: too many to draw. Up to ${mostJoined} places, ${mostJoined} filters and ${mostAffine} of both together can be expanded.`,
      );
    }
    const around = [padding, padding];
    const x =
      padding === 0
        ? inside.input('x')
        : inside.node('pad', { x: inside.input('x') }, '', { padding: [around, around] });
    const windows = Array.from({ length: places }, (_, place) => {
      const start = [Math.floor(place / across) * stride, (place % across) * stride, 0];
      const size = [rows, columns, depth];
      const cut = inside.node('slice', { x }, '', { start, size });
      return inside.node('flatten', { x: cut }, `x[${start[0]},${start[1]}]`);
    });
    const maps = Array.from({ length: filters }, (_, filter) => {
      const name = filters === 1 ? '' : String(filter + 1);
      const cut = inside.node('slice', { x: inside.input('w') }, '', {
        start: [0, 0, 0, filter],
        size: [rows, columns, depth, 1],
      });
      const w = inside.node('reshape', { x: cut }, `w${name}`, { shape: [1, -1] });
      const biases = inside.optional('b');
      const bias = biases && {
        b: inside.node('slice', { x: biases }, `b${name}`, { start: [filter], size: [1] }),
      };
      const sums = windows.map((x) => inside.node('affine', { x, w, ...bias }));
      const joined = inside.joined('concat', sums);
      return inside.node('reshape', { x: joined }, `map${name && ` ${name}`}`, {
        shape: [down, across, 1],
      });
    });
    return inside.joined('concat', maps, '', { axis: 2 });
  },
});
