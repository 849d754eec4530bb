import { Handle, type NodeProps, Position, useUpdateNodeInternals } from '@xyflow/react';
import { memo, useEffect } from 'react';
import { type GroupPort, indexOf } from '#graph';
import { outputName } from '../format/names.ts';
import { type EditorStore, useEditor, useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { grouping, isFrameColor } from '../strings/en-grouping.ts';
import { groupHeight, groupPortTop, groupWidth } from './group-nodes.ts';
import { nodeActivity } from './look.ts';
import { frameDrawn } from './shown-ids.ts';
import { useFar } from './use-far.ts';
import { shownView } from './view.ts';
import { portKey } from './wiring.ts';
import { useWiring } from './wiring-context.ts';

/** A folded frame: one node with the ports by which wires enter and leave it. */
export const GroupNode = memo(function GroupNode({ id, selected }: NodeProps) {
  const frameId = frameDrawn(id);
  const group = useEditor((state) =>
    shownView(state)?.groups.find(({ frame }) => frame.id === frameId),
  );
  const { activity, isLoss, wrong } = useEditorShallow((state) =>
    stateOf(state, group?.frame.nodes),
  );
  const updateInternals = useUpdateNodeInternals();
  const ports = group ? [...group.inputs, ...group.outputs].map((port) => port.id).join() : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: other ports have to be measured
  useEffect(() => updateInternals(id), [ports, id, updateInternals]);
  const far = useFar();
  if (!group) return null;
  const { frame, inputs, outputs } = group;
  const color = frame.color && isFrameColor(frame.color) ? frame.color : '';
  const title = (
    <>
      {frame.title}
      {frame.repeats !== undefined && (
        <span className="group-times">{grouping.times(frame.repeats)}</span>
      )}
    </>
  );
  return (
    <div
      className="group-node"
      data-selected={selected}
      data-activity={activity}
      data-color={color}
      data-loss={isLoss}
      data-repeats={frame.repeats !== undefined}
      data-error={wrong ? 'wrong' : undefined}
      data-testid={`group-${frame.id}`}
      style={{ width: groupWidth, height: groupHeight(group) }}
    >
      {far ? (
        <span className="far-name">{title}</span>
      ) : (
        <>
          <span className="group-title">{title}</span>
          <span className="group-count">
            {grouping.count(frame.nodes.length)}
            {isLoss && ` · ${strings.canvas.loss}`}
          </span>
        </>
      )}
      {inputs.map((port, at) => (
        <GroupPortView key={port.id} port={port} side="input" at={at} title={frame.title} />
      ))}
      {outputs.map((port, at) => (
        <GroupPortView key={port.id} port={port} side="output" at={at} title={frame.title} />
      ))}
    </div>
  );
});

function stateOf(state: EditorStore, nodes: readonly Parameters<typeof nodeActivity>[1][] = []) {
  const active = nodes.map((id) => nodeActivity(state, id)).find((each) => each !== 'idle');
  return {
    activity: active ?? 'idle',
    isLoss: nodes.some((id) => state.trace.document.loss?.node === id),
    wrong: nodes.some((id) => state.trace.nodes.get(id)?.error !== undefined),
  };
}

interface GroupPortViewProps {
  readonly port: GroupPort;
  readonly side: 'input' | 'output';
  readonly at: number;
  readonly title: string;
}

function GroupPortView({ port, side, at, title }: GroupPortViewProps) {
  const input = side === 'input';
  const name = useEditor(({ trace }) => {
    const node = indexOf(trace.document).nodes.get(port.node);
    const called = node ? outputName(node) : port.node;
    return input ? `${called}.${port.port}` : called;
  });
  const wiring = useWiring((current) => {
    if (!current) return undefined;
    if (current.fits.has(portKey(port.node, port.port))) return 'fits';
    return current.startsAt === (input ? 'source' : 'target') ? 'refuses' : 'other';
  });
  const top = groupPortTop(at);
  return (
    <>
      <Handle
        id={port.id}
        type={input ? 'target' : 'source'}
        position={input ? Position.Left : Position.Right}
        className="port"
        role="img"
        aria-label={input ? grouping.input(title, name) : grouping.output(title, name)}
        data-wiring={wiring}
        style={{ top }}
      />
      <span className="group-port" data-side={side} style={{ top }} aria-hidden="true">
        {name}
      </span>
    </>
  );
}
