import { Fragment } from 'react';
import { indexOf, type WireId } from '#graph';
import type { WireTrace } from '#trace';
import { placeKey } from '../check/index.ts';
import { outputName, wireName } from '../format/names.ts';
import { describeValue, formatBadge, isSingle, singleNumber } from '../format/tensors.ts';
import {
  type EditorStore,
  quizHides,
  quizHidesTotal,
  useEditor,
  useNumbers,
} from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { quizzing } from '../strings/en-quiz.ts';
import { Formula } from '../ui/Formula.tsx';
import { MathName } from '../ui/MathName.tsx';
import { Wiggle } from '../wiggle/index.ts';
import { CheckLine } from './CheckLine.tsx';
import { Factor } from './Factor.tsx';
import { chainRule } from './formula.ts';
import { JacobianView } from './JacobianView.tsx';
import { NameField } from './NameField.tsx';
import { NotFinite } from './NotFinite.tsx';

const text = strings.inspector;

/** Upstream × local = what flows back, for one wire. */
export function WireStory({ id }: { readonly id: WireId }) {
  const document = useEditor(({ editor }) => editor.document);
  const registry = useEditor((state) => state.registry);
  const trace = useEditor((state) => state.trace);
  const known = useEditor((state) => knownFactors(state, id));
  const asked = useEditor((state) => quizHides(state, id));
  const { wires, nodes, outgoing } = indexOf(document);
  const wire = wires.get(id);
  const source = wire && nodes.get(wire.from.node);
  const target = wire && nodes.get(wire.to.node);
  if (!wire || !source || !target) return null;
  const traced = trace.wires.get(id);
  const operation = registry.get(target.op);
  const from = registry.get(source.op);
  const title = operation?.title ?? target.op;
  const form = traced?.value;
  return (
    <>
      <h2 className="inspector-title">
        {text.wire} <MathName name={wireName(document, wire)} />
      </h2>
      <p className="quiet-text">
        {text.from} {from?.group === 'sources' ? outputName(source) : (from?.title ?? source.op)},{' '}
        {text.into} {title}
        {form && ` · ${formatForm(form)}`}
      </p>
      {traced?.upstream ? (
        <>
          {!asked && (
            <Formula
              className="chain-rule"
              display
              latex={chainRule(document, registry, wire, traced)}
            />
          )}
          <Story traced={traced} known={known} asked={asked} />
          {known > 1 && traced.local()?.kind === 'jacobian' && <JacobianView key={id} wire={id} />}
        </>
      ) : (
        <p className="note">{whyNot(document.loss === undefined)}</p>
      )}
      {operation && !asked && (
        <p className="note">
          <Passes title={capital(title)} nickname={operation.nickname} passes={operation.passes} />
        </p>
      )}
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

function whyNot(noLoss: boolean): string {
  return noLoss ? text.noLoss : strings.canvas.problemsFirst;
}

/** How much of the story the film has told: first upstream arrives, then local lights up, then their product. */
function knownFactors(state: EditorStore, id: WireId): 0 | 1 | 2 | 3 {
  const { workspace, film, trace, quiz } = state;
  if (quiz) return quizHides(state, id) ? 0 : 3;
  if (workspace !== 'trace' || film.shown.gradients.has(id)) return 3;
  if (trace.wires.get(id)?.gradient === null) return 3;
  const step = trace.steps[film.at];
  if (!step || !('wire' in step) || step.wire !== id) return 0;
  return step.kind === 'local' ? 2 : 1;
}

interface StoryProps {
  readonly traced: WireTrace;
  readonly known: number;
  /** The quiz asks for it. */
  readonly asked: boolean;
}

function Story({ traced, known, asked }: StoryProps) {
  const local = traced.local();
  const localValue =
    local === null ? null : local.kind === 'jacobian' ? text.jacobian : local.value;
  const right = local?.kind === 'matrix' && local.side === 'right';
  const factors = [
    <Factor
      key="local"
      label={text.local}
      tone="local"
      value={known > 1 ? localValue : undefined}
    />,
    <Factor
      key="upstream"
      label={text.upstream}
      tone="gradient"
      value={known > 0 ? traced.upstream : undefined}
    />,
  ];
  const [first, second] = right ? factors.toReversed() : factors;
  return (
    <>
      <div className="story">
        {first}
        <span aria-hidden="true">×</span>
        {second}
        <span aria-hidden="true">=</span>
        <Factor
          label={text.flowsBack}
          tone="gradient"
          hot
          value={known > 2 ? traced.gradient : undefined}
        />
      </div>
      {traced.reason && <p className="note">{strings.canvas.noGradientReason[traced.reason]}</p>}
      {known === 0 && <p className="quiet-text">{asked ? quizzing.hidden : text.notYet}</p>}
    </>
  );
}

interface PassesProps {
  readonly title: string;
  readonly nickname: string | undefined;
  readonly passes: string;
}

/** The gate's nickname in one plain sentence. */
function Passes({ title, nickname, passes }: PassesProps) {
  if (!nickname) return text.it(title, passes);
  const sentence = text.isA(title, nickname, passes);
  return (
    <>
      {sentence.before}
      <strong>{sentence.nickname}</strong>
      {sentence.after}
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
  const value = trace.wires.get(id)?.value;
  const hidden = useEditor((state) => wire && quizHidesTotal(state, wire.from.node));
  if (!wire || !value) return null;
  const siblings = outgoing.get(wire.from.node) ?? [];
  const rows: [string, string, string][] = [[text.forward, describeValue(value, numbers), 'value']];
  const terms = siblings.flatMap((sibling) => {
    const gradient = trace.wires.get(sibling.id)?.gradient;
    if (!gradient) return [];
    return [isSingle(gradient) ? numbers.operand(singleNumber(gradient)) : formatBadge(gradient)];
  });
  const total = trace.nodes.get(wire.from.node)?.gradient;
  if (siblings.length === 1) rows.push([text.fanOut, text.oneWire, '']);
  else if (!hidden && total && isSingle(total) && terms.length <= 6) {
    rows.push([
      text.fanOut,
      text.sum(terms.join(' + '), numbers.format(singleNumber(total))),
      'gradient',
    ]);
  } else rows.push([text.fanOut, text.wires(siblings.length), '']);
  const checkable = told && Boolean(trace.wires.get(id)?.gradient);
  return (
    <section>
      <h3 className="heading">{text.values}</h3>
      <dl className="facts numeric">
        {rows.map(([label, shown, tone]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd className={tone}>{shown}</dd>
            {label === text.forward && checkable && (
              <CheckLine
                place={placeKey({ kind: 'wire', wire: id, from: wire.from.node, to: wire.to.node })}
              />
            )}
          </Fragment>
        ))}
      </dl>
      <NotFinite values={[value, told ? trace.wires.get(id)?.gradient : undefined]} />
    </section>
  );
}

function formatForm(form: Parameters<typeof formatBadge>[0]): string {
  const examples = form.data.shape[0] ?? 1;
  const dimensions = form.shape.length === 0 ? 'scalar' : form.shape.join('×');
  return `${dimensions} · ${form.batched ? text.perExample(examples) : text.shared}`;
}

function capital(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
