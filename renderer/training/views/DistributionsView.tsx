import { useCallback, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type Spread, type SpreadRole, spreadRoles } from '#train';
import { useNumbers } from '../../store/index.ts';
import { views } from '../../strings/en-views.ts';
import { MathName } from '../../ui/MathName.tsx';
import type { TrainingControl } from '../control.ts';
import { type Canvas, Painted } from './Painted.tsx';
import { Segments } from './Segments.tsx';
import { State } from './State.tsx';
import { drawStrip, rangeOf } from './strip.ts';
import { useInsight } from './use-insight.ts';

const text = views.spreads;
const tones = { activation: '--value', gradient: '--gradient', weight: '--value' } as const;

/** How activations, gradients and weights are spread, layer by layer, over the steps. */
export function DistributionsView({ control }: { readonly control: TrainingControl }) {
  const seen = useInsight(control, 'spreads', question);
  const history = useStore(control.looker.view, (view) => view.history);
  const [role, setRole] = useState<SpreadRole>('activation');
  const answer = seen?.answer;
  const strips = useMemo(() => {
    const own = answer?.spreads.filter((one) => one.role === role) ?? [];
    return own.map(({ node, name, spread }) => {
      const before = history.flatMap(
        ({ spreads }) =>
          spreads.spreads.find((one) => one.node === node && one.role === role)?.spread ?? [],
      );
      return { node, name, spread, history: before.length > 0 ? before : [spread] };
    });
  }, [answer, history, role]);
  return (
    <State control={control} seen={seen}>
      <div className="view-head">
        <Segments<SpreadRole>
          label={text.which}
          value={role}
          options={spreadRoles}
          textOf={(option) => text.roles[option]}
          onChange={setRole}
        />
        <span className="quiet-text numeric">
          {views.step(seen?.step)}
          {role === 'weight' || !answer ? '' : ` · ${text.of(answer.examples)}`}
        </span>
      </div>
      {strips.length === 0 && <p className="quiet-text view-state">{text.none}</p>}
      {strips.map((strip) => (
        <Strip key={strip.node} {...strip} tone={tones[role]} />
      ))}
      {strips.length > 0 && <p className="quiet-text view-note">{text.history}</p>}
    </State>
  );
}

const question = { kind: 'spreads' } as const;

interface StripProps {
  readonly name: string;
  readonly spread: Spread;
  readonly history: readonly Spread[];
  readonly tone: string;
}

function Strip({ name, spread, history, tone }: StripProps) {
  const numbers = useNumbers();
  const draw = useCallback((canvas: Canvas) => drawStrip(history, tone, canvas), [history, tone]);
  const { mean, deviation, zeros, saturated, notFinite, low, high } = spread;
  const format = (x: number) => numbers.format(x, 3);
  const [bottom, top] = rangeOf(history);
  return (
    <section className="strip" data-testid="strip">
      <div className="strip-head numeric">
        <MathName name={name} />
        <span>
          {text.mean} {format(mean)}
        </span>
        <span>
          {text.deviation} {format(deviation)}
        </span>
        <span>{text.zeros(zeros)}</span>
        {saturated !== undefined && <span>{text.saturated(saturated)}</span>}
        {notFinite > 0 && <strong>{text.notFinite(notFinite)}</strong>}
      </div>
      <div className="strip-body">
        <Painted
          className="strip-picture"
          label={text.label(name, format(mean), format(deviation), format(low), format(high))}
          draw={draw}
        />
        <div className="strip-scale numeric" aria-hidden="true">
          <span>{format(top)}</span>
          <span>{format(bottom)}</span>
        </div>
      </div>
    </section>
  );
}
