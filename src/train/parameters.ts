import { type Edit, type GraphDocument, type GraphNode, indexOf } from '#graph';
import type { Registry } from '#ops';
import { type NdArray, sameShape } from '#tensor';
import type { Learnt } from './learnt.ts';
import { averagesOf } from './modes.ts';

/** The operation whose values training changes. */
export const parameterOperation = 'parameter';

/**
 * The edits that bring what was learnt into a document. A parameter that is gone, or has another shape
 * by now, is left alone, and so are running averages: the run was about another graph.
 */
export function parameterEdits(
  document: GraphDocument,
  registry: Registry,
  { parameters, averages }: Learnt,
): Edit[] {
  const { nodes } = indexOf(document);
  const edits: Edit[] = [];
  for (const [id, value] of parameters) {
    const node = nodes.get(id);
    if (node && isOfShape(node, value))
      edits.push({ type: 'setAttrs', node: id, attrs: { value } });
  }
  for (const [id, values] of averages) {
    const node = nodes.get(id);
    const kept = node ? averagesOf(document, registry, node) : [];
    const fitting = kept.flatMap(({ attribute, initial }) => {
      const value = values[attribute];
      return value && sameShape(value.shape, initial.shape) ? [[attribute, value] as const] : [];
    });
    if (fitting.length === 0) continue;
    edits.push({ type: 'setAttrs', node: id, attrs: Object.fromEntries(fitting) });
  }
  return edits;
}

function isOfShape({ op, attrs }: GraphNode, value: NdArray): boolean {
  if (op !== parameterOperation || !('shape' in attrs)) return false;
  return Array.isArray(attrs.shape) && sameShape(attrs.shape, value.shape);
}
