import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  dataTypes,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from './messages.ts';

/** A model as the bytes of an `.onnx` file. */
export function writeOnnx({ irVersion, producer, opset, graph }: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  integer(writer, 1, irVersion);
  text(writer, 2, producer);
  message(writer, 7, (own) => writeGraph(own, graph));
  message(writer, 8, (own) => {
    text(own, 1, '');
    integer(own, 2, opset);
  });
  return writer.finish();
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(writer, 1, (own) => writeNode(own, node));
  text(writer, 2, graph.name);
  for (const tensor of graph.initializers) message(writer, 5, (own) => writeTensor(own, tensor));
  for (const value of graph.inputs) message(writer, 11, (own) => writeValue(own, value));
  for (const value of graph.outputs) message(writer, 12, (own) => writeValue(own, value));
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const name of node.inputs) text(writer, 1, name);
  for (const name of node.outputs) text(writer, 2, name);
  text(writer, 3, node.name);
  text(writer, 4, node.opType);
  for (const attribute of node.attributes) {
    message(writer, 5, (own) => writeAttribute(own, attribute));
  }
}

const attributeTypes = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;

function writeAttribute(writer: BinaryWriter, attribute: OnnxAttribute): void {
  text(writer, 1, attribute.name);
  switch (attribute.kind) {
    case 'float':
      writer.tag(2, WireType.Bit32).float(attribute.value);
      break;
    case 'int':
      integer(writer, 3, attribute.value);
      break;
    case 'string':
      writer.tag(4, WireType.LengthDelimited).bytes(new TextEncoder().encode(attribute.value));
      break;
    case 'tensor':
      message(writer, 5, (own) => writeTensor(own, attribute.value));
      break;
    case 'floats':
      for (const each of attribute.value) writer.tag(7, WireType.Bit32).float(each);
      break;
    case 'ints':
      for (const each of attribute.value) integer(writer, 8, each);
      break;
    case 'other':
      return;
  }
  integer(writer, 20, attributeTypes[attribute.kind]);
}

function writeTensor(writer: BinaryWriter, { name, dims, dataType, data }: OnnxTensor): void {
  for (const length of dims) integer(writer, 1, length);
  integer(writer, 2, dataType);
  text(writer, 8, name);
  writer.tag(9, WireType.LengthDelimited).bytes(rawBytes(dataType, data));
}

/** Little-endian, as the schema wants. */
function rawBytes(dataType: number, data: OnnxTensor['data']): Uint8Array {
  const size = dataType === dataTypes.float ? 4 : 8;
  const view = new DataView(new ArrayBuffer(size * data.length));
  for (let at = 0; at < data.length; at++) {
    const x = data[at] ?? 0;
    if (dataType === dataTypes.float) view.setFloat32(4 * at, x, true);
    else if (dataType === dataTypes.int64) view.setBigInt64(8 * at, BigInt(x), true);
    else view.setFloat64(8 * at, x, true);
  }
  return new Uint8Array(view.buffer);
}

function writeValue(writer: BinaryWriter, { name, elementType, shape }: OnnxValue): void {
  text(writer, 1, name);
  message(writer, 2, (type) =>
    message(type, 1, (tensor) => {
      integer(tensor, 1, elementType);
      if (!shape) return;
      message(tensor, 2, (own) => {
        for (const length of shape) {
          message(own, 1, (dimension) => {
            if (typeof length === 'number') integer(dimension, 1, length);
            else text(dimension, 2, length);
          });
        }
      });
    }),
  );
}

function integer(writer: BinaryWriter, field: number, value: number): void {
  writer.tag(field, WireType.Varint).int64(value);
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, WireType.LengthDelimited).string(value);
}

function message(writer: BinaryWriter, field: number, write: (own: BinaryWriter) => void): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}
