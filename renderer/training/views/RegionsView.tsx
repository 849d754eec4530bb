import { useCallback } from 'react';
import type { Facts, Region } from '#train';
import { views } from '../../strings/en-views.ts';
import { toneOf } from '../../ui/tones.ts';
import type { TrainingControl } from '../control.ts';
import { drawCurve, drawField } from './field.ts';
import { type Canvas, Painted } from './Painted.tsx';
import { State } from './State.tsx';
import { className, useFacts } from './use-facts.ts';
import { useInsight } from './use-insight.ts';

const text = views.regions;
const question = { kind: 'region' } as const;

/** What the net makes of the plane, or the line, that its examples lie in. */
export function RegionsView({ control }: { readonly control: TrainingControl }) {
  const known = useFacts(control);
  const facts = known?.answer;
  const dimensions = facts?.given.reduce(
    (total, { shape }) => total + shape.reduce((product, length) => product * length, 1),
    0,
  );
  const fits = facts?.verdict !== undefined && (dimensions === 1 || dimensions === 2);
  const seen = useInsight(control, 'region', fits ? question : undefined);
  if (facts && !fits) {
    return <p className="quiet-text view-state">{facts.verdict ? text.none : views.noVerdict}</p>;
  }
  return (
    <State control={control} seen={known?.refused ? known : seen}>
      {seen?.answer && facts && <Field region={seen.answer} facts={facts} step={seen.step} />}
    </State>
  );
}

interface FieldProps {
  readonly region: Region;
  readonly facts: Facts;
  readonly step: number | undefined;
}

function Field({ region, facts, step }: FieldProps) {
  const kind = facts.verdict?.kind ?? 'numbers';
  const line = region.dimensions === 1;
  const draw = useCallback(
    (canvas: Canvas) => {
      if (line) drawCurve(region, canvas);
      else drawField(region, kind, canvas);
    },
    [region, kind, line],
  );
  const label = line ? text.line : text.plane;
  return (
    <>
      <div className="view-head">
        <span>{label}</span>
        <span className="quiet-text numeric">{views.step(step)}</span>
      </div>
      <Painted className="region" label={label} draw={draw} />
      <ul className="legend">
        {legendOf(facts, region).map(([name, tone]) => (
          <li key={name}>
            <span className="tone" style={{ background: `var(${tone})` }} />
            {name}
          </li>
        ))}
        {!line && region.trained.includes(false) && (
          <li>
            <span className="tone ring" />
            {text.held}
          </li>
        )}
      </ul>
    </>
  );
}

/** Names and colours. */
function legendOf(facts: Facts, region: Region): readonly (readonly [string, string])[] {
  const { kind = 'numbers', size = 1 } = facts.verdict ?? {};
  if (region.dimensions === 1) {
    return [
      [text.trained, '--train'],
      ...(region.trained.includes(false) ? [[text.held, '--validation'] as const] : []),
    ];
  }
  if (kind === 'numbers') return [];
  const names =
    kind === 'yesNo'
      ? views.confusion.yesNo
      : Array.from({ length: size }, (_, at) => text.class(className(facts, at)));
  return names.map((name, at) => [name, toneOf(at)] as const);
}
