import { useReactFlow, ViewportPortal } from '@xyflow/react';
import { ChevronsRightLeft, Info, Minimize2 } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { collapseRefusal, indexOf, type NodeId, type Position } from '#graph';
import { expansionOf } from '#ops';
import {
  collapseFrameOf,
  enterFrame,
  moveNodes,
  setFolded,
  useEditor,
  useServices,
} from '../store/index.ts';
import { grouping, isFrameColor } from '../strings/en-grouping.ts';
import { insight } from '../strings/en-insight.ts';
import type { FlowNode } from './flow-nodes.ts';
import { drawnRects, type FrameBox, frameBoxes } from './frame-boxes.ts';
import { shownView } from './view.ts';
import './frames.css';

const text = insight.composites;
const nudge = 10;

interface FramesProps {
  readonly nodes: readonly FlowNode[];
  /** Shows nodes elsewhere while they are dragged. */
  readonly drag: (positions: ReadonlyMap<NodeId, Position>) => void;
  /** Leaves them there. */
  readonly drop: (positions?: ReadonlyMap<NodeId, Position>) => void;
}

/** The frames, behind their nodes. */
export function Frames({ nodes, drag, drop }: FramesProps) {
  const view = useEditor(shownView);
  const all = useEditor(({ trace }) => trace.document.frames);
  const frames = view?.frames ?? all;
  const boxes = useMemo(() => {
    if (frames.length === 0) return [];
    return frameBoxes(frames, drawnRects(nodes, view));
  }, [frames, nodes, view]);
  if (boxes.length === 0) return null;
  return (
    <ViewportPortal>
      {boxes.map((box) => (
        <FrameView key={box.frame.id} box={box} drag={drag} drop={drop} />
      ))}
    </ViewportPortal>
  );
}

type FrameViewProps = Omit<FramesProps, 'nodes'> & { readonly box: FrameBox };

function FrameView({ box, drag, drop }: FrameViewProps) {
  const { store } = useServices();
  const { getZoom } = useReactFlow();
  const { frame, x, y, width, height } = box;
  const selected = useEditor(({ selection }) => frame.nodes.every((id) => selection.nodes.has(id)));
  const title = useEditor(({ trace, registry }) =>
    frame.composite ? collapseRefusal(trace.document, registry, frame.id)?.message : undefined,
  );
  const note = frame.composite && expansionOf(frame.composite.node.op)?.note;
  const end = useRef<(() => void) | null>(null);

  const select = () => store.getState().select({ nodes: new Set(frame.nodes) });
  const shifted = (dx: number, dy: number) => {
    const { nodes } = indexOf(store.getState().trace.document);
    return new Map(
      frame.nodes.flatMap((id): [NodeId, Position][] => {
        const at = nodes.get(id)?.position;
        return at ? [[id, { x: Math.round(at.x + dx), y: Math.round(at.y + dy) }]] : [];
      }),
    );
  };
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    const from = { x: event.clientX, y: event.clientY };
    let moved: ReadonlyMap<NodeId, Position> | undefined;
    const move = ({ clientX, clientY }: globalThis.PointerEvent) => {
      const [dx, dy] = [clientX - from.x, clientY - from.y];
      if (!moved && Math.hypot(dx, dy) < 4) return;
      moved = shifted(dx / getZoom(), dy / getZoom());
      drag(moved);
    };
    const stop = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', up);
      window.removeEventListener('pointercancel', giveUp);
      window.removeEventListener('keydown', cancel, { capture: true });
      end.current = null;
    };
    const up = () => {
      stop();
      drop(moved);
      if (moved) moveNodes(store, moved);
    };
    const giveUp = () => {
      stop();
      drop();
    };
    const cancel = (key: globalThis.KeyboardEvent) => {
      if (key.key === 'Escape') giveUp();
    };
    end.current?.();
    end.current = giveUp;
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', up);
    window.addEventListener('pointercancel', giveUp);
    window.addEventListener('keydown', cancel, { capture: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [dx, dy] = steps[event.key] ?? [0, 0];
    if (dx === 0 && dy === 0) return;
    event.preventDefault();
    event.stopPropagation();
    moveNodes(store, shifted(dx * nudge, dy * nudge), `nudge ${frame.id}`);
  };
  const collapse = (event: { readonly clientX: number; readonly clientY: number }) => {
    const refused = collapseFrameOf(store, frame.id);
    if (!refused) return;
    store.getState().showBubble({ message: refused.message, x: event.clientX, y: event.clientY });
  };
  return (
    <section
      className="frame"
      aria-label={text.frameName(frame.title)}
      data-selected={selected}
      data-color={frame.color && isFrameColor(frame.color) ? frame.color : ''}
      data-testid={`frame-${frame.id}`}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
    >
      <div className="frame-header nodrag nopan">
        <button
          type="button"
          className="frame-title"
          title={note}
          aria-description={note}
          onPointerDown={onPointerDown}
          onClick={select}
          onDoubleClick={() => enterFrame(store, frame.id)}
          onKeyDown={onKeyDown}
        >
          {frame.title}
          {note && <Info size={13} aria-hidden="true" />}
        </button>
        <button
          type="button"
          className="frame-fold"
          aria-label={`${grouping.foldHint}: ${frame.title}`}
          title={grouping.foldHint}
          onClick={() => setFolded(store, frame.id, true)}
        >
          <Minimize2 size={14} aria-hidden="true" />
        </button>
        {frame.composite && (
          <button
            type="button"
            className="frame-collapse"
            aria-label={`${text.collapse} ${frame.title}`}
            aria-disabled={title !== undefined}
            title={title ?? text.collapseHint}
            onClick={collapse}
          >
            <ChevronsRightLeft size={14} aria-hidden="true" />
          </button>
        )}
      </div>
    </section>
  );
}

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
