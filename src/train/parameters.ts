import { type Edit, type GraphDocument, indexOf, type NodeId } from '#graph';
import { type NdArray, sameShape } from '#tensor';

/** The operation whose values training changes. */
export const parameterOperation = 'parameter';

/**
 * The edits that bring trained values into a document. A parameter that is gone, or has another shape
 * by now, is left alone: the run was about another graph.
 */
export function parameterEdits(
  document: GraphDocument,
  values: ReadonlyMap<NodeId, NdArray>,
): Edit[] {
  const { nodes } = indexOf(document);
  return [...values].flatMap(([id, value]): Edit[] => {
    const node = nodes.get(id);
    if (node?.op !== parameterOperation || !('shape' in node.attrs)) return [];
    const { shape } = node.attrs;
    if (!Array.isArray(shape) || !sameShape(shape, value.shape)) return [];
    return [{ type: 'setAttrs', node: id, attrs: { value } }];
  });
}
