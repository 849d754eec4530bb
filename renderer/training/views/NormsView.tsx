import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Spreads } from '#train';
import { useNumbers } from '../../store/index.ts';
import { views } from '../../strings/en-views.ts';
import { MathName } from '../../ui/MathName.tsx';
import { toneOf } from '../../ui/tones.ts';
import type { TrainingControl } from '../control.ts';
import { type Line, Lines } from './Lines.tsx';
import type { Moment } from './looker.ts';
import { State } from './State.tsx';
import { useInsight } from './use-insight.ts';

const text = views.norms;

type Norms = Spreads['norms'];
type Norm = Norms[number];

const question = { kind: 'spreads' } as const;

/** How large gradients, weights and their changes are, parameter by parameter, over the steps. */
export function NormsView({ control }: { readonly control: TrainingControl }) {
  const seen = useInsight(control, 'spreads', question);
  const history = useStore(control.looker.view, (view) => view.history);
  const norms = seen?.answer?.norms ?? [];
  return (
    <State control={control} seen={seen}>
      <p className="view-head quiet-text numeric">{views.step(seen?.step)}</p>
      {norms.length === 0 ? (
        <p className="quiet-text view-state">{text.none}</p>
      ) : (
        <Measured norms={norms} history={history} />
      )}
    </State>
  );
}

const measures = [
  ['gradient', (norm: Norm) => norm.gradient],
  ['weight', (norm: Norm) => norm.weight],
  ['ratio', ratioOf],
] as const;

function ratioOf({ update, weight }: Norm): number | undefined {
  return update === undefined || weight === 0 ? undefined : update / weight;
}

interface MeasuredProps {
  readonly norms: Norms;
  readonly history: readonly Moment[];
}

function Measured({ norms, history }: MeasuredProps) {
  const numbers = useNumbers();
  const format = (x: number) => numbers.format(x, 2);
  const steps = useMemo(() => history.map(({ step }) => step), [history]);
  const top = Math.max(...norms.map(({ gradient }) => gradient));
  return (
    <>
      <table className="norms numeric">
        <thead>
          <tr>
            <th scope="col">{text.parameter}</th>
            <th scope="col" colSpan={2}>
              {text.gradient}
            </th>
            <th scope="col">{text.weight}</th>
            <th scope="col" title={text.ratioHint}>
              {text.ratio}
            </th>
          </tr>
        </thead>
        <tbody>
          {norms.map((norm, at) => {
            const ratio = ratioOf(norm);
            return (
              <tr key={norm.node}>
                <th scope="row">
                  <span className="tone" style={{ background: `var(${toneOf(at)})` }} />
                  <MathName name={norm.name} />
                </th>
                <td className="norm-bar" aria-hidden="true">
                  <span style={{ width: `${barOf(norm.gradient, top)}%` }} />
                </td>
                <td className="gradient">{format(norm.gradient)}</td>
                <td className="value">{format(norm.weight)}</td>
                <td>{ratio === undefined ? '–' : format(ratio)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {history.length > 1 ? (
        measures.map(([name, measure]) => (
          <History
            key={name}
            label={text[name]}
            steps={steps}
            norms={norms}
            history={history}
            measure={measure}
            format={format}
          />
        ))
      ) : (
        <p className="quiet-text view-note">{text.noRatio}</p>
      )}
      {history.length > 1 && <p className="quiet-text view-note">{text.ratioHint}</p>}
    </>
  );
}

/** Of the largest, in powers of ten: five of them from end to end. */
function barOf(gradient: number, top: number): number {
  if (!(gradient > 0) || !(top > 0)) return 0;
  return Math.max(2, 100 * (1 + Math.log10(gradient / top) / 5));
}

interface HistoryProps extends MeasuredProps {
  readonly label: string;
  readonly steps: readonly number[];
  measure(norm: Norm): number | undefined;
  format(x: number): string;
}

function History({ label, steps, norms, history, measure, format }: HistoryProps) {
  const lines = useMemo(
    () =>
      norms.map(({ node, name }, at): Line => {
        const values = history.map(({ spreads }) => {
          const own = spreads.norms.find((norm) => norm.node === node);
          return (own && measure(own)) ?? null;
        });
        return { name, tone: toneOf(at), values };
      }),
    [norms, history, measure],
  );
  if (lines.every(({ values }) => values.every((x) => x === null))) return null;
  return (
    <>
      <h2 className="heading">{label}</h2>
      <Lines label={text.plot(label, steps.length)} steps={steps} lines={lines} format={format} />
    </>
  );
}
