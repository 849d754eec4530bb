import { describe, expect, it } from 'vitest';
import { checkGradients } from '#diagnose';
import { indexOf, type NodeId, readParsed } from '#graph';
import { type Expected, type Lesson, lessons, mnist, topics } from '#lessons';
import { catalogue } from '#ops';
import { type ArrayValue, fromNested, type Nested } from '#tensor';
import { trace } from '#trace';
import { expectClose, graphCases } from '../support/goldens.ts';
import { nodeBox, overlaps, wireBox } from './boxes.ts';

const named = lessons.map((lesson) => ({ name: lesson.id, lesson }));
const calculated = named.filter(({ lesson }) => lesson.expected);

const documentOf = ({ file }: Lesson) => readParsed(file, catalogue).document;

/** Equal to 1e-9 of the largest entry, however small that is; where 0 is wanted, exactly. */
function expectNumbers(
  got: ArrayValue | null | undefined,
  want: Nested | null | undefined,
  what: string,
): void {
  if (want === undefined) return;
  if (want === null) {
    expect(got, what).toBeNull();
    return;
  }
  if (!got) throw new Error(`${what} is missing.`);
  const wanted = fromNested(want);
  expect(got.data.shape, what).toEqual(wanted.shape);
  const largest = wanted.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const difference = wanted.data.reduce(
    (most, x, at) => Math.max(most, Math.abs(x - (got.data.data[at] ?? Number.NaN))),
    0,
  );
  expect(difference, what).toBeLessThanOrEqual(largest * 1e-9);
}

function expectAll(lesson: Lesson, expected: Expected): void {
  const { loss, nodes, wires } = trace(documentOf(lesson), catalogue);
  if (expected.loss !== undefined && expected.loss !== 0) {
    expect(Math.abs((loss ?? Number.NaN) / expected.loss - 1), 'loss').toBeLessThanOrEqual(1e-9);
  }
  const found = { nodes: new Map<string, object>(nodes), wires: new Map<string, object>(wires) };
  for (const part of ['nodes', 'wires'] as const) {
    for (const [id, wanted] of Object.entries(expected[part] ?? {})) {
      const got = found[part].get(id) as Record<string, ArrayValue | null> | undefined;
      expect(got, id).toBeDefined();
      for (const [key, want] of Object.entries(wanted)) {
        expectNumbers(got?.[key], want as Nested | null, `${id}.${key}`);
      }
    }
  }
}

describe('the worked examples', () => {
  it('have unique ids and titles, and a few plain sentences each', () => {
    expect(new Set(lessons.map(({ id }) => id)).size).toBe(lessons.length);
    expect(new Set(lessons.map(({ topic, title }) => `${topic}: ${title}`)).size).toBe(
      lessons.length,
    );
    for (const { id, text } of lessons) {
      expect(text.length, id).toBeGreaterThan(80);
      expect(text.length, id).toBeLessThan(400);
      expect(text, id).toMatch(/\.$/);
    }
  });

  it('stand together by topic, in the order of the topics', () => {
    const order = lessons.map(({ topic }) => topics.indexOf(topic));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(new Set(order).size).toBe(topics.length);
  });
});

describe.each(named)('$name', ({ lesson }) => {
  it('reads without repairs, under its own title', () => {
    const { document, repairs } = readParsed(lesson.file, catalogue);
    expect(repairs).toEqual([]);
    expect(document.title).toBe(lesson.title);
  });

  it('names every node', () => {
    for (const { label, id } of documentOf(lesson).nodes) expect(label, id).not.toBe('');
  });

  it('leaves room around every node and every value on a wire', () => {
    const document = documentOf(lesson);
    const boxes = [
      ...document.nodes.map((node) => nodeBox(document, node)),
      ...document.wires.map((wire) => wireBox(document, wire, lesson === mnist)),
    ];
    const colliding = boxes.flatMap((box, at) =>
      boxes
        .slice(at + 1)
        .filter((other) => overlaps(box, other))
        .map((other) => `${box.what} and ${other.what}`),
    );
    expect(colliding).toEqual([]);
  });

  it('runs from left to right, row by row', () => {
    const document = documentOf(lesson);
    const { nodes } = indexOf(document);
    const backward = document.wires.filter(({ from, to }) => {
      const [source, target] = [nodes.get(from.node), nodes.get(to.node)];
      if (!source || !target) return false;
      const { right, bottom } = nodeBox(document, source);
      const nextRow = target.position.y > bottom + 150;
      return right > target.position.x - 40 && !nextRow;
    });
    expect(backward.map(({ id }) => id)).toEqual([]);
  });
});

describe.each(calculated)('$name', ({ lesson }) => {
  it('traces without errors', () => {
    expect(trace(documentOf(lesson), catalogue).errors).toEqual([]);
  });

  it('gives the numbers a teacher expects', () => {
    expectAll(lesson, lesson.expected ?? {});
  });

  it('agrees with central differences', () => {
    const { checks, passed } = checkGradients(documentOf(lesson), catalogue);
    expect(checks.filter(({ verdict }) => verdict === 'mismatch')).toEqual([]);
    expect(passed).toBe(true);
    expect(checks.length).toBeGreaterThan(0);
  });
});

describe('an example that a golden graph has too gives all of its numbers:', () => {
  const same: Readonly<Record<string, string>> = {
    'fan-out': 'd-fan-out-twice',
    'sigmoid-neuron': 'b-sigmoid-neuron',
    'sigmoid-node': 'b-sigmoid-neuron-three-way-add',
    'least-squares': 'e-least-squares',
    'tied-autoencoder': 'f-tied-autoencoder',
    gplvm: 'g-gplvm',
    'three-four-two': 'i-mlp-3-4-2',
    xor: 'j-xor-with-error',
    residual: 'n-residual',
    'multi-task': 'r-multi-task',
    'batch-norm': 'h-batch-normalisation',
    'weight-decay': 's-l2-regularised',
    coin: 'k-coin-0.5',
    'coin-log': 'k-log-coin-0.5',
    'coin-biased': 'k-coin-0.75',
    'coin-biased-log': 'k-log-coin-0.75',
  };
  const goldens = new Map(graphCases().map((golden) => [golden.name, golden]));
  /** Gates that the one node σ stands for. */
  const inside = new Set(['n', 'e', 'one', 'd']);

  it.each(Object.entries(same))('%s', (id, name) => {
    const lesson = lessons.find((one) => one.id === id);
    const golden = goldens.get(name);
    if (!lesson || !golden) return expect.fail('not found');
    const { nodes } = trace(documentOf(lesson), catalogue);
    const wanted = Object.entries(golden.expected.nodes).filter(
      ([node]) => id !== 'sigmoid-node' || !inside.has(node),
    );
    expect(nodes.size).toBe(wanted.length);
    for (const [node, { value, gradient }] of wanted) {
      const got = nodes.get(node as NodeId);
      if (!got?.value) return expect.fail(`${node} has no value`);
      if (value != null) expectClose(got.value.data, value, `${node}.value`);
      if (gradient === null) expect(got.gradient, node).toBeNull();
      else if (gradient !== undefined && got.gradient) {
        expectClose(got.gradient.data, gradient, `${node}.gradient`);
      } else if (gradient !== undefined) expect.fail(`${node} has no gradient`);
    }
  });
});

describe('the numbers of the lectures, as the board shows them', () => {
  const shown = (id: string, digits: number) => {
    const lesson = lessons.find((one) => one.id === id);
    if (!lesson) throw new Error(`There is no example “${id}”.`);
    const { nodes } = trace(documentOf(lesson), catalogue);
    const round = (value?: ArrayValue | null) =>
      value && [...value.data.data].map((x) => x.toFixed(digits)).join(' ');
    return Object.fromEntries(
      [...nodes].map(([node, { value, gradient }]) => [
        node,
        { value: round(value), gradient: round(gradient) },
      ]),
    );
  };

  it('for the sigmoid neuron, gate by gate', () => {
    const { w0, x0, w1, x1, w2, s, n, e, d, f } = shown('sigmoid-neuron', 2);
    expect([d?.value, f?.value]).toEqual(['1.37', '0.73']);
    const backward = [f, d, e, n, s].map((node) => node?.gradient);
    expect(backward).toEqual(['1.00', '-0.53', '-0.53', '-0.20', '0.20']);
    const leaves = [w0, x0, w1, x1, w2].map((node) => node?.gradient);
    expect(leaves).toEqual(['-0.20', '0.39', '-0.39', '-0.59', '0.20']);
  });

  it('for batch normalization', () => {
    const { beta, gamma, x } = shown('batch-norm', 6);
    expect(beta?.gradient).toBe('2.000000');
    expect(gamma?.gradient).toBe('0.632454');
    expect(x?.gradient).toBe('0.885435 -0.505964 -2.023853 1.644382');
  });
});

it('the MNIST net has 101,770 parameters and knows nothing about blank images: loss ln 10', () => {
  const document = documentOf(mnist);
  const feed = (id: string, shape: readonly number[], data: Float64Array) =>
    [id as NodeId, { batched: true, shape: shape.slice(1), data: { shape, data } }] as const;
  const feeds = new Map([
    feed('x', [2, 784], new Float64Array(2 * 784)),
    feed('y', [2], Float64Array.of(3, 7)),
  ]);
  const { loss, errors, nodes } = trace(document, catalogue, { feeds });
  expect(errors).toEqual([]);
  expect(loss).toBeCloseTo(Math.LN10, 12);
  const parameters = document.nodes.filter(({ op }) => op === 'parameter');
  const count = parameters.map(({ id }) => nodes.get(id)?.value?.data.data.length ?? 0);
  expect(count.reduce((sum, each) => sum + each, 0)).toBe(101_770);
});
