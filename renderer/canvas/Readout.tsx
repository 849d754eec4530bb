import type { NodeId } from '#graph';
import { isSingle } from '../format/tensors.ts';
import { toggleLoss, useEditor, useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { MathName } from '../ui/MathName.tsx';
import { showsTotal, showsValue } from './look.ts';
import { ShortValue } from './ShortValue.tsx';
import { ValueChip } from './ValueChip.tsx';

/** What comes out at the end: the value and gradient on a stub of wire, and the result in a pill. */
export function Readout({ id, name }: { readonly id: NodeId; readonly name: string }) {
  const { store } = useServices();
  const value = useEditor((state) =>
    showsValue(state, id) ? state.trace.nodes.get(id)?.value : undefined,
  );
  const gradient = useEditor((state) =>
    showsTotal(state, id) ? state.trace.nodes.get(id)?.gradient : undefined,
  );
  const loss = useEditor(({ trace }) => trace.document.loss?.node);
  const isLoss = loss === id;
  const computed = useEditor(({ trace }) => trace.nodes.get(id)?.value);
  if (!computed) return null;
  return (
    <div className="readout" data-loss={isLoss} data-testid={`readout-${id}`}>
      <span className="readout-stub" />
      {isLoss && (
        <>
          <ValueChip value={value} gradient={gradient} hasGradient />
          <span className="readout-stub short" />
        </>
      )}
      <div className="readout-pill">
        <MathName name={name} />
        <ShortValue value={value} />
      </div>
      {loss === undefined && isSingle({ ...computed, batched: false, data: computed.data }) && (
        <button
          type="button"
          className="readout-action nodrag"
          onClick={() => toggleLoss(store, id)}
        >
          {strings.canvas.markLoss}
        </button>
      )}
    </div>
  );
}
