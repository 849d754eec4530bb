import { type KeyboardEvent, useRef, useState } from 'react';
import { indexOf, type WireId } from '#graph';
import { outputName } from '../format/names.ts';
import { nameWire, useEditor, useServices } from '../store/index.ts';
import { wiring } from '../strings/en-wiring.ts';
import { beginNaming } from './gesture-state.ts';

/** A wire's name, typed where it stands. Enter or leaving takes it, Escape takes it back. */
export function WireNameField({ id }: { readonly id: WireId }) {
  const { store } = useServices();
  const named = useEditor(({ trace }) => indexOf(trace.document).wires.get(id)?.name ?? '');
  const carried = useEditor(({ trace }) => {
    const { wires, nodes } = indexOf(trace.document);
    const wire = wires.get(id);
    const source = wire && nodes.get(wire.from.node);
    return source ? outputName(source) : '';
  });
  const [text, setText] = useState(named);
  const closed = useRef(false);
  const end = () => {
    closed.current = true;
    beginNaming(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    if (event.key === 'Enter') nameWire(store, id, text);
    end();
    // The keyboard goes on where it was: at the wire.
    document.querySelector<SVGElement>(`.react-flow__edge[data-id="${CSS.escape(id)}"]`)?.focus();
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
      autoFocus
      className="wire-name-field nodrag nopan"
      aria-label={wiring.name}
      value={text}
      placeholder={carried}
      style={{ width: `${Math.min(24, Math.max(4, text.length, carried.length) + 1)}ch` }}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (closed.current) return;
        nameWire(store, id, text);
        end();
      }}
    />
  );
}
