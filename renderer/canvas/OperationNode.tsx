import { type NodeProps, useUpdateNodeInternals } from '@xyflow/react';
import { memo, useEffect, useRef } from 'react';
import { indexOf, type NodeId, nodeId } from '#graph';
import { outputPort } from '#ops';
import { outputName } from '../format/names.ts';
import { useEditor, useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
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
  const node = useEditor((state) => nodeOf(state, id));
  const operation = useEditor(({ registry }) => registry.get(node?.op ?? ''));
  // Among replicas some gates stand for an operation over the batch, and are called by its name.
  const stated = useEditor(
    ({ registry, replicas }) => registry.get(replicas?.gates.get(id) ?? '') ?? operation,
  );
  const error = useEditor(({ trace }) => trace.nodes.get(id)?.error);
  const waiting = useEditor(({ trace }) => trace.nodes.get(id)?.waitsFor !== undefined);
  const activity = useEditor((state) => nodeActivity(state, id));
  const isSink = useEditor(
    ({ trace }) => (indexOf(trace.document).outgoing.get(id)?.length ?? 0) === 0,
  );
  const isLoss = useEditor(({ trace }) => trace.document.loss?.node === id);
  const computed = useEditor(({ trace }) => trace.nodes.get(id)?.value !== undefined);
  const far = useFar();
  if (!node || !operation || !stated) return null;
  const name = outputName(node);
  // Elsewhere its wires or its result carry the name.
  const unseen = isSink && !computed;
  const named = operation.ports.length > 1 && !operation.variadic;
  return (
    <div
      className="operation-node"
      data-selected={selected}
      data-activity={activity}
      data-error={error && errorKind(error)}
      data-waiting={waiting}
      data-loss={isLoss}
      data-testid={`node-${id}`}
    >
      <Inputs id={id} name={name} named={named} />
      <span className="operation-symbol" data-long={stated.symbol.length > 3}>
        {stated.symbol}
      </span>
      {!far && (
        <span className="operation-caption">
          <span className="operation-title">
            {unseen && <MathName name={name} />} {stated.title}
          </span>
          {stated.nickname && <span className="operation-nickname">{stated.nickname}</span>}
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

interface InputsProps {
  readonly id: NodeId;
  readonly name: string;
  /** Whether it matters which port is which. */
  readonly named: boolean;
}

/** The input ports, as text `port:top` each, so that the node renders anew only when they change. */
function Inputs({ id, name, named }: InputsProps) {
  const layout = useEditorShallow(({ trace, registry }) => {
    const node = indexOf(trace.document).nodes.get(id);
    const operation = node && registry.get(node.op);
    if (!node || !operation) return [];
    const { ports, height } = shownPorts(trace.document, node, operation);
    return [height, ...ports.flatMap((port) => [port.name, port.top, port.further])];
  });
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
  const ports = Array.from({ length: flat.length / 3 }, (_, at) => ({
    name: String(flat[at * 3]),
    top: Number(flat[at * 3 + 1]),
    further: flat[at * 3 + 2] === true,
  }));
  return (
    <>
      <span className="operation-extent" style={{ height: Number(height) }} />
      {ports.map((port) => (
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
