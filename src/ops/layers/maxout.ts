import { type Form, formatShape, sizeOf, type Value, type ValueOps } from '#tensor';
import { noAttrs } from '../attrs/schemas.ts';
import { firstMaximum } from '../first-maximum.ts';
import { defineOperation, type Inputs, ShapeError } from '../operation.ts';
import { port } from '../ports.ts';

/** Goodfellow et al. 2013. */
export const maxout = defineOperation({
  id: 'maxout',
  title: 'maxout',
  nickname: 'router',
  group: 'layers',
  symbol: 'max Wx+b',
  help: 'k affine layers side by side; each unit gives the largest of its k results. It can bend into any convex function and never saturates. Backward each unit routes its gradient to the piece that won.',
  passes:
    'routes the upstream gradient of each unit to its largest piece, and from there as an affine layer does',
  ports: [port('x'), port('w'), port('b')],
  attrs: noAttrs,
  latex: {
    forward: ({ x, w, b }) => `\\max_k\\, ({${w}}_k\\,${x} + {${b}}_k)`,
    flowsBack: ({ x, w }, g) => ({
      x: `{${w}}_{k^*}^\\top\\,${g}`,
      w: `\\mathbf{1}[k = k^*]\\,${g}\\,{${x}}^\\top`,
      b: `\\mathbf{1}[k = k^*]\\,${g}`,
    }),
  },
  sample: {
    inputs: {
      x: {
        batched: true,
        value: [
          [1, -2, 0.5],
          [0.25, 1.5, -1],
        ],
      },
      w: {
        value: [
          [
            [0.5, -1, 2],
            [1.5, 0.25, -0.75],
          ],
          [
            [-0.5, 0.75, 1],
            [0.125, -1.25, 1.75],
          ],
        ],
      },
      b: {
        value: [
          [0.1, -0.2],
          [0.3, 0.4],
        ],
      },
    },
  },
  work: ({ w, b }) => ({
    multiplications: sizeOf(w.shape),
    connections: sizeOf(w.shape) + sizeOf(b.shape),
  }),
  form: ({ x, w, b }) => {
    if (x.shape.length !== 1) {
      throw new ShapeError(
        `A maxout layer takes a vector, and x is ${formatShape(x.shape)}; flatten it first.`,
        'x',
      );
    }
    if (w.shape.length !== 3 || w.shape[2] !== x.shape[0]) {
      throw new ShapeError(
        `The weights must be [pieces, outputs, ${x.shape[0]}], one matrix for each piece, and w is ${formatShape(w.shape)}.`,
        'w',
      );
    }
    const [pieces = 1, outputs = 1] = w.shape;
    if (b.shape.length !== 2 || b.shape[0] !== pieces || b.shape[1] !== outputs) {
      throw new ShapeError(
        `The biases must be [${pieces}, ${outputs}], one vector for each piece, and b is ${formatShape(b.shape)}.`,
        'b',
      );
    }
    return { batched: x.batched || w.batched || b.batched, shape: [outputs] };
  },
  forward: (o, inputs) => o.max(pieces(o, inputs), [0]),
  backward: (o, { inputs, upstream: g }) => {
    const { x, w } = inputs;
    const routed = o.mul(g, firstMaximum(o, pieces(o, inputs), [0]));
    const [rows = 1, columns = 1] = stacked(w).shape;
    const long = o.reshape(routed, [rows]);
    return {
      x: o.matmul(o.reshape(w, [rows, columns]), long, { transposeA: true, into: x }),
      w: o.reshape(o.outer(long, x, stacked(w)), w.shape),
      b: routed,
    };
  },
});

/** Wₖx + bₖ for every piece k: [pieces, outputs]. */
function pieces<T>(o: ValueOps<T>, { x, w, b }: Inputs<Value<T>, 'x' | 'w' | 'b'>): Value<T> {
  const products = o.matmul(o.reshape(w, stacked(w).shape), x);
  return o.add(o.reshape(products, w.shape.slice(0, 2)), b);
}

/** The pieces' matrices under one another. */
function stacked({ batched, shape: [pieces = 1, outputs = 1, inputs = 1] }: Form): Form {
  return { batched, shape: [pieces * outputs, inputs] };
}
