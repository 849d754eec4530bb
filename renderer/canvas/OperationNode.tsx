import { type NodeProps, useUpdateNodeInternals } from '@xyflow/react';
import { memo, useEffect, useMemo, useRef } from 'react';
import { type GraphDocument, indexOf, type NodeId, nodeId } from '#graph';
import { outputPort } from '#ops';
import { outputName } from '../format/names.ts';
import { type EditorStore, useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { wiring } from '../strings/en-wiring.ts';
import { MathName } from '../ui/MathName.tsx';
import { nodeActivity, nodeOf } from './look.ts';
import { NodeBadge } from './NodeBadge.tsx';
import { errorKind, NodeError } from './NodeError.tsx';
import { NodeTotal } from './NodeTotal.tsx';
import { Port } from './Port.tsx';
import { shownPorts } from './ports.ts';
import { Readout } from './Readout.tsx';
import { useFar } from './use-far.ts';

/** An operation: a square with its symbol, its ports, and its nickname underneath. */
export const OperationNode = memo(function OperationNode({ id: text, selected }: NodeProps) {
  const id = nodeId(text);
  const shown = useEditorShallow((state) => shownNode(state, id));
  const { node, operation, stated, error, waiting, activity, isSink, isLoss, computed } = shown;
  const far = useFar();
  if (!node || !operation || !stated) return null;
  const name = outputName(node);
  // Elsewhere its wires or its result carry the name.
  const unseen = isSink && !computed;
  const named = operation.ports.length > 1 && !operation.variadic;
  return (
    <div
      className="operation-node"
      data-group={operation.group}
      data-selected={selected}
      data-activity={activity}
      data-error={error && errorKind(error)}
      data-waiting={waiting}
      data-loss={isLoss}
      data-bypassed={node.bypassed !== undefined}
      data-testid={`node-${id}`}
    >
      <Inputs id={id} name={name} named={named} />
      {far ? (
        <span className="far-name">{stated.title}</span>
      ) : (
        <span
          className="operation-symbol"
          data-long={stated.symbol.length > 5 ? 'very' : stated.symbol.length > 3}
        >
          {stated.symbol}
        </span>
      )}
      {!far && (
        <span className="operation-caption">
          <span className="operation-title">
            {unseen && <MathName name={name} />} {stated.title}
          </span>
          {node.bypassed ? (
            <span className="operation-nickname">{wiring.bypassed}</span>
          ) : (
            stated.nickname && <span className="operation-nickname">{stated.nickname}</span>
          )}
        </span>
      )}
      <Port node={id} name={outputPort} side="output" label={strings.canvas.output(name)} />
      {!far && <NodeTotal id={id} />}
      {isSink && !far && <Readout id={id} name={name} />}
      {isLoss && !isSink && <span className="loss-mark">{strings.canvas.loss}</span>}
      {error ? <NodeError error={error} /> : <NodeBadge id={id} />}
    </div>
  );
});

/** What of the state an operation's node shows. */
function shownNode(state: EditorStore, id: NodeId) {
  const { trace, registry, replicas } = state;
  const node = nodeOf(state, id);
  const operation = registry.get(node?.op ?? '');
  const traced = trace.nodes.get(id);
  return {
    node,
    operation,
    // Among replicas some gates stand for an operation over the batch, and are called by its name.
    stated: registry.get(replicas?.gates.get(id) ?? node?.bypassed?.op ?? '') ?? operation,
    error: traced?.error,
    waiting: traced?.waitsFor !== undefined,
    activity: nodeActivity(state, id),
    isSink: (indexOf(trace.document).outgoing.get(id)?.length ?? 0) === 0,
    isLoss: trace.document.loss?.node === id,
    computed: traced?.value !== undefined,
  };
}

interface InputsProps {
  readonly id: NodeId;
  readonly name: string;
  /** Whether it matters which port is which. */
  readonly named: boolean;
}

/** The input ports, as text `port:top` each, so that the node renders anew only when they change. */
function Inputs({ id, name, named }: InputsProps) {
  const ports = useMemo(() => portLayout(id), [id]);
  const layout = useEditorShallow(ports);
  const [height, ...flat] = layout;
  const updateInternals = useUpdateNodeInternals();
  const shape = layout.join();
  const measured = useRef(shape);
  useEffect(() => {
    // React Flow measures a new node by itself, but not ports that move later.
    if (measured.current === shape) return;
    measured.current = shape;
    updateInternals(id);
  }, [shape, id, updateInternals]);
  const inputs = Array.from({ length: flat.length / 3 }, (_, at) => ({
    name: String(flat[at * 3]),
    top: Number(flat[at * 3 + 1]),
    further: flat[at * 3 + 2] === true,
  }));
  return (
    <>
      <span className="operation-extent" style={{ height: Number(height) }} />
      {inputs.map((port) => (
        <Port
          key={port.name}
          node={id}
          name={port.name}
          side="input"
          top={port.top}
          further={port.further}
          label={
            port.further ? strings.canvas.moreInput(name) : strings.canvas.input(name, port.name)
          }
          {...(named ? { caption: port.name } : {})}
        />
      ))}
    </>
  );
}

/** The height of a node and its ports as one flat list; thought of anew only when the document is another. */
function portLayout(id: NodeId) {
  let document: GraphDocument | undefined;
  let layout: readonly (string | number | boolean)[] = [];
  return ({ trace, registry }: EditorStore) => {
    if (trace.document === document) return layout;
    document = trace.document;
    const node = indexOf(document).nodes.get(id);
    const operation = node && registry.get(node.op);
    const shown = node && operation && shownPorts(document, node, operation);
    layout = shown
      ? [shown.height, ...shown.ports.flatMap(({ name, top, further }) => [name, top, further])]
      : [];
    return layout;
  };
}
