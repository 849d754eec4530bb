import { useMemo, useState } from 'react';
import { formatNumber, formatPercent } from '../format/numbers.ts';
import { strings } from '../strings/en.ts';
import { Curve, type PlotLine } from './Curve.tsx';
import type { TrainingControl } from './control.ts';
import { type CurveSet, type Curves, type Line, secondSet } from './curves.ts';
import { useTraining } from './use-view.ts';

/** Loss and accuracy as they come; under the pointer, as they were. */
export function TrainingCurves({ control }: { readonly control: TrainingControl }) {
  const text = strings.training;
  const curves = useTraining(control, (view) => view.curves);
  const report = useTraining(control, (view) => view.report);
  const [step, setStep] = useState<number | null>(null);
  const second = secondSet(curves);
  const loss = useMemo(() => linesOf(curves, 'loss'), [curves]);
  const accuracy = useMemo(() => linesOf(curves, 'accuracy'), [curves]);
  const classifies = curves.train.accuracy.some((x) => x !== null);
  // With a validation set to go by, the test set is looked at once.
  const sets: readonly CurveSet[] =
    second === 'test' ? ['train', 'test'] : ['train', 'validation', 'test'];
  return (
    <aside className="training-curves" aria-label={text.curves}>
      {!report && <p className="quiet-text">{text.noRun}</p>}
      {report && (
        <>
          <dl className="curve-legend numeric">
            {sets.map((set) => (
              <LegendEntry
                key={set}
                set={set}
                line={curves[set]}
                step={step}
                now={set === 'train' ? report : undefined}
              />
            ))}
          </dl>
          <p className="quiet-text numeric curve-step">
            {text.atStep(
              step ?? report.step,
              formatNumber(rateAt(curves, step) ?? report.learningRate, 3),
            )}
          </p>
          <h2 className="heading">{text.loss}</h2>
          <Curve
            label={text.loss}
            lines={loss}
            onHover={setStep}
            format={(x) => formatNumber(x, 3)}
          />
          {classifies && (
            <>
              <h2 className="heading">{text.accuracy}</h2>
              <Curve
                label={text.accuracy}
                lines={accuracy}
                top={1}
                onHover={setStep}
                format={(x) => `${Math.round(x * 100)} %`}
              />
            </>
          )}
        </>
      )}
    </aside>
  );
}

function linesOf(curves: Curves, metric: 'loss' | 'accuracy'): readonly PlotLine[] {
  const second = curves[secondSet(curves)];
  return [
    { color: '--train', steps: curves.train.steps, values: curves.train[metric] },
    {
      color: '--validation',
      steps: second.steps,
      values: second[metric],
      marked: second.steps.length < 60,
    },
  ];
}

/** The last number of a line up to a step; of all of it where that is null. */
export function valueAt(
  { steps }: Pick<Line, 'steps'>,
  values: readonly (number | null)[],
  step: number | null,
): number | undefined {
  const at = step === null ? steps.length - 1 : steps.findLastIndex((x) => x <= step);
  return values[at] ?? undefined;
}

const rateAt = ({ train, learningRate }: Curves, step: number | null) =>
  step === null ? undefined : valueAt(train, learningRate, step);

interface LegendEntryProps {
  readonly set: CurveSet;
  readonly line: Line;
  readonly step: number | null;
  /** What the last report says, which may be newer than the line. */
  readonly now: { readonly loss: number; readonly accuracy?: number | undefined } | undefined;
}

function LegendEntry({ set, line, step, now }: LegendEntryProps) {
  const latest = step === null ? now : undefined;
  const loss = latest?.loss ?? valueAt(line, line.loss, step);
  const accuracy = latest?.accuracy ?? valueAt(line, line.accuracy, step);
  if (loss === undefined) return null;
  const percent = accuracy === undefined ? undefined : formatPercent(accuracy);
  return (
    <div className="legend-entry" data-testid={`legend-${set}`}>
      <span className="legend-line" data-set={set} aria-hidden="true" />
      <dt>{strings.training[set]}</dt>
      <dd>{strings.training.result(formatNumber(loss, 3), percent)}</dd>
    </div>
  );
}
