import { type Form, normalizeAxes, sameShape, sizeOf } from '#tensor';
import { pythonNumber, pythonShape } from './python.ts';
import { dims } from './torch-dialect.ts';

/** What an operation's code is made from. */
export interface TorchContext {
  readonly node: string;
  /** The connected inputs in port order: their names and forms. */
  readonly inputs: readonly TorchInput[];
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly out: Form;
  /** Examples that the trace holds. */
  readonly examples: number;
  /** A tensor that is not trained: its name as an attribute of the module. */
  buffer(name: string, shape: readonly number[], value: number): string;
}

export interface TorchInput extends Form {
  readonly name: string;
}

type Writer = (context: TorchContext) => string | undefined;

const unary =
  (write: (x: string) => string): Writer =>
  ({ inputs }) =>
    inputs[0] && write(inputs[0].name);

const infix =
  (sign: string): Writer =>
  (context) =>
    aligned(context).join(` ${sign} `);

/**
 * What PyTorch has functions for, where its gradients are the ones of our rules, kinks and ties included. Undefined:
 * then the rule itself is written down.
 */
export const torchOperations: Readonly<Record<string, Writer>> = {
  add: infix('+'),
  sub: infix('-'),
  mul: infix('*'),
  div: infix('/'),
  max: (context) => routed(context, '>=', 'maximum'),
  min: (context) => routed(context, '<=', 'minimum'),
  neg: unary((x) => `-${x}`),
  reciprocal: unary((x) => `1 / ${x}`),
  exp: unary((x) => `torch.exp(${x})`),
  log: unary((x) => `torch.log(${x})`),
  sigmoid: unary((x) => `torch.sigmoid(${x})`),
  tanh: unary((x) => `torch.tanh(${x})`),
  relu: ({ inputs: [x], attrs }) =>
    attrs.atZero === 1 ? `${x?.name} * (${x?.name} >= 0)` : `F.relu(${x?.name})`,
  sqrt: unary((x) => `torch.sqrt(${x})`),
  square: unary((x) => `${x} ** 2`),
  power: ({ inputs: [x], attrs }) => `${x?.name} ** ${number(attrs.exponent)}`,
  abs: unary((x) => `torch.abs(${x})`),
  sin: unary((x) => `torch.sin(${x})`),
  cos: unary((x) => `torch.cos(${x})`),
  leakyRelu: ({ inputs: [x], attrs }) => `F.leaky_relu(${x?.name}, ${number(attrs.alpha)})`,
  elu: ({ inputs: [x], attrs }) => `F.elu(${x?.name}, ${number(attrs.alpha)})`,
  shiftedRelu: unary((x) => `torch.where(${x} > -1, ${x}, torch.full_like(${x}, -1.0))`),
  softplus: unary((x) => `F.softplus(${x})`),
  gelu: unary((x) => `F.gelu(${x})`),
  clip: ({ inputs: [x], attrs }) => {
    const [lo, hi] = [number(attrs.lo), number(attrs.hi)];
    const own = x?.name;
    return `torch.where((${own} > ${lo}) & (${own} < ${hi}), ${own}, ${own}.detach().clamp(${lo}, ${hi}))`;
  },
  identity: unary((x) => x),
  sum: (context) => reduced(context, (x, over) => (over ? `${x}.sum(${over})` : x)),
  mean: (context) => reduced(context, (x, over) => (over ? `${x}.mean(${over})` : x)),
  variance: (context) => reduced(context, (x, over) => over && `${x}.var(${over}, unbiased=False)`),
  reduceMax: (context) => reduced(context, (x, over) => (over ? `first_max(${x}, ${over})` : x)),
  logSumExp: (context) => reduced(context, (x, over) => over && `torch.logsumexp(${x}, ${over})`),
  norm1: (context) => reduced(context, (x, over) => over && `${x}.abs().sum(${over})`),
  norm2: (context) =>
    reduced(context, (x, over) => over && `torch.linalg.vector_norm(${x}, ${over})`),
  halfSquaredNorm: (context) =>
    reduced(context, (x, over) => over && `0.5 * (${x} ** 2).sum(${over})`),
  batchSum: ({ inputs: [x] }) => (x?.batched ? `${x.name}.sum(dim=0)` : x?.name),
  batchMean: ({ inputs: [x] }) => (x?.batched ? `${x.name}.mean(dim=0)` : x?.name),
  matmul,
  transpose: ({ inputs: [x] }) =>
    x?.shape.length === 2 ? `${x.name}.transpose(-1, -2)` : undefined,
  dot: ({ inputs: [a, b] }) => `(${a?.name} * ${b?.name}).sum(dim=-1)`,
  outer: ({ inputs: [a, b] }) => `${a?.name}.unsqueeze(-1) * ${b?.name}.unsqueeze(-2)`,
  trace: unary((x) => `${x}.diagonal(dim1=-2, dim2=-1).sum(dim=-1)`),
  inverse: unary((x) => `torch.linalg.inv(${x})`),
  logdet: unary((x) => `torch.linalg.slogdet(${x})[1]`),
  quadraticForm: ({ inputs: [x, a] }) =>
    `torch.einsum("...i,...ij,...j->...", ${x?.name}, ${a?.name}, ${x?.name})`,
  reshape: reshaped,
  flatten: reshaped,
  affine: ({ inputs: [x, w, b] }) => {
    if (w?.batched || b?.batched) return undefined;
    return `F.linear(${[x, w, b].flatMap((each) => each?.name ?? []).join(', ')})`;
  },
  conv2d: ({ inputs: [x, w, b], attrs }) => {
    if (!x?.batched || b?.batched) return undefined;
    const parts = [
      `${x.name}.permute(0, 3, 1, 2)`,
      `${w?.name}.permute(3, 2, 0, 1).contiguous()`,
      ...(b ? [b.name] : []),
      `stride=${attrs.stride}`,
      `padding=${attrs.padding}`,
    ];
    return `F.conv2d(${parts.join(', ')}).permute(0, 2, 3, 1)`;
  },
  globalAvgPool: ({ inputs: [x] }) => `${x?.name}.mean(dim=${x?.batched ? '(1, 2)' : '(0, 1)'})`,
  batchNorm,
  layerNorm: ({ inputs: [x, gamma, beta], attrs }) => {
    if (!x || !gamma || !beta || gamma.batched || beta.batched) return undefined;
    if (!sameShape(gamma.shape, x.shape) || !sameShape(beta.shape, x.shape)) return undefined;
    return `F.layer_norm(${x.name}, ${pythonShape(x.shape)}, ${gamma.name}, ${beta.name}, ${number(attrs.epsilon)})`;
  },
  embedding: ({ inputs: [index, table] }) =>
    table?.batched ? undefined : `F.embedding(${index?.name}.long(), ${table?.name})`,
  softmax: unary((x) => `${x}.softmax(dim=-1)`),
  logSoftmax: unary((x) => `${x}.log_softmax(dim=-1)`),
  softmaxCrossEntropy: ({ inputs: [scores, target] }) => {
    if (!scores || !target) return undefined;
    if (target.shape.length > 0) {
      return `torch.logsumexp(${scores.name}, dim=-1) - (${target.name} * ${scores.name}).sum(dim=-1)`;
    }
    if (scores.batched !== target.batched) return undefined;
    return `F.cross_entropy(${scores.name}, ${target.name}.long(), reduction="none")`;
  },
  crossEntropy: ({ inputs: [p, target] }) => {
    if (!p || !target || target.shape.length === 0) return undefined;
    // 0·ln 0 is 0 here.
    const inside = `torch.where((${target.name} == 0) & (${p.name} == 0), torch.ones_like(${p.name}), ${p.name})`;
    return `-(${target.name} * ${inside}.log()).sum(dim=-1)`;
  },
  squaredError: (context) => errors(context, (own) => `0.5 * ${own('** 2')}.sum(`, true),
  meanSquaredError: (context) => errors(context, (own) => `${own('** 2')}.mean(`, true),
  absoluteError: (context) => errors(context, (own) => `${own('')}.abs().sum(`, false),
  l2Penalty: ({ inputs: [x], attrs }) =>
    x && `${number(0.5 * Number(attrs.strength))} * ${overExample(`(${x.name} ** 2)`, 'sum', x)}`,
  l1Penalty: ({ inputs: [x], attrs }) =>
    x && `${number(attrs.strength)} * ${overExample(`${x.name}.abs()`, 'sum', x)}`,
};

function number(value: unknown): string {
  return pythonNumber(Number(value));
}

/** The inputs with the missing axes of one example put behind the batch axis. */
function aligned({ inputs, out }: TorchContext): readonly string[] {
  return inputs.map(({ name, batched, shape }) => {
    const missing = batched ? out.shape.length - shape.length : 0;
    return name + '.unsqueeze(1)'.repeat(Math.max(0, missing));
  });
}

/** Max and min: by the policy for ties, the first or half to each. */
function routed(context: TorchContext, wins: string, split: string): string {
  const [a = '', b = ''] = aligned(context);
  return context.attrs.tie === 'split'
    ? `torch.${split}(${a}, ${b})`
    : `torch.where(${a} ${wins} ${b}, ${a}, ${b})`;
}

/** Over axes of one example; `over` is undefined where there are none to reduce. */
function reduced(
  { inputs: [x], attrs }: TorchContext,
  write: (x: string, over: string | undefined) => string | undefined,
): string | undefined {
  if (!x) return undefined;
  const list = Array.isArray(attrs.axes) ? (attrs.axes as readonly number[]) : undefined;
  const own = normalizeAxes(list, x.shape.length);
  if (own.length === 0) return write(x.name, undefined);
  const over = dims(
    own.map((axis) => axis + (x.batched ? 1 : 0)),
    attrs.keepDims === true,
  );
  return write(x.name, over);
}

function matmul({ inputs: [a, b] }: TorchContext): string | undefined {
  if (!a || !b) return undefined;
  const [row, column] = [a.shape.length === 1, b.shape.length === 1];
  if (row && column) return undefined;
  const plain = `${a.name} @ ${b.name}`;
  if (column && b.batched) {
    return a.batched
      ? `(${a.name} @ ${b.name}.unsqueeze(-1)).squeeze(-1)`
      : `${b.name} @ ${a.name}.transpose(-1, -2)`;
  }
  if (row && a.batched && b.batched) return `(${a.name}.unsqueeze(1) @ ${b.name}).squeeze(1)`;
  return plain;
}

function reshaped({ inputs: [x], out }: TorchContext): string | undefined {
  return x && `${x.name}.reshape(${pythonShape(out.batched ? [-1, ...out.shape] : out.shape)})`;
}

/** PyTorch's own keeps running averages as well; where it refuses, the rule is written down. */
function batchNorm({ node, inputs, attrs, examples, buffer }: TorchContext): string | undefined {
  const [x, gamma, beta] = inputs;
  if (!x?.batched || !gamma || !beta || gamma.batched || beta.batched) return undefined;
  const image = x.shape.length === 3;
  const places = sizeOf(x.shape.slice(0, -1)) * examples;
  if (attrs.training !== true || places < 2 || (x.shape.length !== 1 && !image)) return undefined;
  const [mean, variance] = [
    buffer(`${node}_mean`, gamma.shape, 0),
    buffer(`${node}_variance`, gamma.shape, 1),
  ];
  const inner = image ? `${x.name}.permute(0, 3, 1, 2)` : x.name;
  const momentum = number(Number((1 - Number(attrs.momentum)).toPrecision(12)));
  const call = `F.batch_norm(${inner}, ${mean}, ${variance}, ${gamma.name}, ${beta.name}, self.training, ${momentum}, ${number(attrs.epsilon)})`;
  return image ? `${call}.permute(0, 2, 3, 1)` : call;
}

/** Losses over the entries of one example. */
function errors(
  { inputs: [a, b] }: TorchContext,
  write: (own: (power: string) => string) => string,
  powers: boolean,
): string | undefined {
  if (!a || !b) return undefined;
  const shape = a.shape.length >= b.shape.length ? a.shape : b.shape;
  if (a.shape.length !== b.shape.length && (a.batched || b.batched)) return undefined;
  const batched = a.batched || b.batched;
  const difference = `(${a.name} - ${b.name})`;
  const own = (power: string) => (powers ? `(${difference} ${power})` : difference);
  if (shape.length === 0) {
    return write(own).replace(/\.(sum|mean)\($/, '');
  }
  const axes = shape.map((_, axis) => axis + (batched ? 1 : 0));
  return `${write(own)}${dims(axes, false)})`;
}

function overExample(x: string, how: 'sum', { batched, shape }: Form): string {
  if (shape.length === 0) return x;
  const axes = shape.map((_, axis) => axis + (batched ? 1 : 0));
  return `${x}.${how}(${dims(axes, false)})`;
}
