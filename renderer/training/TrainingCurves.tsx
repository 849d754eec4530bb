import { formatNumber, formatPercent } from '../format/numbers.ts';
import { strings } from '../strings/en.ts';
import { Curve } from './Curve.tsx';
import type { TrainingControl } from './control.ts';
import { useTraining } from './use-view.ts';

/** Loss and accuracy as they come. */
export function TrainingCurves({ control }: { readonly control: TrainingControl }) {
  const text = strings.training;
  const curves = useTraining(control, (view) => view.curves);
  const report = useTraining(control, (view) => view.report);
  const testAt = curves.testLoss.findLastIndex((x) => x !== null);
  const testLoss = curves.testLoss[testAt];
  const testAccuracy = curves.testAccuracy[testAt];
  const classifies = curves.accuracy.some((x) => x !== null);
  return (
    <aside className="training-curves" aria-label={text.curves}>
      {!report && <p className="quiet-text">{text.noRun}</p>}
      {report && (
        <>
          <dl className="curve-legend numeric">
            <LegendEntry
              tone="train"
              label={text.train}
              loss={report.loss}
              accuracy={report.accuracy}
            />
            {testLoss != null && (
              <LegendEntry
                tone="validation"
                label={text.test}
                loss={testLoss}
                accuracy={testAccuracy ?? undefined}
              />
            )}
          </dl>
          <h2 className="heading">{text.loss}</h2>
          <Curve
            label={text.loss}
            steps={curves.steps}
            train={curves.loss}
            test={curves.testLoss}
            format={(x) => formatNumber(x, 3)}
          />
          {classifies && (
            <>
              <h2 className="heading">{text.accuracy}</h2>
              <Curve
                label={text.accuracy}
                steps={curves.steps}
                train={curves.accuracy}
                test={curves.testAccuracy}
                top={1}
                format={(x) => `${Math.round(x * 100)} %`}
              />
            </>
          )}
        </>
      )}
    </aside>
  );
}

interface LegendEntryProps {
  readonly tone: 'train' | 'validation';
  readonly label: string;
  readonly loss: number;
  readonly accuracy: number | undefined;
}

function LegendEntry({ tone, label, loss, accuracy }: LegendEntryProps) {
  const percent = accuracy === undefined ? undefined : formatPercent(accuracy);
  return (
    <div className="legend-entry" data-testid={`legend-${tone}`}>
      <span className="legend-line" data-tone={tone} aria-hidden="true" />
      <dt>{label}</dt>
      <dd>{strings.training.result(formatNumber(loss, 3), percent)}</dd>
    </div>
  );
}
