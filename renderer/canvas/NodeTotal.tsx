import { indexOf, type NodeId } from '#graph';
import { describeValue, isSingle, singleNumber } from '../format/tensors.ts';
import { type EditorStore, useEditorShallow } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { showsTotal } from './look.ts';

/** At a fan-out: what its wires have brought back so far, which waits for the rest; then their sum. */
export function NodeTotal({ id }: { readonly id: NodeId }) {
  const { kind, text } = useEditorShallow((state) => totalOf(state, id));
  if (kind === 'none') return null;
  return (
    <span className="node-total numeric" data-kind={kind} title={strings.canvas[kind](text)}>
      {kind === 'total' && <span aria-hidden="true">Σ </span>}
      {text}
    </span>
  );
}

interface Total {
  readonly kind: 'none' | 'waits' | 'adds' | 'total';
  readonly text: string;
}

const none: Total = { kind: 'none', text: '' };

/** More parts than this are counted, not written out. */
const mostParts = 3;

function totalOf(state: EditorStore, id: NodeId): Total {
  const { trace, numbers, workspace, film, quiz } = state;
  const outgoing = indexOf(trace.document).outgoing.get(id) ?? [];
  if (outgoing.length < 2) return none;
  const total = trace.nodes.get(id)?.gradient;
  if (!total) return none;
  const told = showsTotal(state, id);
  const step = trace.steps[film.at];
  const plays = workspace === 'trace' && !quiz;
  const adds = plays && step?.kind === 'sum' && step.node === id;
  if (told && !adds) return { kind: 'total', text: describeValue(total, numbers) };
  if (!plays) return none;
  const parts = outgoing.flatMap((wire) => {
    const gradient = trace.wires.get(wire.id)?.gradient;
    return gradient ? [{ gradient, here: film.shown.gradients.has(wire.id) }] : [];
  });
  const here = parts.filter((part) => part.here).length;
  // The seed is a part of the loss's own total and lies on no wire.
  const few = parts.length <= mostParts && trace.document.loss?.node !== id && isSingle(total);
  if (told && !few) return { kind: 'total', text: describeValue(total, numbers) };
  if (!told && (here === 0 || parts.length < 2)) return none;
  if (!few) return { kind: 'waits', text: strings.canvas.partsHere(here, parts.length) };
  const sum = parts
    .map((part) => (part.here ? numbers.operand(singleNumber(part.gradient)) : '?'))
    .join(' + ');
  return told
    ? { kind: 'adds', text: `${sum} = ${describeValue(total, numbers)}` }
    : { kind: 'waits', text: sum };
}
