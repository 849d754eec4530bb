import { Panel, type ReactFlowState, useReactFlow, useStoreApi } from '@xyflow/react';
import { type PointerEvent, useEffect, useRef, type WheelEvent } from 'react';
import type { Position } from '#graph';
import { strings } from '../strings/en.ts';
import { usePainted } from '../ui/painted.ts';
import type { FlowNode } from './flow-nodes.ts';
import type { Area } from './overview.ts';
import { useColours } from './use-colours.ts';

const size = { width: 144, height: 88 };
/** What stays free around the graph, in CSS pixels. */
const margin = 6;
const usual = { width: 96, height: 76 };
/** Nobody sees the corners of a lower box, in CSS pixels; drawing thousands of them takes long. */
const roundedFrom = 4;

/** Where the small map shows what: its scale, and what lies at its corner. */
interface Placing {
  readonly scale: number;
  readonly corner: Position;
}

interface SmallMapProps {
  readonly nodes: readonly FlowNode[];
}

/** The whole graph in the corner of the canvas, and what of it is in view; drag and wheel move the view. */
export function SmallMap({ nodes }: SmallMapProps) {
  // The first picture does without it.
  return usePainted() && <DrawnMap nodes={nodes} />;
}

function DrawnMap({ nodes }: SmallMapProps) {
  const flow = useStoreApi();
  const { setViewport } = useReactFlow();
  const colours = useColours();
  const canvas = useRef<HTMLCanvasElement>(null);
  const placing = useRef<Placing>({ scale: 1, corner: { x: 0, y: 0 } });

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const boxes = nodes.map(({ position, measured }) => ({ ...usual, ...measured, ...position }));
    const around = union(boxes);
    let frame = 0;
    const draw = () => {
      frame = 0;
      const pixels = window.devicePixelRatio;
      element.width = Math.round(size.width * pixels);
      element.height = Math.round(size.height * pixels);
      const view = viewOf(flow.getState());
      const whole = around ? union([around, view]) : view;
      if (!whole || view.width === 0) return;
      placing.current = placed(whole);
      const { scale, corner } = placing.current;
      pen.setTransform(pixels, 0, 0, pixels, 0, 0);
      pen.fillStyle = colours('--faint');
      pen.beginPath();
      for (const box of boxes) {
        const [left, top] = [(box.x - corner.x) * scale, (box.y - corner.y) * scale];
        const [width, height] = [box.width * scale, box.height * scale];
        if (height < roundedFrom) pen.rect(left, top, width, height);
        else pen.roundRect(left, top, width, height, Math.min(16 * scale, height / 2));
      }
      pen.fill();
      pen.strokeStyle = colours('--value');
      pen.lineWidth = 1.5;
      pen.strokeRect(
        (view.x - corner.x) * scale,
        (view.y - corner.y) * scale,
        view.width * scale,
        view.height * scale,
      );
    };
    /** Once before the next frame, whatever changes until then. */
    const plan = () => {
      frame ||= requestAnimationFrame(draw);
    };
    plan();
    const end = flow.subscribe((now, before) => {
      const { transform, width, height } = before;
      if (now.transform !== transform || now.width !== width || now.height !== height) plan();
    });
    return () => {
      cancelAnimationFrame(frame);
      end();
    };
  }, [nodes, flow, colours]);

  const drag = (event: PointerEvent) => {
    if (event.buttons === 0) return;
    const { scale } = placing.current;
    const { transform } = flow.getState();
    const [x, y, zoom] = transform;
    const by = zoom / scale;
    void setViewport({ x: x - event.movementX * by, y: y - event.movementY * by, zoom });
  };
  const wheel = ({ deltaY }: WheelEvent) => {
    const { transform, width, height, minZoom, maxZoom } = flow.getState();
    const [x, y, zoom] = transform;
    const next = Math.min(maxZoom, Math.max(minZoom, zoom * 2 ** (-deltaY * 0.002)));
    // What is in the middle stays there.
    const grown = next / zoom;
    void setViewport({
      x: width / 2 - (width / 2 - x) * grown,
      y: height / 2 - (height / 2 - y) * grown,
      zoom: next,
    });
  };
  return (
    <Panel position="bottom-right" className="minimap">
      <canvas
        ref={canvas}
        role="img"
        aria-label={strings.canvas.minimap}
        style={size}
        onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
        onPointerMove={drag}
        onWheel={wheel}
      />
    </Panel>
  );
}

function viewOf({ transform, width, height }: ReactFlowState): Area {
  const [x, y, zoom] = transform;
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

function placed({ x, y, width, height }: Area): Placing {
  const scale = Math.min((size.width - 2 * margin) / width, (size.height - 2 * margin) / height);
  return {
    scale,
    corner: {
      x: x - (size.width / scale - width) / 2,
      y: y - (size.height / scale - height) / 2,
    },
  };
}

function union(areas: readonly Area[]): Area | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, width, height } of areas) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + width);
    bottom = Math.max(bottom, y + height);
  }
  if (left > right) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
