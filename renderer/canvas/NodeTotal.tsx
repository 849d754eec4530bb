import { indexOf, type NodeId } from '#graph';
import { describeValue } from '../format/tensors.ts';
import { useEditor } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { showsTotal } from './look.ts';

/** At a fan-out: the sum of what the wires bring back. */
export function NodeTotal({ id }: { readonly id: NodeId }) {
  const text = useEditor((state) => {
    const { trace } = state;
    if ((indexOf(trace.document).outgoing.get(id)?.length ?? 0) < 2) return undefined;
    const total = trace.nodes.get(id)?.gradient;
    return total && showsTotal(state, id) ? describeValue(total, state.numbers) : undefined;
  });
  if (text === undefined) return null;
  return (
    <span className="node-total numeric" title={strings.canvas.total(text)}>
      <span aria-hidden="true">Σ </span>
      {text}
    </span>
  );
}
