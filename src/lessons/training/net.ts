import type { Training } from '#graph';
import type { LessonFile } from '../lesson.ts';

type Attributes = Readonly<Record<string, unknown>>;

type Activation = 'relu' | 'tanh' | 'sigmoid';

/** What stands in a net, one after the other. */
export type Layer =
  | {
      readonly kind: 'dense';
      readonly units: number;
      readonly normalized?: boolean;
      readonly activation?: Activation;
    }
  | {
      readonly kind: 'conv';
      readonly filters: number;
      readonly size: number;
      readonly stride?: number;
      readonly padding?: number;
      readonly normalized?: boolean;
      readonly activation?: Activation;
    }
  | { readonly kind: 'pool'; readonly op?: 'maxPool2d' | 'avgPool2d'; readonly size?: number }
  | { readonly kind: 'flatten' }
  | { readonly kind: 'globalAverage' }
  | { readonly kind: 'dropout'; readonly keep: number }
  /** Two 3 × 3 convolutions, whose result is added to what came in; through a 1 × 1 convolution where the channels differ. */
  | { readonly kind: 'residual'; readonly filters: number };

interface Net {
  readonly title: string;
  /** Of one example. */
  readonly input: readonly number[];
  readonly layers: readonly Layer[];
  /** What the result is compared with, and how. */
  readonly loss: 'softmaxCrossEntropy' | 'reconstruction';
  readonly training: Partial<Training>;
}

interface FileNode {
  readonly id: string;
  readonly op: string;
  readonly label: string;
  readonly attrs?: Attributes;
  readonly position: { readonly x: number; readonly y: number };
}

/** From one node of the main line to the next: where parameters stand below the wire, and where they do not. */
const wide = 300;
const close = 215;
/** The main line's wires are this far below its nodes' upper edges. */
const line = 38;
/** Below the main line, parameters stand one under the other. */
const firstBelow = 150;
const below = 200;
/** What a residual block does stands so far below the way past it. */
const aside = 260;

const subscript = (number: number) =>
  [...`${number}`].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');

/** The document of a net: its main line from left to right, each layer's parameters before it, below the line. */
export function netFile({ title, input, layers, loss, training }: Net): LessonFile {
  const net = new Drawing(input);
  for (const layer of layers) net.add(layer);
  net.target(
    loss === 'softmaxCrossEntropy' ? { shape: [], field: 'y' } : { shape: input, field: 'x' },
  );
  if (loss === 'softmaxCrossEntropy') {
    net.next('loss', 'softmaxCrossEntropy', 'L', { port: 'scores', others: { target: 'y' } });
  } else {
    net.next('loss', 'meanSquaredError', 'L', { port: 'prediction', others: { target: 'y' } });
  }
  return {
    format: 'gradwire',
    version: 1,
    title,
    nodes: net.nodes,
    wires: net.wires,
    loss: { node: 'loss', seed: 1 },
    frames: net.frames,
    notes: [],
    training,
  };
}

class Drawing {
  readonly nodes: FileNode[] = [];
  readonly wires: object[] = [];
  readonly frames: object[] = [];
  #x = 0;
  #line = line;
  #last = 'x';
  #shape: readonly number[];
  #layer = 0;

  constructor(shape: readonly number[]) {
    this.#shape = shape;
    const attrs = { shape, batched: true, field: 'x' };
    this.nodes.push({ id: 'x', op: 'input', label: 'x', attrs, position: { x: 0, y: line - 25 } });
  }

  add(layer: Layer): void {
    const [height = 1, width = 1, channels = 1] = this.#shape;
    switch (layer.kind) {
      case 'dense': {
        this.#layer++;
        const [inputs = 1] = this.#shape;
        this.#weighted('affine', [layer.units, inputs], layer.normalized ? undefined : layer.units);
        this.#shape = [layer.units];
        this.#finish(layer);
        return;
      }
      case 'conv': {
        const { size, filters, stride = 1, padding = 0 } = layer;
        this.#layer++;
        const bias = layer.normalized ? undefined : filters;
        this.#weighted('conv2d', [size, size, channels, filters], bias, { stride, padding });
        const along = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
        this.#shape = [along(height), along(width), filters];
        this.#finish(layer);
        return;
      }
      case 'pool': {
        const { op = 'maxPool2d', size = 2 } = layer;
        this.next(`p${this.#layer}`, op, `p${subscript(this.#layer)}`, {
          attrs: { size, stride: size },
        });
        this.#shape = [Math.floor(height / size), Math.floor(width / size), channels];
        return;
      }
      case 'flatten':
        this.next('flat', 'flatten', 'flat');
        this.#shape = [height * width * channels];
        return;
      case 'globalAverage':
        this.next('average', 'globalAvgPool', 'average');
        this.#shape = [channels];
        return;
      case 'dropout':
        this.next(`d${this.#layer}`, 'dropout', `d${subscript(this.#layer)}`, {
          attrs: { keep: layer.keep, seed: this.#layer },
        });
        return;
      case 'residual':
        this.#residual(layer.filters);
        return;
    }
  }

  /** The next node on the main line. */
  next(
    id: string,
    op: string,
    label: string,
    {
      attrs,
      port = 'x',
      others = {},
    }: {
      readonly attrs?: Attributes;
      readonly port?: string;
      readonly others?: Readonly<Record<string, string>>;
    } = {},
  ): void {
    this.#x += Object.keys(others).length > 0 ? wide : close;
    const inputs = 1 + Object.keys(others).length;
    const y = this.#line - Math.max(76, (inputs + 1) * 28 - 8) / 2;
    this.nodes.push({
      id,
      op,
      label,
      ...(attrs ? { attrs } : {}),
      position: { x: this.#x, y },
    });
    this.#wire(this.#last, id, port);
    for (const [other, from] of Object.entries(others)) this.#wire(from, id, other);
    this.#last = id;
  }

  target(attrs: { readonly shape: readonly number[]; readonly field: string }): void {
    this.#below('y', 'input', attrs.field, { ...attrs, batched: true }, 0);
  }

  #wire(from: string, node: string, port: string): void {
    this.wires.push({
      id: `${from}-${node}-${port}`,
      from: { node: from, port: 'out' },
      to: { node, port },
    });
  }

  /** Below the last node of the main line. */
  #below(id: string, op: string, label: string, attrs: Attributes, row: number): void {
    const x = this.#x - 20;
    const y = this.#line - line + firstBelow + row * below;
    this.nodes.push({ id, op, label, attrs, position: { x, y } });
  }

  #parameter(name: string, shape: readonly number[], start: 'he' | number, row: number): string {
    const id = `${name}${this.#layer}`;
    const init = start === 'he' ? { kind: 'he' } : { kind: 'constant', value: start };
    this.#below(id, 'parameter', `${name}${subscript(this.#layer)}`, { shape, init }, row);
    return id;
  }

  /** Without a bias where normalization follows, which would take it away again. */
  #weighted(op: string, weights: readonly number[], bias: number | undefined, attrs?: Attributes) {
    const w = this.#parameter('W', weights, 'he', 0);
    const b: Readonly<Record<string, string>> =
      bias === undefined ? {} : { b: this.#parameter('b', [bias], 0, 1) };
    const label = `z${subscript(this.#layer)}`;
    const others = { w, ...b };
    this.next(`z${this.#layer}`, op, label, { others, ...(attrs ? { attrs } : {}) });
  }

  #finish({ normalized, activation }: { normalized?: boolean; activation?: Activation }): void {
    if (normalized) {
      const units = [this.#shape.at(-1) ?? 1];
      const gamma = this.#parameter('γ', units, 1, 0);
      const beta = this.#parameter('β', units, 0, 1);
      const label = `n${subscript(this.#layer)}`;
      this.next(`n${this.#layer}`, 'batchNorm', label, { others: { gamma, beta } });
    }
    if (activation) this.next(`h${this.#layer}`, activation, `h${subscript(this.#layer)}`);
  }

  #residual(filters: number): void {
    const from = this.#last;
    const before = this.nodes.length;
    const [, , channels = 1] = this.#shape;
    const conv = { kind: 'conv', filters, size: 3, padding: 1, normalized: true } as const;
    const start = this.#x;
    this.#line = line + aside;
    this.add({ ...conv, activation: 'relu' });
    this.add(conv);
    this.#line = line;
    const layer = this.#layer;
    let way = from;
    if (channels !== filters) {
      way = `s${layer}`;
      const label = `s${subscript(layer)}`;
      const x = (start + this.#x) / 2;
      this.nodes.push({ id: way, op: 'conv2d', label, position: { x, y: 0 } });
      const shape = [1, 1, channels, filters];
      const attrs = { shape, init: { kind: 'he' } };
      const position = { x: x - wide, y: -firstBelow };
      this.nodes.push({
        id: `S${layer}`,
        op: 'parameter',
        label: `S${subscript(layer)}`,
        attrs,
        position,
      });
      this.#wire(from, way, 'x');
      this.#wire(`S${layer}`, way, 'w');
    }
    this.next(`a${layer}`, 'add', `a${subscript(layer)}`, { port: 'b', others: { a: way } });
    this.next(`r${layer}`, 'relu', `r${subscript(layer)}`);
    this.frames.push({
      id: `block${layer}`,
      title: `Residual block, ${filters} filters`,
      nodes: this.nodes.slice(before).map(({ id }) => id),
    });
  }
}
