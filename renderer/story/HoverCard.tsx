import { type RefObject, useEffect, useState } from 'react';
import { indexOf, type WireId, wireId } from '#graph';
import { linksOf } from '#trace';
import { wireName } from '../format/names.ts';
import { useEditor, useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { Formula } from '../ui/Formula.tsx';
import { MathName } from '../ui/MathName.tsx';
import { chainRule } from './chain-rule.ts';
import { numbersLatex } from './numbers-latex.ts';
import { Passes } from './Passes.tsx';
import { knownFactors, storyWire } from './told.ts';
import './story.css';

/** So long, in milliseconds, the pointer rests on a wire before its story is told. */
const delay = 350;

interface Hovered {
  readonly id: WireId;
  readonly x: number;
  readonly y: number;
}

/** The story of the wire under the pointer, in the small. The panel tells it to the keyboard. */
export function HoverCard({ canvas }: { readonly canvas: RefObject<HTMLElement | null> }) {
  const [hovered, setHovered] = useState<Hovered | null>(null);
  const presenting = useEditor((state) => state.presenting);
  const training = useEditor((state) => state.workspace === 'train');
  // What the panel tells already need not be told twice.
  const told = useEditor((state) => (state.presenting ? undefined : storyWire(state)));

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over: string | undefined;
    const leave = () => {
      clearTimeout(timer);
      over = undefined;
      setHovered(null);
    };
    const move = (event: PointerEvent) => {
      const id = event.buttons === 0 ? wireUnder(event.target) : undefined;
      if (id === over) return;
      leave();
      over = id;
      if (id === undefined) return;
      const { left, top } = element.getBoundingClientRect();
      const place = { id: wireId(id), x: event.clientX - left, y: event.clientY - top };
      timer = setTimeout(() => setHovered(place), delay);
    };
    element.addEventListener('pointermove', move);
    element.addEventListener('pointerdown', leave);
    element.addEventListener('pointerleave', leave);
    element.addEventListener('wheel', leave, { passive: true });
    return () => {
      clearTimeout(timer);
      element.removeEventListener('pointermove', move);
      element.removeEventListener('pointerdown', leave);
      element.removeEventListener('pointerleave', leave);
      element.removeEventListener('wheel', leave);
    };
  }, [canvas]);

  if (!hovered || training || hovered.id === told) return null;
  const { width = 0, height = 0 } = canvas.current?.getBoundingClientRect() ?? {};
  const left = Math.max(8, Math.min(hovered.x + 16, width - (presenting ? 440 : 320)));
  const below = hovered.y < height * 0.6;
  return (
    <div
      className="hover-card"
      data-testid="hover-card"
      aria-hidden="true"
      style={below ? { left, top: hovered.y + 18 } : { left, bottom: height - hovered.y + 14 }}
    >
      <Card id={hovered.id} />
    </div>
  );
}

function wireUnder(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined;
  const label = target.closest<HTMLElement>('.wire-label');
  if (label) return label.dataset.testid?.replace(/^wire-/, '');
  return target.closest('.react-flow__edge')?.getAttribute('data-id') ?? undefined;
}

function Card({ id }: { readonly id: WireId }) {
  const numbers = useNumbers();
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const known = useEditor((state) => knownFactors(state, id));
  const quiz = useEditor((state) => state.quiz !== null);
  const wire = indexOf(trace.document).wires.get(id);
  const traced = trace.wires.get(id);
  if (!wire || !traced) return null;
  const numeric =
    known === 3 && numbersLatex(trace, registry, id, linksOf(trace, registry, id), numbers);
  const hidden = quiz && known < 3;
  return (
    <>
      <p className="hover-title">
        <MathName name={wireName(trace.document, wire)} />
      </p>
      {traced.upstream && !hidden && (
        <Formula display latex={chainRule(trace.document, registry, wire, traced)} />
      )}
      {numeric && <Formula display latex={numeric} />}
      {traced.reason && (
        <p className="quiet-text">{strings.canvas.noGradientReason[traced.reason]}</p>
      )}
      {!hidden && <Passes wire={wire} />}
    </>
  );
}
