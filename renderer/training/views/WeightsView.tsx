import { useMemo, useState } from 'react';
import { views } from '../../strings/en-views.ts';
import { HeatMap } from '../../ui/HeatMap.tsx';
import { ChoiceField } from '../ChoiceField.tsx';
import type { TrainingControl } from '../control.ts';
import { Bitmap } from './Bitmap.tsx';
import { State } from './State.tsx';
import { type Templates, templatesOf, type Weight } from './templates.ts';
import { useFacts } from './use-facts.ts';
import { useInsight } from './use-insight.ts';

const text = views.weights;
const question = { kind: 'weights' } as const;

/** The parameters as images: rows as templates, filters, or plain rows and columns. */
export function WeightsView({ control }: { readonly control: TrainingControl }) {
  const facts = useFacts(control)?.answer;
  const seen = useInsight(control, 'weights', question);
  const [chosen, setChosen] = useState<string>();
  const weights = seen?.answer?.weights ?? [];
  // The one with most to see, unless another was chosen.
  const telling = weights.find((weight) => templatesOf(weight, facts)) ?? weights[0];
  const weight = weights.find(({ node }) => node === chosen) ?? telling;
  const templates = useMemo(() => weight && templatesOf(weight, facts), [weight, facts]);
  return (
    <State control={control} seen={seen}>
      {weight ? (
        <>
          <div className="view-head">
            <ChoiceField
              label={text.which}
              value={weight.node}
              options={weights.map(({ node }) => node)}
              textOf={(node) => nameOf(weights.find((one) => one.node === node))}
              onChange={setChosen}
            />
            <span className="quiet-text numeric">{views.step(seen?.step)}</span>
          </div>
          {templates ? <Images templates={templates} /> : <Matrix weight={weight} />}
          {templates?.picture.channels !== 3 && (
            <p className="quiet-text view-note">{text.signed}</p>
          )}
        </>
      ) : (
        <p className="quiet-text view-state">{text.none}</p>
      )}
    </State>
  );
}

function nameOf(weight: Weight | undefined): string {
  return weight ? `${weight.name}  ${weight.shape.join(' × ')}` : '';
}

function Images({ templates: { kind, picture, images, all } }: { readonly templates: Templates }) {
  const size = kind === 'filters' ? 56 : 84;
  const label = kind === 'filters' ? text.filter : text.row;
  return (
    <>
      <p className="quiet-text view-note">
        {text[kind]}. {images.length < all && text.more(images.length, all)}
      </p>
      <ul className="templates numeric">
        {images.map((data, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <li key={at}>
            <Bitmap label={label(at)} data={data} picture={picture} kind="signed" size={size} />
            <span aria-hidden="true">{at}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Matrix({ weight: { name, shape, data } }: { readonly weight: Weight }) {
  const array = useMemo(() => ({ shape, data: Float64Array.from(data) }), [shape, data]);
  return (
    <>
      <p className="quiet-text view-note">{text.matrix}.</p>
      <div role="img" aria-label={name}>
        <HeatMap array={array} tone="value" width={400} height={320} />
      </div>
    </>
  );
}
