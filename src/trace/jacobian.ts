import { indexOf, type WireId } from '#graph';
import { PortGradients, type Registry } from '#ops';
import { type ArrayValue, Float64Ops, filled, type NdArray, ValueOps } from '#tensor';
import type { Trace } from './trace.ts';

/** d output / d input in full, in denominator layout: dL/dx = Jacobian · dL/dy. */
export interface Jacobian {
  /** A row for each entry of the input, a column for each entry of the output. */
  readonly matrix: NdArray;
  /** Entries of the input and of the output; the matrix may hold only the first of each. */
  readonly rows: number;
  readonly columns: number;
}

/**
 * The local gradient of the node a wire enters with respect to that wire, by its backward rule applied
 * to unit vectors, at most `most` × `most` of it. Entries count row-major, the batch's axis included.
 * Null where there are no values, or no gradient passes.
 */
export function jacobian(
  { document, nodes }: Trace,
  registry: Registry,
  wire: WireId,
  most = Number.POSITIVE_INFINITY,
): Jacobian | null {
  const { wires, nodes: drawn, incoming } = indexOf(document);
  const to = wires.get(wire)?.to;
  const node = to && drawn.get(to.node);
  const operation = node && registry.get(node.op);
  const output = to && nodes.get(to.node)?.value;
  if (!to || !node || !operation || !output) return null;
  const inputs: Record<string, ArrayValue> = {};
  for (const [port, { from }] of incoming.get(node.id) ?? []) {
    const value = nodes.get(from.node)?.value;
    if (value) inputs[port] = value;
  }
  const rows = inputs[to.port]?.data.data.length ?? 0;
  const columns = output.data.data.length;
  const [height, width] = [Math.min(rows, most), Math.min(columns, most)];
  const matrix = filled([height, width], 0);
  const o = new ValueOps(new Float64Ops());
  for (let column = 0; column < width; column++) {
    const upstream = { ...output, data: filled(output.data.shape, 0) };
    upstream.data.data[column] = 1;
    const context = { inputs, output, upstream, attrs: node.attrs };
    const gradient = new PortGradients(operation, o, context).gradient(to.port);
    if (!gradient) return null;
    for (let row = 0; row < height; row++) {
      matrix.data[row * width + column] = gradient.data.data[row] ?? 0;
    }
  }
  return { matrix, rows, columns };
}
