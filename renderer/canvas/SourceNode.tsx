import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { nodeId } from '#graph';
import { outputPort } from '#ops';
import { outputName } from '../format/names.ts';
import { awaitsData, useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { MathName } from '../ui/MathName.tsx';
import { nodeActivity, nodeOf } from './look.ts';
import { NodeBadge } from './NodeBadge.tsx';
import { errorKind, NodeError } from './NodeError.tsx';
import { NodeTotal } from './NodeTotal.tsx';
import { Port } from './Port.tsx';
import { SourceValue } from './SourceValue.tsx';
import { useFar } from './use-far.ts';

/** A source: a pill with its name and its value, which is edited in place. */
export const SourceNode = memo(function SourceNode({ id: text, selected }: NodeProps) {
  const id = nodeId(text);
  const node = useEditor((state) => nodeOf(state, id));
  const error = useEditor(({ trace }) => trace.nodes.get(id)?.error);
  const activity = useEditor((state) => nodeActivity(state, id));
  const isLoss = useEditor(({ trace }) => trace.document.loss?.node === id);
  const far = useFar();
  if (!node) return null;
  const fault = error && !awaitsData(node, error) ? error : undefined;
  const name = outputName(node);
  // A constant is its number: a name made up for it, or the number once more, says nothing.
  const named = node.op !== 'constant' || Number.isNaN(Number(node.label || 0));
  return (
    <div
      className="source-node"
      data-op={node.op}
      data-group="sources"
      data-selected={selected}
      data-activity={activity}
      data-error={fault && errorKind(fault)}
      data-loss={isLoss}
      data-testid={`node-${id}`}
    >
      {far && named ? (
        <span className="far-name">
          <MathName name={name} />
        </span>
      ) : (
        <>
          {named && <MathName name={name} />}
          <SourceValue node={node} name={name} />
        </>
      )}
      <Port node={id} name={outputPort} side="output" label={strings.canvas.output(name)} />
      {!far && <NodeTotal id={id} />}
      {fault ? <NodeError error={fault} /> : <NodeBadge id={id} />}
    </div>
  );
});
