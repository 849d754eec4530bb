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
