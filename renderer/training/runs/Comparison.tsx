import { useMemo, useState } from 'react';
import { formatNumber } from '../../format/numbers.ts';
import { runs as text } from '../../strings/en-runs.ts';
import { ChoiceField } from '../ChoiceField.tsx';
import { Curve, type PlotLine } from '../Curve.tsx';
import { type Curves, secondSet } from '../curves.ts';
import { valueAt } from '../TrainingCurves.tsx';
import type { RunRecord } from './record.ts';
import { Swatch } from './Swatch.tsx';
import { toneOf } from './tones.ts';

const metrics = [
  'validationLoss',
  'trainLoss',
  'validationAccuracy',
  'trainAccuracy',
  'learningRate',
] as const;

type Metric = (typeof metrics)[number];

/** The curves of several runs in one plot, with what they are under the pointer and what they differ in. */
export function Comparison({ records }: { readonly records: readonly RunRecord[] }) {
  const [chosen, setMetric] = useState<Metric>();
  const [step, setStep] = useState<number | null>(null);
  // Before its first epoch is over, a run has nothing to show but its training.
  const tested = records.every(({ curves }) => curves[secondSet(curves)].steps.length > 0);
  const metric = chosen ?? (tested ? 'validationLoss' : 'trainLoss');
  const lines = useMemo(
    () => records.map((record, place) => ({ ...lineOf(record.curves, metric), ...toneOf(place) })),
    [records, metric],
  );
  const share = metric === 'validationAccuracy' || metric === 'trainAccuracy';
  const format = (x: number) => (share ? `${(100 * x).toFixed(1)} %` : formatNumber(x, 3));
  const different = useMemo(() => differences(records), [records]);
  return (
    <section className="comparison" aria-label={text.title}>
      <div className="comparison-head">
        <ChoiceField
          label={text.metric}
          value={metric}
          options={metrics}
          textOf={(name) => text.metrics[name]}
          onChange={(name) => setMetric(name)}
        />
      </div>
      {records.length === 0 ? (
        <p className="quiet-text">{text.chooseToCompare}</p>
      ) : (
        <>
          <Curve
            label={text.metrics[metric]}
            lines={lines}
            height={360}
            {...(share ? { top: 1 } : {})}
            onHover={setStep}
            format={(x) => (share ? `${Math.round(100 * x)} %` : formatNumber(x, 3))}
          />
          <p className="quiet-text numeric">{text.atStep(step)}</p>
          <ul className="comparison-legend">
            {records.map((record, place) => {
              const line = lines[place];
              const value = line && valueAt(line, line.values, step);
              return (
                <li key={record.id}>
                  <Swatch place={place} />
                  <strong className="run-name">{record.name}</strong>
                  <span className="quiet-text numeric">{different.get(record.id)}</span>
                  <span className="comparison-value numeric">
                    {value === undefined ? text.none0 : format(value)}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </section>
  );
}

function lineOf(curves: Curves, metric: Metric): Pick<PlotLine, 'steps' | 'values' | 'marked'> {
  const { train, learningRate } = curves;
  switch (metric) {
    case 'learningRate':
      return { steps: train.steps, values: learningRate };
    case 'trainLoss':
      return { steps: train.steps, values: train.loss };
    case 'trainAccuracy':
      return { steps: train.steps, values: train.accuracy };
    default: {
      const second = curves[secondSet(curves)];
      const values = metric === 'validationLoss' ? second.loss : second.accuracy;
      return { steps: second.steps, values, marked: second.steps.length < 60 };
    }
  }
}

/** For each run, those of its settings that are not the same in all. */
function differences(records: readonly RunRecord[]): ReadonlyMap<string, string> {
  const [first, ...others] = records;
  if (!first) return new Map();
  const names = Object.keys(first.settings).filter((name) =>
    others.some((other) => settingText(other, name) !== settingText(first, name)),
  );
  return new Map(
    records.map((record) => [
      record.id,
      text.about(names.map((name) => `${inWords(name)} ${settingText(record, name)}`)),
    ]),
  );
}

/** “learningRate” as “learning rate”. */
const inWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function settingText({ settings }: RunRecord, name: string): string {
  const value: unknown = new Map(Object.entries(settings)).get(name);
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return JSON.stringify(value ?? null).replace(/["{}]/g, '');
}
