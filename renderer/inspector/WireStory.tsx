import { Maximize2 } from 'lucide-react';
import { indexOf, type WireId } from '#graph';
import { placeKey } from '../check/index.ts';
import { outputName, wireName } from '../format/names.ts';
import { describeValue, type formatBadge } from '../format/tensors.ts';
import { useEditor, useNumbers } from '../store/index.ts';
import { enlargeStory, knownFactors, Told } from '../story/index.ts';
import { strings } from '../strings/en.ts';
import { telling } from '../strings/en-story.ts';
import { MathName } from '../ui/MathName.tsx';
import { Wiggle } from '../wiggle/index.ts';
import { CheckLine } from './CheckLine.tsx';
import { NameField } from './NameField.tsx';
import { NotFinite } from './NotFinite.tsx';

const text = strings.inspector;

/** Upstream × local = what flows back, for one wire: in the panel, with what can be done there. */
export function WireStory({ id }: { readonly id: WireId }) {
  const document = useEditor(({ trace }) => trace.document);
  const registry = useEditor((state) => state.registry);
  const form = useEditor(({ trace }) => trace.wires.get(id)?.value);
  const known = useEditor((state) => knownFactors(state, id));
  const { wires, nodes, outgoing } = indexOf(document);
  const wire = wires.get(id);
  const source = wire && nodes.get(wire.from.node);
  const target = wire && nodes.get(wire.to.node);
  if (!wire || !source || !target) return null;
  const title = registry.get(target.op)?.title ?? target.op;
  const from = registry.get(source.op);
  return (
    <>
      <div className="story-head">
        <h2 className="inspector-title">
          {text.wire} <MathName name={wireName(document, wire)} />
        </h2>
        <button
          type="button"
          className="button icon"
          aria-label={telling.enlarge}
          title={telling.enlarge}
          onClick={() => enlargeStory(id)}
        >
          <Maximize2 size={14} aria-hidden="true" />
        </button>
      </div>
      <p className="quiet-text">
        {text.from} {from?.group === 'sources' ? outputName(source) : (from?.title ?? source.op)},{' '}
        {text.into} {title}
        {form && ` · ${formatForm(form)}`}
      </p>
      <Told id={id} room="panel" />
      <Values id={id} told={known > 2} />
      {known > 2 && (
        <Wiggle
          key={`wiggle ${id}`}
          place={{ kind: 'wire', wire: id, from: source.id, to: target.id }}
          name={wireName(document, wire)}
          alone={(outgoing.get(source.id)?.length ?? 0) > 1}
        />
      )}
      <NameField key={`${id} ${wire.name ?? ''}`} wire={wire} />
    </>
  );
}

interface ValuesProps {
  readonly id: WireId;
  /** Whether the film has told the gradient. */
  readonly told: boolean;
}

function Values({ id, told }: ValuesProps) {
  const numbers = useNumbers();
  const trace = useEditor((state) => state.trace);
  const { wires, outgoing } = indexOf(trace.document);
  const wire = wires.get(id);
  const { value, gradient } = trace.wires.get(id) ?? {};
  if (!wire || !value) return null;
  const alone = outgoing.get(wire.from.node)?.length === 1;
  return (
    <section>
      <h3 className="heading">{text.values}</h3>
      <dl className="facts numeric">
        <dt>{text.forward}</dt>
        <dd className="value">{describeValue(value, numbers)}</dd>
        {told && gradient && (
          <CheckLine
            place={placeKey({ kind: 'wire', wire: id, from: wire.from.node, to: wire.to.node })}
          />
        )}
        {alone && (
          <>
            <dt>{text.fanOut}</dt>
            <dd>{text.oneWire}</dd>
          </>
        )}
      </dl>
      <NotFinite values={[value, told ? gradient : undefined]} />
    </section>
  );
}

function formatForm(form: Parameters<typeof formatBadge>[0]): string {
  const examples = form.data.shape[0] ?? 1;
  const dimensions = form.shape.length === 0 ? 'scalar' : form.shape.join('×');
  return `${dimensions} · ${form.batched ? text.perExample(examples) : text.shared}`;
}
