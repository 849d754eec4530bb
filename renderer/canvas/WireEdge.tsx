import { EdgeLabelRenderer, type EdgeProps, getBezierPath, Position } from '@xyflow/react';
import { memo } from 'react';
import {
  defaultTraining,
  indexOf,
  inferForms,
  type NodeId,
  nodeId,
  type WireId,
  wireId,
} from '#graph';
import { formatDimensions } from '../format/tensors.ts';
import { type EditorStore, quizOutcome, useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { MathName } from '../ui/MathName.tsx';
import { Bead } from './Bead.tsx';
import { onCurve } from './curve.ts';
import { showsGradient, showsValue, type WireLook, widthOf, wireLook } from './look.ts';
import { QuizEntry, QuizMark } from './QuizEntry.tsx';
import { useFar } from './use-far.ts';
import { ValueChip } from './ValueChip.tsx';

/** A wire: value above, gradient below; while the film is on it, a bead travels along. */
export const WireEdge = memo(function WireEdge(props: EdgeProps) {
  const { id: text, source, sourceX, sourceY, targetX, targetY, selected = false } = props;
  const id = wireId(text);
  const look = useEditor((state) => wireLook(state, id, nodeId(source)));
  const width = useEditor((state) => widthOf(state, id, nodeId(source)));
  const far = useFar();
  // Where the wires of all replicas converge, each has its label beside its own replica.
  const place = useEditor((state) => labelPlace(state, nodeId(source), nodeId(props.target), id));
  const [path] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition: Position.Right,
    targetX,
    targetY,
    targetPosition: Position.Left,
  });
  const curve = { x0: sourceX, y0: sourceY, x3: targetX, y3: targetY };
  return (
    <g className="wire" data-look={look} data-selected={selected} style={{ '--wire-width': width }}>
      <path className="wire-hit" d={path} />
      <path className="wire-glow" d={path} />
      <path className="wire-line react-flow__edge-path" d={path} />
      <EdgeLabelRenderer>
        {!far && (
          <WireLabel
            id={id}
            {...onCurve(curve, place)}
            length={
              place === 0.5
                ? Math.hypot(targetX - sourceX, targetY - sourceY)
                : Math.min(Math.abs(targetX - sourceX), 1.4 * widestPerScale)
            }
            look={look}
            selected={selected}
          />
        )}
        <Bead curve={curve} look={look} />
      </EdgeLabelRenderer>
    </g>
  );
});

declare module 'react' {
  interface CSSProperties {
    /** By how much a wire's label may grow. */
    '--room'?: number;
    /** How thick a wire is, in pixels. */
    '--wire-width'?: number | undefined;
  }
}

/** A wire this long takes a label at its own size, one twice as long a label twice as large. */
const widestPerScale = 92;

interface WireLabelProps {
  readonly id: WireId;
  readonly x: number;
  readonly y: number;
  /** From port to port: what stands on the wire grows only as far as it has room. */
  readonly length: number;
  readonly look: WireLook;
  readonly selected: boolean;
}

const WireLabel = memo(function WireLabel({ id, x, y, length, look, selected }: WireLabelProps) {
  const { store } = useServices();
  const value = useEditor((state) => {
    const wire = indexOf(state.trace.document).wires.get(id);
    return wire && showsValue(state, wire.from.node) ? state.trace.wires.get(id)?.value : undefined;
  });
  const gradient = useEditor((state) => {
    const known = state.trace.wires.get(id)?.gradient;
    return known === null || showsGradient(state, id) ? known : undefined;
  });
  const reason = useEditor(({ trace }) => trace.wires.get(id)?.reason);
  const computed = useEditor(({ trace }) => trace.wires.get(id)?.value !== undefined);
  const hasGradient = useEditor(({ trace }) => trace.wires.get(id)?.gradient !== undefined);
  const name = useEditor(({ trace, registry }) => {
    const { wires, nodes } = indexOf(trace.document);
    const wire = wires.get(id);
    const from = wire && nodes.get(wire.from.node);
    if (wire?.name) return wire.name;
    // A source says its name itself.
    return from && registry.get(from.op)?.group !== 'sources' ? from.label : '';
  });
  const quizzed = useEditor((state) => quizOutcome(state, id));
  const training = useEditor((state) => state.workspace === 'train');
  const shape = useEditor((state) => (training ? shapeOf(state, id) : ''));
  if (training) {
    return (
      <span className="wire-anchor" style={{ left: x, top: y - 12 }}>
        <span className="wire-shape numeric">{shape}</span>
      </span>
    );
  }
  if (!computed && !name) return null;
  return (
    <div
      className="wire-anchor"
      style={{ left: x, top: y, '--room': Math.max(1, length / widestPerScale) }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the wire itself is the button; this only widens it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the wire itself takes the keys */}
      <div
        className="wire-label nodrag nopan"
        data-look={look}
        data-selected={selected}
        data-testid={`wire-${id}`}
        onClick={(event) => {
          const { selection, select, selectWire } = store.getState();
          if (!(event.shiftKey || event.ctrlKey || event.metaKey)) return selectWire(id);
          const wires = new Set(selection.wires);
          if (!wires.delete(id)) wires.add(id);
          select({ nodes: selection.nodes, wires });
        }}
      >
        {name && (
          <span className="wire-name">
            <MathName name={name} />
          </span>
        )}
        {computed && (
          <ValueChip
            value={value}
            gradient={gradient}
            hasGradient={hasGradient}
            why={reason ? strings.canvas.noGradientReason[reason] : undefined}
            asked={quizzed === 'open' ? <QuizEntry id={id} /> : undefined}
            mark={quizzed === 'right' ? <QuizMark /> : undefined}
          />
        )}
      </div>
    </div>
  );
});

/** How far along a wire its label stands, from 0 to 1. */
function labelPlace(
  { replicas, trace }: EditorStore,
  from: NodeId,
  to: NodeId,
  id: WireId,
): number {
  if (!replicas) return 0.5;
  const leaves = replicas.nodes.has(from);
  if (leaves === replicas.nodes.has(to)) return 0.5;
  const { outgoing, incoming } = indexOf(trace.document);
  const beside = leaves
    ? (outgoing.get(from) ?? []).filter((wire) => !replicas.nodes.has(wire.to.node))
    : [...(incoming.get(to)?.values() ?? [])].filter((wire) => !replicas.nodes.has(wire.from.node));
  // Several such wires at one replica have their labels one behind the other.
  const away =
    0.27 +
    0.21 *
      Math.max(
        0,
        beside.findIndex((wire) => wire.id === id),
      );
  return leaves ? away : 1 - away;
}

/** What will flow here while the graph trains, as far as the shapes are known: `784 ×128`. */
function shapeOf({ trace, registry }: EditorStore, id: WireId): string {
  const wire = indexOf(trace.document).wires.get(id);
  const form = wire && inferForms(trace.document, registry).get(wire.from.node);
  if (!form || !('form' in form)) return '';
  const batch = trace.document.training?.batchSize ?? defaultTraining.batchSize;
  const { shape, batched } = form.form;
  return [formatDimensions(shape), batched ? `×${batch}` : ''].filter(Boolean).join(' ');
}
