import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
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
import {
  cutWire,
  type EditorStore,
  quizOutcome,
  useEditorShallow,
  useNumbers,
  useServices,
} from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { MathName } from '../ui/MathName.tsx';
import { Bead } from './Bead.tsx';
import { chipWidth, roomFor } from './chip-room.ts';
import { besideReplica, onCurve, pathOf, type ReplicaEnd } from './curve.ts';
import { Factors } from './Factors.tsx';
import type { FlowEdge } from './flow-nodes.ts';
import { beginNaming, useWireGesture } from './gesture-state.ts';
import { factorsOn, showsGradient, showsValue, type WireLook, widthOf, wireLook } from './look.ts';
import { QuizEntry, QuizMark } from './QuizEntry.tsx';
import { useCompact, useFar } from './use-far.ts';
import { ValueChip } from './ValueChip.tsx';
import { WireNameField } from './WireNameField.tsx';

const nowhere = { from: nodeId(''), to: nodeId(''), detour: undefined };

/** A wire: value above, gradient below; while the film is on it, a bead travels along. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id: text, data, sourceX, sourceY, targetX, targetY, selected = false } = props;
  const { from, to, detour } = data ?? nowhere;
  const id = wireId(text);
  const far = useFar();
  const { look, width, fanned, end, rank } = useEditorShallow((state) => ({
    look: wireLook(state, id, from),
    width: widthOf(state, id, from),
    ...replicaEnd(state, from, to, id),
  }));
  const taking = useWireGesture(id, 'taking');
  const naming = useWireGesture(id, 'naming');
  const curve = { x0: sourceX, y0: sourceY, x3: targetX, y3: targetY, detour };
  const path = pathOf(curve);
  // Where the wires of all replicas converge, each has its label beside its own replica.
  const place = end ? besideReplica(curve, end, rank) : rank > 1 ? alongRow : 0.5;
  return (
    <g
      className="wire"
      data-look={look}
      data-selected={selected}
      data-taking={taking || undefined}
      style={{ '--wire-width': width }}
    >
      <path className="wire-hit" d={path} />
      <path className="wire-glow" d={path} />
      <path className="wire-line react-flow__edge-path" d={path} />
      <EdgeLabelRenderer>
        {(!far || naming) && (
          <WireLabel
            id={id}
            {...onCurve(curve, place)}
            dx={detour ? detour.x2 - detour.x1 : Math.abs(targetX - sourceX)}
            dy={detour ? 0 : Math.abs(targetY - sourceY)}
            place={place}
            most={fanned ? largestInReplicas : 9}
            look={look}
            selected={selected}
            naming={naming}
          />
        )}
      </EdgeLabelRenderer>
      <Bead curve={curve} look={look} />
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

interface WireLabelProps {
  readonly id: WireId;
  readonly x: number;
  readonly y: number;
  /** From port to port. */
  readonly dx: number;
  readonly dy: number;
  /** How far along the wire it stands. */
  readonly place: number;
  /** How much it may grow even where there is more room. */
  readonly most: number;
  readonly look: WireLook;
  readonly selected: boolean;
  /** Whether its name is being typed. */
  readonly naming: boolean;
}

const WireLabel = memo(function WireLabel(props: WireLabelProps) {
  const { id, x, y, dx, dy, place, most, look, selected, naming } = props;
  const { store } = useServices();
  // One question to the store for all of it: on a large graph a thousand labels ask at every step of the film.
  const shown = useEditorShallow((state) => labelOf(state, id));
  const { value, gradient, reason, computed, hasGradient, name, quizzed, training, shape } = shown;
  const numbers = useNumbers();
  const compact = useCompact();
  if (training) {
    return (
      <span className="wire-anchor" style={{ left: x, top: y - 12 }}>
        <span className="wire-shape numeric">{shape}</span>
      </span>
    );
  }
  if (!computed && !name && !naming) return null;
  const { local, upstream } = shown;
  const factors = local !== undefined && upstream !== undefined ? { local, upstream } : undefined;
  const written = factors ? Object.values(factors).map((x) => numbers.operand(x)) : [];
  const width = chipWidth(
    [value, gradient],
    compact,
    numbers,
    dx < narrow ? written : [written.join(' × ')],
  );
  return (
    <div
      className="wire-anchor"
      style={{ left: x, top: y, '--room': Math.min(most, roomFor(width, { dx, dy, place })) }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the wire itself is the button; this only widens it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the wire itself takes the keys */}
      <div
        className="wire-label nodrag nopan"
        data-look={look}
        data-selected={selected}
        data-testid={`wire-${id}`}
        data-wire={id}
        onDoubleClick={(event) => {
          // Not within a field of a quiz.
          if (!(event.target instanceof HTMLInputElement)) beginNaming(id);
        }}
        onClick={(event) => {
          if (event.altKey) return cutWire(store, id);
          const { selection, select, selectWire } = store.getState();
          if (!(event.shiftKey || event.ctrlKey || event.metaKey)) return selectWire(id);
          const wires = new Set(selection.wires);
          if (!wires.delete(id)) wires.add(id);
          select({ nodes: selection.nodes, wires });
        }}
      >
        {naming && <WireNameField id={id} />}
        {name && !naming && (
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
            instead={
              quizzed === 'open' ? (
                <QuizEntry id={id} />
              ) : factors ? (
                <Factors {...factors} narrow={dx < narrow} />
              ) : undefined
            }
            mark={quizzed === 'right' ? <QuizMark /> : undefined}
          />
        )}
      </div>
    </div>
  );
});

/** On a wire shorter than this two factors stand one below the other. */
const narrow = 150;

/** What a wire's label shows now. */
function labelOf(state: EditorStore, id: WireId) {
  const { trace, registry, workspace } = state;
  const { wires, nodes } = indexOf(trace.document);
  const wire = wires.get(id);
  const from = wire && nodes.get(wire.from.node);
  const traced = trace.wires.get(id);
  const training = workspace === 'train';
  // A source says its name itself.
  const ownName = from && registry.get(from.op)?.group !== 'sources' ? from.label : '';
  return {
    name: wire?.name || ownName,
    value: wire && showsValue(state, wire.from.node) ? traced?.value : undefined,
    gradient: traced?.gradient === null || showsGradient(state, id) ? traced?.gradient : undefined,
    reason: traced?.reason,
    computed: traced?.value !== undefined,
    hasGradient: traced?.gradient !== undefined,
    quizzed: quizOutcome(state, id),
    ...factorsOn(state, id),
    training,
    shape: training ? shapeOf(state, id) : '',
  };
}

/** Where a wire along a row has its label, if the first half belongs to those that leave the row. */
const alongRow = 0.71;
/** By how much a label grows at most between rows that lie close to each other. */
const largestInReplicas = 1.6;

/**
 * Which end of a wire is a replica where the other one is shared, and how many such wires of that replica
 * come before this one: all of those that leave it, for a wire from replica to replica.
 */
function replicaEnd({ replicas, trace }: EditorStore, from: NodeId, to: NodeId, id: WireId) {
  if (!replicas) return { fanned: false, end: undefined, rank: 0 };
  const leaves = replicas.nodes.has(from);
  const { outgoing, incoming } = indexOf(trace.document);
  const converging = (outgoing.get(from) ?? []).filter((wire) => !replicas.nodes.has(wire.to.node));
  if (leaves === replicas.nodes.has(to)) {
    return { fanned: true, end: undefined, rank: leaves ? converging.length : 0 };
  }
  const alike = leaves
    ? converging
    : [...(incoming.get(to)?.values() ?? [])].filter((wire) => !replicas.nodes.has(wire.from.node));
  const rank = Math.max(
    0,
    alike.findIndex((wire) => wire.id === id),
  );
  const end: ReplicaEnd = leaves ? 'source' : 'target';
  return { fanned: true, end, rank };
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
