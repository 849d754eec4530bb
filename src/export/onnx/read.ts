import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { half } from '#tensor';
import { ExportError } from '../code/sources.ts';
import type {
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxValue,
} from './messages.ts';

/** A model from the bytes of an `.onnx` file. Throws one sentence where they are none. */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  let irVersion = 0;
  let producer = '';
  let opset = 0;
  let graph: OnnxGraph | undefined;
  try {
    fields(new BinaryReader(bytes), {
      1: (reader) => {
        irVersion = integer(reader);
      },
      2: (reader) => {
        producer = reader.string();
      },
      7: (reader) => {
        graph = readGraph(within(reader));
      },
      8: (reader) => {
        let domain = '';
        let version = 0;
        fields(within(reader), {
          1: (own) => {
            domain = own.string();
          },
          2: (own) => {
            version = integer(own);
          },
        });
        if (domain === '' || domain === 'ai.onnx') opset = version;
      },
    });
  } catch (error) {
    if (error instanceof ExportError) throw error;
    throw new ExportError('The file is no ONNX model, or it is damaged.');
  }
  if (!graph || irVersion === 0) throw new ExportError('The file is no ONNX model.');
  return { irVersion, producer, opset, graph };
}

type Take = (reader: BinaryReader, type: WireType) => void;

/** Reads a message field by field; those that are not asked for are skipped. */
function fields(reader: BinaryReader, takes: Readonly<Record<number, Take>>): void {
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const take = takes[field];
    if (take) take(reader, type);
    else reader.skip(type, field);
  }
}

function within(reader: BinaryReader): BinaryReader {
  return new BinaryReader(reader.bytes());
}

function integer(reader: BinaryReader): number {
  return Number(reader.int64());
}

/** A repeated number, packed or one by one. */
function numbers(list: number[], one: (reader: BinaryReader) => number): Take {
  return (reader, type) => {
    if (type !== WireType.LengthDelimited) {
      list.push(one(reader));
      return;
    }
    const packed = within(reader);
    while (packed.pos < packed.len) list.push(one(packed));
  };
}

function readGraph(reader: BinaryReader): OnnxGraph {
  const graph = {
    name: '',
    nodes: [] as OnnxNode[],
    initializers: [] as OnnxTensor[],
    inputs: [] as OnnxValue[],
    outputs: [] as OnnxValue[],
  };
  fields(reader, {
    1: (own) => graph.nodes.push(readNode(within(own))),
    2: (own) => {
      graph.name = own.string();
    },
    5: (own) => graph.initializers.push(readTensor(within(own))),
    11: (own) => graph.inputs.push(readValue(within(own))),
    12: (own) => graph.outputs.push(readValue(within(own))),
  });
  return graph;
}

function readNode(reader: BinaryReader): OnnxNode {
  const node = {
    opType: '',
    name: '',
    domain: '',
    inputs: [] as string[],
    outputs: [] as string[],
    attributes: [] as OnnxAttribute[],
  };
  fields(reader, {
    1: (own) => node.inputs.push(own.string()),
    2: (own) => node.outputs.push(own.string()),
    3: (own) => {
      node.name = own.string();
    },
    4: (own) => {
      node.opType = own.string();
    },
    5: (own) => node.attributes.push(readAttribute(within(own))),
    7: (own) => {
      node.domain = own.string();
    },
  });
  return node;
}

function readAttribute(reader: BinaryReader): OnnxAttribute {
  let name = '';
  let type = 0;
  let float = 0;
  let int = 0;
  let text = '';
  let tensor: OnnxTensor | undefined;
  const floats: number[] = [];
  const ints: number[] = [];
  fields(reader, {
    1: (own) => {
      name = own.string();
    },
    2: (own) => {
      float = own.float();
    },
    3: (own) => {
      int = integer(own);
    },
    4: (own) => {
      text = own.string();
    },
    5: (own) => {
      tensor = readTensor(within(own));
    },
    7: numbers(floats, (own) => own.float()),
    8: numbers(ints, integer),
    20: (own) => {
      type = own.int32();
    },
  });
  switch (type) {
    case 1:
      return { name, kind: 'float', value: float };
    case 2:
      return { name, kind: 'int', value: int };
    case 3:
      return { name, kind: 'string', value: text };
    case 4:
      return tensor ? { name, kind: 'tensor', value: tensor } : { name, kind: 'other' };
    case 6:
      return { name, kind: 'floats', value: floats };
    case 7:
      return { name, kind: 'ints', value: ints };
    default:
      return { name, kind: 'other' };
  }
}

/** How each type of number lies in raw data: its size and how it is read. */
const raw: Readonly<
  Record<number, readonly [size: number, (view: DataView, at: number) => number]>
> = {
  1: [4, (view, at) => view.getFloat32(at, true)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [1, (view, at) => view.getInt8(at)],
  4: [2, (view, at) => view.getUint16(at, true)],
  5: [2, (view, at) => view.getInt16(at, true)],
  6: [4, (view, at) => view.getInt32(at, true)],
  7: [8, (view, at) => Number(view.getBigInt64(at, true))],
  9: [1, (view, at) => view.getUint8(at)],
  10: [2, (view, at) => half(view.getUint16(at, true))],
  11: [8, (view, at) => view.getFloat64(at, true)],
  12: [4, (view, at) => view.getUint32(at, true)],
  13: [8, (view, at) => Number(view.getBigUint64(at, true))],
};

/** Half precision, which lies as its bits where it does not lie in raw data. */
const float16 = 10;

function readTensor(reader: BinaryReader): OnnxTensor {
  let name = '';
  let dataType = 0;
  let bytes: Uint8Array | undefined;
  let elsewhere = false;
  const dims: number[] = [];
  const data: number[] = [];
  fields(reader, {
    1: numbers(dims, integer),
    2: (own) => {
      dataType = own.int32();
    },
    4: numbers(data, (own) => own.float()),
    5: numbers(data, (own) => own.int32()),
    7: numbers(data, integer),
    8: (own) => {
      name = own.string();
    },
    9: (own) => {
      bytes = own.bytes();
    },
    10: numbers(data, (own) => own.double()),
    14: (own) => {
      elsewhere = own.int32() === 1;
    },
  });
  if (elsewhere) {
    throw new ExportError(
      `The numbers of “${name}” lie in another file beside the model: save it with all in one file (in PyTorch, torch.onnx.export(…, external_data=False)).`,
    );
  }
  if (bytes) {
    const known = raw[dataType];
    if (!known) throw new ExportError(`“${name}” holds numbers of a type that is not read here.`);
    const [size, read] = known;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const all = Float64Array.from({ length: Math.floor(bytes.length / size) }, (_, at) =>
      read(view, at * size),
    );
    return { name, dims, dataType, data: all };
  }
  return { name, dims, dataType, data: dataType === float16 ? data.map(half) : data };
}

function readValue(reader: BinaryReader): OnnxValue {
  let name = '';
  let elementType = 0;
  let shape: (number | string)[] | undefined;
  fields(reader, {
    1: (own) => {
      name = own.string();
    },
    2: (own) =>
      fields(within(own), {
        1: (type) =>
          fields(within(type), {
            1: (tensor) => {
              elementType = tensor.int32();
            },
            2: (tensor) => {
              const lengths: (number | string)[] = [];
              fields(within(tensor), {
                1: (dimension) => {
                  let length: number | string = '?';
                  fields(within(dimension), {
                    1: (each) => {
                      length = integer(each);
                    },
                    2: (each) => {
                      length = each.string();
                    },
                  });
                  lengths.push(length);
                },
              });
              shape = lengths;
            },
          }),
      }),
  });
  return { name, elementType, shape };
}
