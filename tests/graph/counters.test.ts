import { describe, expect, it } from 'vitest';
import { counters, type GraphDocument, inferForms, nodeId, readParsed } from '#graph';
import { catalogue } from '#ops';

/** Writes networks layer by layer. */
class Net {
  readonly #nodes: object[] = [];
  readonly #wires: object[] = [];

  input(id: string, shape: readonly number[]): string {
    this.#nodes.push({ id, op: 'input', attrs: { shape, batched: true, field: 'x' } });
    return id;
  }

  parameter(id: string, shape: readonly number[]): string {
    this.#nodes.push({ id, op: 'parameter', attrs: { shape } });
    return id;
  }

  node(
    id: string,
    op: string,
    inputs: Readonly<Record<string, string>>,
    attrs: object = {},
  ): string {
    this.#nodes.push({ id, op, attrs });
    for (const [port, from] of Object.entries(inputs)) {
      this.#wires.push({
        id: `${from}-${id}-${port}`,
        from: { node: from, port: 'out' },
        to: { node: id, port },
      });
    }
    return id;
  }

  conv(
    id: string,
    x: string,
    [k, c, f]: readonly [number, number, number],
    attrs: object = {},
    bias = true,
  ) {
    const w = this.parameter(`${id}.w`, [k, k, c, f]);
    const b: Record<string, string> = bias ? { b: this.parameter(`${id}.b`, [f]) } : {};
    return this.node(id, 'conv2d', { x, w, ...b }, attrs);
  }

  affine(id: string, x: string, outputs: number, inputs: number, bias = true) {
    const w = this.parameter(`${id}.w`, [outputs, inputs]);
    const b: Record<string, string> = bias ? { b: this.parameter(`${id}.b`, [outputs]) } : {};
    return this.node(id, 'affine', { x, w, ...b });
  }

  get document(): GraphDocument {
    const { document, repairs } = readParsed(
      { format: 'gradwire', version: 1, title: '', nodes: this.#nodes, wires: this.#wires },
      catalogue,
    );
    expect(repairs).toEqual([]);
    return document;
  }
}

function of(net: Net, id: string) {
  const found = counters(net.document, catalogue).nodes.get(nodeId(id));
  if (!found) throw new Error(`nothing was counted for ${id}`);
  return found;
}

describe('the counters', () => {
  it('give 20 weights and 6 biases for a 3-4-2 net', () => {
    const net = new Net();
    net.affine('second', net.affine('first', net.input('x', [3]), 4, 3), 2, 4);
    expect(counters(net.document, catalogue)).toMatchObject({ weights: 20, biases: 6 });
  });

  it('give LeNet’s figures', () => {
    const net = new Net();
    const c1 = net.conv('c1', net.input('x', [32, 32, 1]), [5, 1, 6]);
    const s2 = net.node('s2', 'avgPool2d', { x: c1 });
    const s4 = net.node('s4', 'avgPool2d', { x: net.conv('c3', s2, [5, 6, 16]) });
    net.conv('c5', s4, [5, 16, 120]);
    const parameters = (id: string) => of(net, id).weights + of(net, id).biases;
    expect(parameters('c1')).toBe(156);
    expect(of(net, 'c1').connections).toBe(122_304);
    expect(parameters('c3')).toBe(2_416);
    expect(parameters('c5')).toBe(48_120);
    expect(of(net, 'c1').receptiveField).toEqual([5, 5]);
    expect(of(net, 's2').receptiveField).toEqual([6, 6]);
    expect(of(net, 'c3').receptiveField).toEqual([14, 14]);
    expect(of(net, 'c5').receptiveField).toEqual([32, 32]);
  });

  it('give AlexNet’s CONV1 and its pool, and refuse 224 where 227 works', () => {
    const build = (size: number) => {
      const net = new Net();
      const conv = net.conv('conv1', net.input('x', [size, size, 3]), [11, 3, 96], { stride: 4 });
      net.node('pool1', 'maxPool2d', { x: conv }, { size: 3, stride: 2 });
      return net;
    };
    const net = build(227);
    expect(of(net, 'conv1').weights + of(net, 'conv1').biases).toBe(34_944);
    expect(of(net, 'conv1').form.shape).toEqual([55, 55, 96]);
    expect(of(net, 'pool1').weights + of(net, 'pool1').biases).toBe(0);
    const refused = inferForms(build(224).document, catalogue).get(nodeId('conv1'));
    expect(refused && 'error' in refused ? refused.error.message : '').toMatch(/224.*(223|227)/);
  });

  it('give VGG-16’s 138,344,128 weights without taking their memory', () => {
    const net = new Net();
    let at = net.input('x', [224, 224, 3]);
    let depth = 3;
    const blocks = [
      [64, 64],
      [128, 128],
      [256, 256, 256],
      [512, 512, 512],
      [512, 512, 512],
    ];
    blocks.forEach((block, b) => {
      block.forEach((filters, l) => {
        at = net.conv(`conv${b}-${l}`, at, [3, depth, filters], { padding: 1 }, false);
        depth = filters;
      });
      at = net.node(`pool${b}`, 'maxPool2d', { x: at });
    });
    const flat = net.node('flat', 'flatten', { x: at });
    const fc6 = net.affine('fc6', flat, 4096, 7 * 7 * 512, false);
    net.affine('fc8', net.affine('fc7', fc6, 4096, 4096, false), 1000, 4096, false);
    const before = process.memoryUsage().rss;
    expect(counters(net.document, catalogue)).toMatchObject({ weights: 138_344_128, biases: 0 });
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it('give Inception’s multiplications, with and without 1×1 bottlenecks', () => {
    const direct = new Net();
    const x = direct.input('x', [28, 28, 256]);
    const parts = {
      a: direct.conv('one', x, [1, 256, 128], {}),
      b: direct.conv('three', x, [3, 256, 192], { padding: 1 }),
      c: direct.conv('five', x, [5, 256, 96], { padding: 2 }),
      d: direct.node('pool', 'maxPool2d', { x }, { size: 3, stride: 1, padding: 1 }),
    };
    direct.node('joined', 'concat', parts, { axis: -1 });
    expect(counters(direct.document, catalogue).multiplications).toBe(854_196_224);
    expect(of(direct, 'joined').form.shape).toEqual([28, 28, 672]);

    const narrow = new Net();
    const y = narrow.input('x', [28, 28, 256]);
    narrow.conv('one', y, [1, 256, 128]);
    narrow.conv('three', narrow.conv('three-in', y, [1, 256, 64]), [3, 64, 192], { padding: 1 });
    narrow.conv('five', narrow.conv('five-in', y, [1, 256, 64]), [5, 64, 96], { padding: 2 });
    const pool = narrow.node('pool', 'maxPool2d', { x: y }, { size: 3, stride: 1, padding: 1 });
    narrow.conv('pool-out', pool, [1, 256, 64]);
    expect(counters(narrow.document, catalogue).multiplications).toBe(271_351_808);
  });

  it('count a shared parameter once', () => {
    const net = new Net();
    const w = net.parameter('w', [2, 2]);
    const first = net.node('first', 'affine', { x: net.input('x', [2]), w });
    net.node('second', 'affine', { x: first, w });
    expect(counters(net.document, catalogue)).toMatchObject({ weights: 4, biases: 0 });
  });
});
