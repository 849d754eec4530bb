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

/** What a canvas of ordinary size gives room to, and the room between two rows. */
const canvas = { width: 1300, height: 950 };
const between = 160;
/** A node with its name: so far beyond its place. */
const reach = { x: 150, y: 110 };
/** Rows are read less easily than a line: they have to be so much larger. */
const worthRows = 1.3;

const subscript = (number: number) =>
  [...`${number}`].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');

/** The document of a net: its main line from left to right, each layer's parameters before it, below the line. */
export function netFile({ title, input, layers, loss, training }: Net): LessonFile {
  const net = new Drawing(input);
  for (const layer of layers) {
    if (beginsLayer.has(layer.kind)) net.mayBreak();
    net.add(layer);
  }
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
    nodes: inRows(net.nodes, net.breaks),
    wires: net.wires,
    loss: { node: 'loss', seed: 1 },
    frames: net.frames,
    notes: [],
    training,
  };
}

const beginsLayer: ReadonlySet<Layer['kind']> = new Set(['dense', 'conv', 'residual']);

/**
 * The nodes of a line in as many rows as make them largest on a canvas; a row ends only at one of `breaks`,
 * the numbers of nodes that layers begin with.
 */
function inRows(nodes: readonly FileNode[], breaks: readonly number[]): readonly FileNode[] {
  const xs = nodes.map(({ position }) => position.x);
  const ys = nodes.map(({ position }) => position.y);
  const height = Math.max(...ys) - Math.min(...ys) + reach.y;
  const right = Math.max(...xs) + reach.x;
  /** Of the nodes from each one on, the leftmost; past the last one there is none. */
  const lefts = [...xs, Number.POSITIVE_INFINITY];
  for (let at = xs.length - 1; at >= 0; at--) {
    lefts[at] = Math.min(lefts[at] as number, lefts[at + 1] as number);
  }
  const leftOf = (start: number) => lefts[start] ?? Number.POSITIVE_INFINITY;
  /** Where rows begin if none is to be longer than that. */
  const startsFor = (width: number): readonly number[] => {
    const starts = [0];
    breaks.forEach((at, place) => {
      const end = leftOf(breaks[place + 1] ?? nodes.length);
      const left = leftOf(starts.at(-1) ?? 0);
      if (Math.min(end, right) - left > width && at > (starts.at(-1) ?? 0)) {
        starts.push(at);
      }
    });
    return starts;
  };
  const widthOf = (starts: readonly number[]) =>
    Math.max(
      ...starts.map((start, row) => {
        const next = starts[row + 1];
        return (next === undefined ? right : leftOf(next) + reach.x) - leftOf(start);
      }),
    );
  const zoomOf = (starts: readonly number[]) => {
    const rows = starts.length;
    const tall = rows * height + (rows - 1) * between;
    return Math.min(canvas.width / widthOf(starts), canvas.height / tall);
  };
  const lengths = Array.from({ length: 50 }, (_, at) => ((right - leftOf(0)) * (at + 1)) / 50);
  const candidates = lengths.map(startsFor);
  const best = candidates.reduce((one, other) => (zoomOf(other) > zoomOf(one) ? other : one));
  if (zoomOf(best) < worthRows * zoomOf([0])) return nodes;
  return nodes.map((node, at) => {
    const row = best.findLastIndex((start) => start <= at);
    const { x, y } = node.position;
    const left = leftOf(best[row] ?? 0);
    return { ...node, position: { x: x - left, y: y + row * (height + between) } };
  });
}

class Drawing {
  readonly nodes: FileNode[] = [];
  readonly wires: object[] = [];
  readonly frames: object[] = [];
  /** Numbers of nodes that layers begin with. */
  readonly breaks: number[] = [];
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

  /** What comes next may stand in a row of its own. */
  mayBreak(): void {
    this.breaks.push(this.nodes.length);
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
