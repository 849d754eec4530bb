import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { indexOf, nodeId } from '#graph';
import { outputPort } from '#ops';
import { outputName } from '../format/names.ts';
import { useEditor } from '../store/index.ts';
import { MathName } from '../ui/MathName.tsx';

/** What a wire comes from or goes to beyond the frame that is seen from inside. */
export const OutsideNode = memo(function OutsideNode({ id }: NodeProps) {
  const [, side = '', node = ''] = id.split('\u001f');
  const before = side === 'before';
  const name = useEditor(({ trace }) => {
    const found = indexOf(trace.document).nodes.get(nodeId(node));
    return found ? outputName(found) : node;
  });
  return (
    <div className="outside-node" data-side={side}>
      <MathName name={name} />
      <Handle
        id={outputPort}
        type={before ? 'source' : 'target'}
        position={before ? Position.Right : Position.Left}
        className="port"
        isConnectable={false}
      />
    </div>
  );
});
