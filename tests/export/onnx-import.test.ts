import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ExportError, fromOnnx, toOnnx } from '#export';
import { type GraphDocument, readDocument, writeDocument } from '#graph';
import { catalogue } from '#ops';
import { fromNested, type NdArray, type Nested } from '#tensor';
import { trace } from '#trace';
import { writeOnnx } from '../../src/export/onnx/write.ts';
import { lessonCases, randomCases } from './cases.ts';
import { pythonWith, run } from './consumers.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradwire-onnx-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The document with these values in its inputs. */
function fed(document: GraphDocument, values: ReadonlyMap<string, NdArray>): GraphDocument {
  return {
    ...document,
    nodes: document.nodes.map((node) => {
      const value = node.op === 'input' ? values.get(node.label) : undefined;
      return value ? { ...node, attrs: { ...node.attrs, value } } : node;
    }),
  };
}

function expectClose(got: NdArray | undefined, wanted: NdArray): void {
  expect(got?.shape).toEqual(wanted.shape);
  wanted.data.forEach((x, at) => {
    expect(Math.abs((got?.data[at] ?? Number.NaN) - x)).toBeLessThanOrEqual(
      1e-4 * Math.max(1, Math.abs(x)),
    );
  });
}

/** [n, c, h, w] as [n, h, w, c]. */
function channelsLast({ shape, data }: NdArray): NdArray {
  const [n = 1, c = 1, h = 1, w = 1] = shape;
  const turned = new Float64Array(data.length);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < c; k++) {
      for (let p = 0; p < h * w; p++) {
        turned[(i * h * w + p) * c + k] = data[(i * c + k) * h * w + p] ?? 0;
      }
    }
  }
  return { shape: [n, h, w, c], data: turned };
}

const python = pythonWith('torch');

describe.skipIf(!python)(
  `models of PyTorch${python ? '' : ' (skipped: python3-torch is not installed)'}`,
  () => {
    it('give its numbers here', () => {
      run(python ?? '', [join(import.meta.dirname, 'python/torch_models.py'), folder]);
      for (const name of ['mlp', 'cnn', 'global', 'views']) {
        const document = fromOnnx(
          new Uint8Array(readFileSync(join(folder, `${name}.onnx`))),
          catalogue,
        );
        const { x, y } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<
          string,
          Nested
        >;
        const input = fromNested(x ?? []);
        const values = new Map([['x', input.shape.length === 4 ? channelsLast(input) : input]]);
        const traced = trace(fed(document, values), catalogue);
        expect(traced.errors, name).toEqual([]);
        const output = document.nodes.find(({ label }) => label === 'y');
        expectClose(output && traced.nodes.get(output.id)?.value?.data, fromNested(y ?? []));
        // It is a document like any other.
        const again = readDocument(writeDocument(document, catalogue), catalogue);
        expect(again.repairs).toEqual([]);
      }
    }, 120_000);
  },
);

describe('models of our own', () => {
  it.each(
    [...lessonCases, ...randomCases]
      .filter(({ name }) =>
        /product|three-four-two|residual|neuron|autoencoder|convolution|random-\d$/.test(name),
      )
      .map((each) => [each.name, each] as const),
  )('come back with their values: %s', (_, { traced }) => {
    let document: GraphDocument;
    try {
      document = fromOnnx(toOnnx(traced, catalogue), catalogue);
    } catch (error) {
      // What only the rules say, in more operations than we have.
      expect(error).toBeInstanceOf(ExportError);
      return;
    }
    const values = new Map(
      traced.document.nodes.flatMap(({ id, label, op }) => {
        const value = op === 'input' ? traced.nodes.get(id)?.value?.data : undefined;
        return value ? [[label || id, value] as const] : [];
      }),
    );
    const again = trace(fed(document, values), catalogue);
    const outputs = document.nodes.filter(
      ({ id }) => !document.wires.some(({ from }) => from.node === id),
    );
    for (const { id, label } of outputs) {
      const same = traced.document.nodes.find((node) => (node.label || node.id) === label);
      const wanted = same && traced.nodes.get(same.id)?.value?.data;
      const got = again.nodes.get(id)?.value?.data;
      if (wanted && got) expectClose(got, wanted);
    }
  });
});

type Part = Partial<Parameters<typeof writeOnnx>[0]['graph']>;

const whole = (graph: Part) =>
  writeOnnx({
    irVersion: 8,
    producer: 'test',
    opset: 17,
    graph: {
      name: 'g',
      initializers: [],
      inputs: [{ name: 'x', elementType: 1, shape: ['n', 3] }],
      outputs: [{ name: 'y', elementType: 1, shape: ['n', 3] }],
      nodes: [],
      ...graph,
    },
  });

const node = (opType: string, inputs: string[], outputs: string[]) => ({
  ...{ opType, name: `the ${opType}`, domain: '', attributes: [] },
  ...{ inputs, outputs },
});

describe('a model', () => {
  it.each<[string, Part, readonly string[]]>([
    [
      'with two outputs, one before the other',
      {
        nodes: [node('Relu', ['x'], ['y']), node('Tanh', ['y'], ['z'])],
        outputs: ['y', 'z'].map((name) => ({ name, elementType: 1, shape: ['n', 3] })),
      },
      ['input x', 'relu y', 'tanh z'],
    ],
    ['that takes a value twice', { nodes: [node('Mul', ['x', 'x'], ['y'])] }, ['input x', 'mul y']],
    ['with a sum of one', { nodes: [node('Sum', ['x'], ['y'])] }, ['input x']],
    [
      'that reshapes by 64-bit numbers',
      {
        inputs: [{ name: 'x', elementType: 1, shape: ['n', 6] }],
        nodes: [node('Reshape', ['x', 's'], ['y'])],
        initializers: [{ name: 's', dims: [3], dataType: 7, data: [-1, 2, 3] }],
      },
      ['input x', 'reshape y'],
    ],
    [
      'that is nothing but its input',
      { outputs: [{ name: 'x', elementType: 1, shape: [3] }] },
      ['input x'],
    ],
    [
      'with names of prototypes',
      {
        inputs: [{ name: '__proto__', elementType: 1, shape: ['n', 3] }],
        nodes: [node('Relu', ['__proto__'], ['toString'])],
        outputs: [{ name: 'toString', elementType: 1, shape: ['n', 3] }],
      },
      ['input __proto__', 'relu toString'],
    ],
    [
      'with endless names',
      {
        inputs: [{ name: 'x'.repeat(5000), elementType: 1, shape: ['n', 3] }],
        nodes: [node('Relu', ['x'.repeat(5000)], ['y'])],
      },
      [`input ${'x'.repeat(200)}`, 'relu y'],
    ],
  ])('%s is read', (_, graph, wanted) => {
    const document = fromOnnx(whole(graph), catalogue);
    expect(document.nodes.map(({ op, label }) => `${op} ${label}`)).toEqual(wanted);
    expect(readDocument(writeDocument(document, catalogue), catalogue).repairs).toEqual([]);
  });

  it.each<[Part, string]>([
    [{ nodes: [node('Relu', ['q'], ['y'])] }, 'its input “q” is given by no node before it'],
    [
      { nodes: [node('Dropout', ['x'], ['d', 'mask']), node('Mul', ['d', 'mask'], ['y'])] },
      'its input “mask” is a further result of “the Dropout”, and only the first ones are read here',
    ],
    [{ nodes: [node('Max', [], ['y'])] }, 'it lacks its input 1'],
    [{ inputs: [{ name: 'x', elementType: 8, shape: ['n', 3] }] }, 'something else than numbers'],
    [{ inputs: [{ name: 'x', elementType: 1, shape: ['n', 0] }] }, 'an axis of length 0'],
    [{ inputs: [{ name: 'x', elementType: 1, shape: ['n', 't'] }] }, 'an open length “t”'],
    [{ nodes: [node('constructor', ['x'], ['y'])] }, 'not known here: constructor'],
    [{ nodes: [] }, 'output “y” is given by no node'],
    [{ nodes: [node('Sub', ['x', 'x', 'x'], ['y'])] }, 'more inputs than “subtract” takes'],
    [
      {
        nodes: [
          node(
            'Sum',
            Array.from({ length: 30 }, () => 'x'),
            ['y'],
          ),
        ],
      },
      'more inputs than “add” takes',
    ],
  ])('is refused with a sentence: %j', (graph, sentence) => {
    expect(() => fromOnnx(whole(graph), catalogue)).toThrow(ExportError);
    expect(() => fromOnnx(whole(graph), catalogue)).toThrow(sentence);
  });

  /** A tensor as protobuf writes it: dims [2], its type, its name, then whatever else. */
  const tensor = (type: number, ...rest: readonly number[]) => {
    const bytes = [8, 2, 16, type, 66, 1, 119, ...rest];
    const initializer = [42, bytes.length, ...bytes];
    const made = whole({ nodes: [node('Relu', ['w'], ['y'])] });
    // The graph is the last field of the model: put it in again with one more field.
    const at = made.findIndex((byte, index) => byte === 58 && index > 4);
    const length = (made[at + 1] ?? 0) + initializer.length;
    return Uint8Array.from([
      ...made.slice(0, at + 1),
      length,
      ...made.slice(at + 2, at + 2 + (made[at + 1] ?? 0)),
      ...initializer,
      ...made.slice(at + 2 + (made[at + 1] ?? 0)),
    ]);
  };

  it.each([
    ['half precision', tensor(10, 74, 4, 0, 0x3c, 0, 0xc0)],
    ['half precision by its bits', tensor(10, 42, 5, 0x80, 0x78, 0x80, 0x80, 0x03)],
    ['16-bit whole numbers', tensor(5, 74, 4, 1, 0, 0xfe, 0xff)],
  ])('holds numbers of %s', (_, bytes) => {
    const held = fromOnnx(bytes, catalogue).nodes.find(({ label }) => label === 'w');
    expect(held?.attrs).toMatchObject({ value: { shape: [2], data: Float64Array.of(1, -2) } });
  });

  it('whose numbers lie in another file says so, and what to do', () => {
    expect(() => fromOnnx(tensor(1, 112, 1), catalogue)).toThrow(
      'The numbers of “w” lie in another file beside the model: save it with all in one file',
    );
  });
});

describe('what cannot be read', () => {
  const model = (nodes: readonly [op: string, name: string][]) =>
    writeOnnx({
      irVersion: 8,
      producer: 'test',
      opset: 17,
      graph: {
        name: 'g',
        initializers: [],
        inputs: [{ name: 'x', elementType: 1, shape: ['n', 3] }],
        outputs: [{ name: 'y', elementType: 1, shape: ['n', 3] }],
        nodes: nodes.map(([opType, name], at) => ({
          opType,
          name,
          domain: '',
          inputs: [at === 0 ? 'x' : `v${at - 1}`],
          outputs: [at === nodes.length - 1 ? 'y' : `v${at}`],
          attributes: [],
        })),
      },
    });

  it('is named in one sentence, with its nodes', () => {
    const made = model([
      ['Relu', 'fine'],
      ['Einsum', 'strange'],
      ['LSTM', 'memory'],
    ]);
    expect(() => fromOnnx(made, catalogue)).toThrow(
      'The model has operations that are not known here: Einsum (“strange”); LSTM (“memory”).',
    );
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('{"format": "gradwire"}')],
    ['a model cut short', model([['Relu', 'a']]).subarray(0, 40)],
    ['noise', Uint8Array.from({ length: 400 }, (_, at) => (at * 7919) % 256)],
  ])('is refused: %s', (_, bytes) => {
    expect(() => fromOnnx(bytes, catalogue)).toThrow(ExportError);
  });

  it('never breaks the reader, wherever a byte is changed', () => {
    const whole = model([
      ['Relu', 'a'],
      ['Sigmoid', 'b'],
    ]);
    for (let at = 0; at < whole.length; at++) {
      for (const byte of [0, 1, 0x7f, 0x80, 0xff]) {
        const changed = Uint8Array.from(whole);
        changed[at] = byte;
        try {
          fromOnnx(changed, catalogue);
        } catch (error) {
          expect(error instanceof Error && error.message).toMatch(/./);
        }
      }
    }
  });
});
