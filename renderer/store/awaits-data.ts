import type { GraphError, GraphNode } from '#graph';

/** An input that takes its values from the data set has none before training: that is no fault. */
export function awaitsData(node: GraphNode | undefined, error: GraphError): boolean {
  return error.code === 'missing-value' && fieldOf(node) !== undefined;
}

function fieldOf(node: GraphNode | undefined): string | undefined {
  const attrs = node?.attrs;
  return attrs && 'field' in attrs && typeof attrs.field === 'string' ? attrs.field : undefined;
}
