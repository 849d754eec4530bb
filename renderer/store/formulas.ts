import { expressionToGraph } from '#formula';
import { type Edit, freshNodeId, type GraphError, type NodeId, type Position } from '#graph';
import { insight } from '../strings/en-insight.ts';
import { freshLabel } from './names.ts';
import type { EditorApi } from './store.ts';

const nodeSize = { width: 110, height: 90 };
const gap = 60;

/**
 * Draws the graph of an expression around `middle`, or below what lies there, as one step, and selects
 * it. The first graph of a document has its result as the loss: then the gradients are there at once.
 * Throws `ExpressionError` where the text is no expression.
 */
export function addGraphOf(
  store: EditorApi,
  text: string,
  middle: Position,
): readonly NodeId[] | GraphError {
  const { editor, registry, edit, select } = store.getState();
  const { edits, result } = expressionToGraph(text, editor.document, registry);
  const added = edits.flatMap((each) => (each.type === 'addNode' ? [each.node] : []));
  const width = Math.max(...added.map(({ position }) => position.x)) + nodeSize.width;
  const height = Math.max(...added.map(({ position }) => position.y)) + nodeSize.height;
  const corner = {
    x: Math.round(middle.x - width / 2),
    y: Math.round(middle.y - height / 2),
  };
  const inTheWay = editor.document.nodes
    .map(({ position }) => position)
    .filter(
      ({ x, y }) =>
        x + nodeSize.width > corner.x - gap &&
        x < corner.x + width + gap &&
        y + nodeSize.height > corner.y - gap &&
        y < corner.y + height + gap,
    );
  if (inTheWay.length > 0) {
    const lowest = Math.max(...editor.document.nodes.map(({ position }) => position.y));
    corner.y = lowest + nodeSize.height + gap;
  }
  const taken = new Set([...editor.document.nodes, ...added].map(({ label }) => label));
  const name = taken.has('f') ? freshLabel(editor.document, 'formula') : 'f';
  const placed = edits.map((each): Edit => {
    if (each.type !== 'addNode') return each;
    const { node } = each;
    const position = { x: corner.x + node.position.x, y: corner.y + node.position.y };
    // What the whole is worth has a name, as on the blackboard.
    const label = node.id === result && !node.label ? name : node.label;
    return { ...each, node: { ...node, label, position } };
  });
  if (editor.document.nodes.length === 0 && added.length > 1) {
    placed.push({ type: 'setLoss', loss: { node: result, seed: 1 } });
  }
  const refused = edit(insight.formula.edit(text), placed);
  if (refused) return refused;
  const ids = added.map(({ id }) => id);
  select({ nodes: new Set(ids) });
  return ids;
}

/** Adds one node that computes the whole expression. */
export function addFormulaNode(
  store: EditorApi,
  text: string,
  position: Position,
): GraphError | null {
  const { editor, edit, select } = store.getState();
  const id = freshNodeId(editor.document, 'formula');
  const label = freshLabel(editor.document, 'formula');
  const node = { id, op: 'formula', label, attrs: { expression: text }, position };
  const refused = edit(insight.formula.edit(text), [{ type: 'addNode', node }]);
  if (!refused) select({ nodes: new Set([id]) });
  return refused;
}
