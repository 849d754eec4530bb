import { useMemo } from 'react';
import { indexOf, type WireId } from '#graph';
import { linksOf, type WireTrace } from '#trace';
import { isSingle } from '../format/tensors.ts';
import { quizHides, useEditor, useNumbers } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { quizzing } from '../strings/en-quiz.ts';
import { telling } from '../strings/en-story.ts';
import { Formula } from '../ui/Formula.tsx';
import { Examples, FanOut } from './Contributions.tsx';
import { chainRule } from './chain-rule.ts';
import { Factor } from './Factor.tsx';
import { JacobianView } from './JacobianView.tsx';
import { LinkedMaps } from './LinkedMaps.tsx';
import { numbersLatex, type Room, sumsOf } from './numbers-latex.ts';
import { Passes } from './Passes.tsx';
import { knownFactors } from './told.ts';
import { WeightStackView } from './WeightStackView.tsx';
import './story.css';

const text = strings.inspector;

interface ToldProps {
  readonly id: WireId;
  readonly room: Room;
}

/**
 * The chain rule at a wire, as far as the film and the quiz let it be told: with names, with numbers, entry
 * by entry, and what is summed.
 */
export function Told({ id, room }: ToldProps) {
  const registry = useEditor((state) => state.registry);
  const trace = useEditor((state) => state.trace);
  const known = useEditor((state) => knownFactors(state, id));
  const asked = useEditor((state) => quizHides(state, id));
  const quiz = useEditor((state) => state.quiz !== null);
  const wire = indexOf(trace.document).wires.get(id);
  const traced = trace.wires.get(id);
  if (!wire || !traced) return null;
  if (!traced.upstream) {
    return (
      <p className="note">{trace.document.loss ? strings.canvas.problemsFirst : text.noLoss}</p>
    );
  }
  return (
    <div className="told" data-room={room}>
      {!asked && (
        <Formula
          className="chain-rule"
          display
          latex={chainRule(trace.document, registry, wire, traced)}
        />
      )}
      {known === 3 && traced.gradient ? (
        <Product id={id} traced={traced} room={room} />
      ) : (
        <Cards traced={traced} known={known} />
      )}
      {traced.reason && <p className="note">{strings.canvas.noGradientReason[traced.reason]}</p>}
      {known === 0 && (
        <p className="quiet-text">
          {quiz ? quizzing[asked ? 'hidden' : 'hiddenAbove'] : text.notYet}
        </p>
      )}
      {!asked && <Passes wire={wire} />}
      {known === 3 && <WeightStackView key={`stack ${id}`} id={id} />}
      {known === 3 && <Examples id={id} />}
      {known > 1 && <OnDemand id={id} traced={traced} />}
      <FanOut id={id} />
    </div>
  );
}

interface CardsProps {
  readonly traced: WireTrace;
  readonly known: number;
}

/** The three factors in the small, in the order in which the mathematics stands. */
function Cards({ traced, known }: CardsProps) {
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
  );
}

interface ProductProps {
  readonly id: WireId;
  readonly traced: WireTrace;
  readonly room: Room;
}

/** The whole product: numbers put in, and for tensors the entries that belong together. */
function Product({ id, traced, room }: ProductProps) {
  const numbers = useNumbers();
  const registry = useEditor((state) => state.registry);
  const trace = useEditor((state) => state.trace);
  const links = useMemo(() => linksOf(trace, registry, id), [trace, registry, id]);
  const latex = useMemo(
    () => numbersLatex(trace, registry, id, links, numbers, room),
    [trace, registry, id, links, numbers, room],
  );
  const { upstream, gradient } = traced;
  if (!upstream || !gradient) return null;
  const local = traced.local();
  const single = isSingle(upstream) && isSingle(gradient);
  const whole = local && local.kind !== 'jacobian' ? local.value : undefined;
  const sums = links && sumsOf(links, upstream, gradient);
  return (
    <>
      {latex && (
        <div data-testid="story-numbers">
          <Formula className="chain-rule numbers" display latex={latex} />
        </div>
      )}
      {single || !links ? (
        <Cards traced={traced} known={3} />
      ) : (
        <LinkedMaps
          // Of another shape, no entry that was pointed at may be there any more.
          key={`${links.local.array.shape} ${links.upstream.array.shape}`}
          links={links}
          upstream={upstream}
          local={whole}
          gradient={gradient}
        />
      )}
      {!links && (
        <p className="quiet-text">
          {telling.large(gradient.data.data.length, upstream.data.data.length)}
        </p>
      )}
      <ul className="story-notes quiet-text">
        {links?.kind === 'matrix' && <li>{telling.layout}</li>}
        {links?.kind === 'elementwise' && !single && <li>{telling.elementwise}</li>}
        {sums && sums.examples > 1 && <li>{telling.summed.examples(sums.examples)}</li>}
        {sums && sums.stretched > 1 && <li>{telling.summed.stretched(sums.stretched)}</li>}
      </ul>
    </>
  );
}

/** The full Jacobian, for whoever asks: of tensors, where it says more than the cards. */
function OnDemand({ id, traced }: { readonly id: WireId; readonly traced: WireTrace }) {
  const { upstream, value } = traced;
  const local = traced.local();
  if (!upstream || !local) return null;
  if (local.kind !== 'jacobian' && value && isSingle(upstream) && isSingle(value)) return null;
  return <JacobianView key={id} wire={id} />;
}
