import { ExportError, fromOnnx } from '#export';
import { GraphError, type ReadResult, writeDocument } from '#graph';
import type { Registry } from '#ops';
import { readHere } from './reader.ts';

/** An ONNX model as a document, within the limits of those that can be shown. Throws `GraphError`. */
export function readModel(bytes: Uint8Array, registry: Registry): ReadResult {
  try {
    return readHere(writeDocument(fromOnnx(bytes, registry), registry), registry);
  } catch (error) {
    if (error instanceof ExportError) throw new GraphError('not-a-document', error.message);
    throw error;
  }
}
