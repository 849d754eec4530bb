/**
 * The primitives: the only tensor operations that an engine must know. Every operation of the
 * catalogue, its gradient, and every optimizer is written in them, so an engine is a table from
 * primitive to kernel, and a training program is a list of primitives.
 *
 * Primitives know nothing of batches: batched values simply have one more axis in front. `Values`
 * (values.ts) keeps the two kinds of axes apart.
 */
export type UnaryName =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'exp'
  | 'log'
  | 'sqrt'
  | 'square'
  | 'reciprocal'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'sigmoid'
  | 'relu'
  | 'softplus'
  | 'erf'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'step';

export type BinaryName =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'maximum'
  | 'minimum'
  | 'greater'
  | 'greaterEqual'
  | 'equal';

/** Window of a convolution or pooling: the same stride and zero padding along height and width. */
export interface Window {
  readonly stride: number;
  readonly padding: number;
}

export type Primitive =
  /** Elementwise; `step` is 1 where x > 0, else 0. */
  | { readonly op: UnaryName }
  /** Elementwise with broadcasting; comparisons give 1 or 0. */
  | { readonly op: BinaryName }
  /** condition (0 or not), a, b → a where the condition holds, else b; all broadcast. */
  | { readonly op: 'where' }
  /** Over `axes` (normalized, ascending). */
  | {
      readonly op: 'sum' | 'reduceMax';
      readonly axes: readonly number[];
      readonly keepDims: boolean;
    }
  /** Index of the first maximum along `axis`, which goes away. */
  | { readonly op: 'argMax'; readonly axis: number }
  /** [m,k]·[k,n], or with one equal leading axis on either or both: a stack of products. */
  | { readonly op: 'matmul'; readonly transposeA: boolean; readonly transposeB: boolean }
  | { readonly op: 'reshape'; readonly shape: readonly number[] }
  | { readonly op: 'transpose'; readonly permutation: readonly number[] }
  | { readonly op: 'broadcastTo'; readonly shape: readonly number[] }
  | { readonly op: 'concat'; readonly axis: number }
  | { readonly op: 'slice'; readonly start: readonly number[]; readonly size: readonly number[] }
  /** Zeros around; [before, after] for each axis. */
  | { readonly op: 'pad'; readonly padding: readonly (readonly [number, number])[] }
  /** Indices of any shape → one more axis at the end, 1 at the index. */
  | { readonly op: 'oneHot'; readonly classes: number }
  /** table [n, …], indices of any shape → rows. */
  | { readonly op: 'gather' }
  /** x [n,h,w,c], filter [kh,kw,c,f] → [n,h',w',f]: cross-correlation with zero padding. */
  | ({ readonly op: 'conv2d' } & Window)
  /** upstream [n,h',w',f], filter → gradient [n,h,w,c] of x. */
  | ({ readonly op: 'conv2dInputGradient'; readonly inputShape: readonly number[] } & Window)
  /** x, upstream → gradient of the filter. */
  | ({ readonly op: 'conv2dFilterGradient'; readonly filterShape: readonly number[] } & Window)
  /** x [n,h,w,c] → windows of `size`; the padding never wins. */
  | ({ readonly op: 'maxPool2d'; readonly size: number } & Window)
  /** x, upstream → upstream routed to the first maximum of each window. */
  | ({ readonly op: 'maxPool2dGradient'; readonly size: number } & Window)
  /** x [n,h,w,c] → mean over windows of `size`; padding counts as zeros. */
  | ({ readonly op: 'avgPool2d'; readonly size: number } & Window)
  /** upstream → gradient of x, whose shape is `inputShape`. */
  | ({
      readonly op: 'avgPool2dGradient';
      readonly size: number;
      readonly inputShape: readonly number[];
    } & Window)
  /** A square matrix, or a stack of them. */
  | { readonly op: 'inverse' }
  /** ln|det| of a square matrix, or of each in a stack. */
  | { readonly op: 'logAbsDet' };

export type PrimitiveName = Primitive['op'];

/** The primitive of that name, with its attributes. */
export type PrimitiveOf<N extends PrimitiveName> = Extract<Primitive, { op: N }>;

const unaryNames: ReadonlySet<string> = new Set<UnaryName>([
  'neg',
  'abs',
  'sign',
  'exp',
  'log',
  'sqrt',
  'square',
  'reciprocal',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'sinh',
  'cosh',
  'tanh',
  'sigmoid',
  'relu',
  'softplus',
  'erf',
  'floor',
  'ceil',
  'round',
  'step',
]);

const binaryNames: ReadonlySet<string> = new Set<BinaryName>([
  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'maximum',
  'minimum',
  'greater',
  'greaterEqual',
  'equal',
]);

export function isUnary(primitive: Primitive): primitive is { readonly op: UnaryName } {
  return unaryNames.has(primitive.op);
}

export function isBinary(primitive: Primitive): primitive is { readonly op: BinaryName } {
  return binaryNames.has(primitive.op);
}
