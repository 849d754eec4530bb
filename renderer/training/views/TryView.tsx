import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { ExampleChoice, Facts, PartName } from '#train';
import { views } from '../../strings/en-views.ts';
import { ChoiceField } from '../ChoiceField.tsx';
import type { TrainingControl } from '../control.ts';
import { AnswerBars } from './AnswerBars.tsx';
import { DrawPad } from './DrawPad.tsx';
import { ExamplePick } from './ExamplePick.tsx';
import { Given } from './Given.tsx';
import { ImageDrop } from './ImageDrop.tsx';
import { Maps } from './Maps.tsx';
import { NumbersEntry } from './NumbersEntry.tsx';
import { Segments } from './Segments.tsx';
import { State } from './State.tsx';
import { likelyOf, mostLikely } from './said.ts';
import { className, useFacts, usePart } from './use-facts.ts';
import { type Seen, useInsight } from './use-insight.ts';
import { type TryWay, tryWays, viewsStore } from './views-store.ts';

const text = views.try;

/** One example, of the data or of one's own, and what the net makes of it. */
export function TryView({ control }: { readonly control: TrainingControl }) {
  const known = useFacts(control);
  const facts = known?.answer;
  return (
    <State control={control} seen={known}>
      {facts && (facts.verdict ? <Try control={control} facts={facts} /> : <NoVerdict />)}
    </State>
  );
}

function NoVerdict() {
  return <p className="quiet-text view-state">{views.noVerdict}</p>;
}

function Try({ control, facts }: { readonly control: TrainingControl; readonly facts: Facts }) {
  const part = usePart(facts);
  const { way, index, own } = useStore(viewsStore);
  const count = facts.counts[part] ?? 1;
  const ask = useMemo(() => {
    const choice: ExampleChoice | undefined =
      way === 'data'
        ? { from: 'data', part, indices: [Math.min(index, count - 1)] }
        : own && { from: 'own', ...own };
    return choice && ({ kind: 'examples', choice, maps: true } as const);
  }, [way, part, index, count, own]);
  const seen = useInsight(control, 'examples', ask);
  return (
    <>
      <div className="view-head">
        <Segments<TryWay>
          label={text.way}
          value={way}
          options={tryWays}
          textOf={(option) => text.ways[option]}
          onChange={(next) => viewsStore.setState({ way: next, own: undefined })}
        />
        <span className="quiet-text numeric">{views.step(seen?.step)}</span>
      </div>
      <div className="try">
        <Source way={way} facts={facts} part={part} />
        {ask ? (
          <Outcome seen={seen} facts={facts} known={way === 'data'} />
        ) : (
          <p className="quiet-text">{text.nothing}</p>
        )}
      </div>
      {ask && seen?.answer && <Maps maps={seen.answer.maps} />}
      {seen?.refused && <p className="quiet-text view-state">{seen.refused}</p>}
    </>
  );
}

interface SourceProps {
  readonly way: TryWay;
  readonly facts: Facts;
  readonly part: PartName;
}

function Source({ way, facts, part }: SourceProps) {
  const take = (values: Float32Array<ArrayBuffer> | undefined) =>
    viewsStore.setState({ own: values && { values } });
  const picture = facts.given.length === 1 ? facts.given[0]?.picture : undefined;
  switch (way) {
    case 'data':
      return <ExamplePick facts={facts} part={part} />;
    case 'draw':
      if (picture?.channels !== 1) return <p className="quiet-text">{text.noDrawing}</p>;
      return <DrawPad picture={picture} onDrawn={take} />;
    case 'image':
      if (!picture) return <p className="quiet-text">{text.noImage}</p>;
      return <ImageDrop picture={picture} onImage={take} />;
    case 'numbers':
      return <NumbersEntry count={numbersGiven(facts)} onNumbers={take} />;
  }
}

/** How many numbers the net is given. */
function numbersGiven(facts: Facts): number {
  return facts.given.reduce(
    (total, { shape }) => total + shape.reduce((product, length) => product * length, 1),
    0,
  );
}

interface OutcomeProps {
  readonly seen: Seen<'examples'> | undefined;
  readonly facts: Facts;
  readonly known: boolean;
}

function Outcome({ seen, facts, known }: OutcomeProps) {
  const own = useStore(viewsStore, (state) => state.own);
  const [answered] = seen?.answer?.answered ?? [];
  if (!answered) return <p className="quiet-text">{views.waiting}</p>;
  const likely = likelyOf(answered, facts);
  return (
    <div className="outcome">
      <Given values={answered.given} facts={facts} label={text.given} size={168} />
      <AnswerBars answered={answered} facts={facts} known={known} />
      {!known && own && facts.verdict?.kind === 'classes' && (
        <ChoiceField
          label={text.is}
          value={String(own.target ?? mostLikely(likely))}
          options={likely.map((_, at) => String(at))}
          textOf={(at) => className(facts, Number(at))}
          onChange={(at) => viewsStore.setState({ own: { ...own, target: Number(at) } })}
        />
      )}
    </div>
  );
}
