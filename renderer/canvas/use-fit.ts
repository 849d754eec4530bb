import {
  getViewportForBounds,
  useNodesInitialized,
  useReactFlow,
  useStore,
  useStoreApi,
} from '@xyflow/react';
import { useCallback, useEffect, useRef } from 'react';
import { isSingle } from '../format/tensors.ts';
import { useEditor, useServices } from '../store/index.ts';
import { graphBounds } from './fit.ts';
import { labelScale } from './LabelScale.tsx';

const largestZoom = 1.25;
/** On a canvas this wide the notes stand beside its own buttons, on a narrower one above them: see canvas.css. */
const notesBesideFrom = 1060;
/** Below are the canvas's own buttons. */
const padding = { top: '32px', right: '24px', bottom: '64px', left: '24px' } as const;

/** Shows the whole graph, with the results and captions around its nodes. */
export function useFit(): (options?: { readonly duration?: number }) => void {
  const { store } = useServices();
  const { getInternalNode, setViewport } = useReactFlow();
  const flow = useStoreApi();
  return useCallback(
    ({ duration = 0 } = {}) => {
      const { trace, replicas, presenting } = store.getState();
      const noted = replicas !== null || trace.rounded !== undefined;
      const { width, height, minZoom } = flow.getState();
      const above = noted && !presenting && width < notesBesideFrom;
      const viewport = (scale: number) => {
        const bounds = graphBounds(
          trace.document,
          (id) => getInternalNode(id)?.measured,
          (id) => {
            const value = trace.nodes.get(id)?.value;
            return value !== undefined && !isSingle(value);
          },
          scale,
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

/**
 * Fits a document when it is opened and when the canvas changes its size, until the person moves the
 * view. Returns what to call when they do.
 */
export function useAutoFit(): () => void {
  const fit = useFit();
  const { setViewport } = useReactFlow();
  const { store } = useServices();
  const documentKey = useEditor((state) => state.documentKey);
  const fanned = useEditor(({ replicas }) => replicas?.examples ?? 0);
  const measured = useNodesInitialized();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const fitted = useRef('');
  const own = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another document starts anew
  useEffect(() => {
    // Nodes dropped on an empty canvas stay where they were dropped.
    own.current = store.getState().trace.document.nodes.length === 0;
    if (own.current) void setViewport({ x: 0, y: 0, zoom: 1 });
  }, [documentKey, fanned, store, setViewport]);
  useEffect(() => {
    const now = `${documentKey} ${fanned} ${width} ${height}`;
    if (!measured || own.current || fitted.current === now) return;
    fitted.current = now;
    fit();
  }, [measured, documentKey, fanned, width, height, fit]);
  return useCallback(() => {
    own.current = true;
  }, []);
}
