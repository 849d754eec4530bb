import { Handle, Position } from '@xyflow/react';
import { memo } from 'react';
import type { NodeId } from '#graph';
import { portKey } from './wiring.ts';
import { useWiring } from './wiring-context.ts';

interface PortProps {
  readonly node: NodeId;
  readonly name: string;
  readonly side: 'input' | 'output';
  /** What a screen reader calls it. */
  readonly label: string;
  readonly top?: number;
  readonly further?: boolean;
  /** Written beside the port while it matters. */
  readonly caption?: string;
}

/** A port: a wire starts or ends here. While one is drawn, the ports that fit light up. */
export const Port = memo(function Port(props: PortProps) {
  const { node, name, side, label, top, further = false, caption } = props;
  const wiring = useWiring((current) => {
    if (!current) return undefined;
    if (current.fits.has(portKey(node, name))) return 'fits';
    const wanted = current.startsAt === 'source' ? 'input' : 'output';
    if (side !== wanted) return current.from.node === node ? 'start' : 'other';
    return 'refuses';
  });
  const input = side === 'input';
  return (
    <>
      <Handle
        id={name}
        type={input ? 'target' : 'source'}
        position={input ? Position.Left : Position.Right}
        className="port"
        role="img"
        aria-label={label}
        data-wiring={wiring}
        data-further={further || undefined}
        style={top === undefined ? undefined : { top }}
      />
      {caption && (
        <span className="port-caption" data-wiring={wiring} style={{ top }} aria-hidden="true">
          {caption}
        </span>
      )}
    </>
  );
});
