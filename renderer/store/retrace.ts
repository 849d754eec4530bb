import type { EditorState, GraphDocument, GraphNode } from '#graph';
import type { Registry } from '#ops';
import { type Trace, trace } from '#trace';
import type { NumberDisplay } from '../format/numbers.ts';

/** About half a second forward, a second backward: more would make the window hang at every edit. */
const mostWork = 4e8;

/**
 * The trace of the editor's document, for exactly its revision. Where an edit changed nothing that is
 * computed (a node was moved), the numbers of the last trace are taken over. Rounded like the blackboard
 * where that is chosen.
 */
export function retrace(
  { document, revision }: EditorState,
  registry: Registry,
  { blackboard, digits }: NumberDisplay,
  last?: Trace,
): Trace {
  const decimals = blackboard ? digits : undefined;
  if (last && last.rounded === decimals && computesTheSame(last.document, document)) {
    return { ...last, document, revision };
  }
  return trace(document, registry, { revision, decimals, most: mostWork });
}

function computesTheSame(a: GraphDocument, b: GraphDocument): boolean {
  if (a.wires !== b.wires || a.loss !== b.loss || a.nodes.length !== b.nodes.length) return false;
  return a.nodes.every((node, at) => sameRule(node, b.nodes[at]));
}

function sameRule(a: GraphNode, b: GraphNode | undefined): boolean {
  if (a === b) return true;
  return a.id === b?.id && a.op === b.op && a.label === b.label && a.attrs === b.attrs;
}
