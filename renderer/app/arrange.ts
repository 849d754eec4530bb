import { type Alignment, align, type Box, distribute, indexOf, type NodeId } from '#graph';
import { isSingle } from '../format/tensors.ts';
import { arranger } from '../layout/arranger.ts';
import { type EditorApi, moveNodes } from '../store/index.ts';
import { arranging } from '../strings/en-arranging.ts';

/** The size that a node is drawn in. */
export type SizeOf = (
  id: NodeId,
) => { readonly width: number; readonly height: number } | undefined;

const usual = { width: 76, height: 76 };
/** What stands on a wire, with a little room around it. */
const number = { width: 72, height: 52 };
const tensor = { width: 140, height: 112 };

/** Lays out the selected nodes, or, where fewer than two are, all of them; why not, as one sentence. */
export async function arrangeNodes(store: EditorApi, sizeOf: SizeOf): Promise<string | undefined> {
  const { editor, selection, announce } = store.getState();
  const { document } = editor;
  if (document.nodes.length === 0) return arranging.nothing;
  const only = selection.nodes.size > 1 ? selection.nodes : null;
  const sizes = new Map(
    document.nodes.flatMap(({ id }) => {
      const size = sizeOf(id);
      return size ? [[id, size] as const] : [];
    }),
  );
  announce(arranging.working);
  const labels = new Map(
    [...store.getState().trace.wires].flatMap(([id, { value }]) =>
      value ? [[id, isSingle(value) ? number : tensor] as const] : [],
    ),
  );
  const positions = await arranger.arrange({ document, sizes, labels, only });
  if (!positions) return arranging.failed;
  if (store.getState().editor.document !== document) return arranging.changed;
  moveNodes(store, positions, undefined, arranging.layout(positions.size));
  announce(arranging.arranged(positions.size));
  return undefined;
}

export function alignSelected(
  store: EditorApi,
  sizeOf: SizeOf,
  how: Alignment,
): string | undefined {
  const boxes = selectedBoxes(store, sizeOf);
  if (boxes.size < 2) return arranging.selectTwo;
  moveNodes(store, align(boxes, how), undefined, arranging.align(boxes.size));
  return undefined;
}

export function distributeSelected(
  store: EditorApi,
  sizeOf: SizeOf,
  axis: 'x' | 'y',
): string | undefined {
  const boxes = selectedBoxes(store, sizeOf);
  if (boxes.size < 3) return arranging.selectThree;
  moveNodes(store, distribute(boxes, axis), undefined, arranging.distribute(boxes.size));
  return undefined;
}

function selectedBoxes(store: EditorApi, sizeOf: SizeOf): ReadonlyMap<NodeId, Box> {
  const { editor, selection } = store.getState();
  const { nodes } = indexOf(editor.document);
  return new Map(
    [...selection.nodes].flatMap((id) => {
      const node = nodes.get(id);
      return node ? [[id, { ...node.position, ...(sizeOf(id) ?? usual) }] as const] : [];
    }),
  );
}
