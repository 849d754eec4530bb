/**
 * The messages of ONNX (onnx.proto3) as far as graphs of ours need them, as plain objects; `protobuf.ts` reads and
 * writes them. Names are the schema's own.
 */

export const dataTypes = { float: 1, int32: 6, int64: 7, bool: 9, double: 11 } as const;

export interface OnnxTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  /** All its numbers; int64 beyond 2⁵³ is not for us. */
  readonly data: readonly number[] | Float32Array | Float64Array;
}

export type OnnxAttribute = { readonly name: string } & (
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'tensor'; readonly value: OnnxTensor }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  /** A subgraph, or something else that no operation of ours has. */
  | { readonly kind: 'other' }
);

export interface OnnxNode {
  readonly opType: string;
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
}

export interface OnnxValue {
  readonly name: string;
  readonly elementType: number;
  /** A length, or the name of one that is open; undefined where nothing is known of the shape. */
  readonly shape: readonly (number | string)[] | undefined;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly producer: string;
  readonly opset: number;
  readonly graph: OnnxGraph;
}
