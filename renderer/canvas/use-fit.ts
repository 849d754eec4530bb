import {
  getViewportForBounds,
  type InternalNode,
  type Rect,
  useNodesInitialized,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { GraphDocument, GraphView, NodeId } from '#graph';
import { isSingle } from '../format/tensors.ts';
import { noteRects } from '../notes/index.ts';
import { useEditor, useServices } from '../store/index.ts';
import { graphBounds } from './fit.ts';
import type { Size } from './flow-nodes.ts';
import { labelScale } from './LabelScale.tsx';
import { frameDrawn, isOutside } from './shown-ids.ts';
import { shownView } from './view.ts';

const largestZoom = 1.25;
/** On a canvas this wide the notes stand beside its own buttons, on a narrower one above them: see canvas.css. */
const notesBesideFrom = 1060;
/** Below are the canvas's own buttons. */
const padding = { top: '32px', right: '24px', bottom: '64px', left: '24px' } as const;

/** The document with no more than what is drawn as itself. */
function drawnOnly(document: GraphDocument, view: GraphView | undefined): GraphDocument {
  if (!view) return document;
  const wires = view.wires.map(({ wire }) => wire);
  return { ...document, nodes: view.nodes, frames: view.frames, wires };
}

/** Where groups and what lies outside of the view are drawn. */
function extraRects(nodes: Iterable<InternalNode>): readonly Rect[] {
  return [...nodes].flatMap(({ id, measured, internals }) => {
    if (frameDrawn(id) === null && !isOutside(id)) return [];
    const { width = 0, height = 0 } = measured;
    return [{ ...internals.positionAbsolute, width, height }];
  });
}

/** Shows the whole graph, with the results and captions around its nodes. */
export function useFit(): (options?: { readonly duration?: number }) => void {
  const { store } = useServices();
  const { getInternalNode, setViewport } = useReactFlow();
  const flow = useStoreApi();
  return useCallback(
    ({ duration = 0 } = {}) => {
      const state = store.getState();
      const { trace, replicas, presenting, inside } = state;
      const view = shownView(state);
      const { nodeLookup, domNode } = flow.getState();
      const extra = [
        ...(view ? extraRects(nodeLookup.values()) : []),
        ...(inside === null ? noteRects(trace.document.notes, domNode) : []),
      ];
      const noted = replicas !== null || trace.rounded !== undefined;
      const { width, height, minZoom } = flow.getState();
      const above = noted && !presenting && width < notesBesideFrom;
      const viewport = (scale: number) => {
        const bounds = graphBounds(
          drawnOnly(trace.document, view),
          (id) => getInternalNode(id)?.measured,
          (id) => {
            const value = trace.nodes.get(id)?.value;
            return value !== undefined && !isSingle(value);
          },
          scale,
          extra,
        );
        return (
          bounds &&
          getViewportForBounds(bounds, width, height, minZoom, largestZoom, {
            ...padding,
            ...(above ? { bottom: '116px' } : {}),
          })
        );
      };
      // From afar what is written is larger, and needs more of the room.
      const roughly = viewport(1);
      if (!roughly || width === 0) return;
      const fitting = viewport(labelScale(roughly.zoom)) ?? roughly;
      void setViewport(fitting, { duration });
    },
    [store, flow, getInternalNode, setViewport],
  );
}

/** In milliseconds: by then all that is new was measured. */
const settled = 80;

/**
 * Fits a document when it is opened and when the canvas changes its size, until the person moves the
 * view. Returns what to call when they do.
 * @param sizes of the nodes, once they are measured: the first picture is fitted by guesses, and follows them at once
 */
export function useAutoFit(sizes: ReadonlyMap<NodeId, Size>): () => void {
  const fit = useFit();
  const { setViewport } = useReactFlow();
  const { store } = useServices();
  const documentKey = useEditor((state) => state.documentKey);
  const fanned = useEditor(({ replicas }) => replicas?.examples ?? 0);
  const inside = useEditor((state) => state.inside ?? '');
  const onlyNotes = useEditor(
    ({ editor: { document } }) => document.nodes.length === 0 && document.notes.length > 0,
  );
  const measured = useNodesInitialized() || onlyNotes;
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const fitted = useRef('');
  const own = useRef(false);
  const settlesBy = useRef(0);
  // A change before the first picture is painted: React then has all effects take place before it, also those by which
  // React Flow learns its size, and no graph is seen before it is fitted.
  const [, fitFirst] = useState(false);
  useLayoutEffect(() => fitFirst(true), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another document starts anew
  useEffect(() => {
    // Nodes dropped on an empty canvas stay where they were dropped.
    const { nodes, notes } = store.getState().trace.document;
    own.current = nodes.length + notes.length === 0;
    if (own.current) void setViewport({ x: 0, y: 0, zoom: 1 });
  }, [documentKey, fanned, inside, store, setViewport]);
  useEffect(() => {
    const now = `${documentKey} ${fanned} ${inside} ${width} ${height}`;
    if (!measured || own.current || fitted.current === now) return undefined;
    const other = !fitted.current.startsWith(`${documentKey} ${fanned} ${inside} `);
    fitted.current = now;
    fit();
    settlesBy.current = performance.now() + settled;
    if (!other || inside === '') return undefined;
    const again = setTimeout(() => !own.current && fit(), settled);
    return () => clearTimeout(again);
  }, [measured, documentKey, fanned, inside, width, height, fit]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other sizes are known
  useEffect(() => {
    if (!own.current && performance.now() < settlesBy.current) fit();
  }, [sizes, fit]);
  return useCallback(() => {
    own.current = true;
  }, []);
}
