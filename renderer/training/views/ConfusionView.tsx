import type { Answers, Facts } from '#train';
import { formatPercent } from '../../format/numbers.ts';
import { useNumbers } from '../../store/index.ts';
import { views } from '../../strings/en-views.ts';
import type { TrainingControl } from '../control.ts';
import { PartChoice } from './PartChoice.tsx';
import { State } from './State.tsx';
import { useAnswers } from './use-answers.ts';
import { className, useFacts, usePart } from './use-facts.ts';

const text = views.confusion;

/** Which classes the net takes for which. */
export function ConfusionView({ control }: { readonly control: TrainingControl }) {
  const facts = useFacts(control)?.answer;
  const part = usePart(facts);
  const seen = useAnswers(control, part);
  const numbers = useNumbers();
  const answer = seen?.answer;
  const confusion = answer?.confusion;
  return (
    <State control={control} seen={seen}>
      <div className="view-head">
        <PartChoice facts={facts} part={part} />
        <span className="quiet-text numeric">{views.step(seen?.step)}</span>
      </div>
      {answer && (
        <dl className="figures numeric">
          {confusion && (
            <>
              <Figure name={text.accuracy} value={formatPercent(1 - confusion.top1)} />
              <Figure name={text.top1} value={formatPercent(confusion.top1)} />
              <Figure name={text.top5} value={formatPercent(confusion.top5)} />
            </>
          )}
          <Figure name={text.loss} value={numbers.format(answer.loss, 3)} />
        </dl>
      )}
      {confusion ? (
        <Matrix confusion={confusion} facts={facts} />
      ) : (
        <p className="quiet-text view-state">
          {facts?.verdict ? views.noClasses : views.noVerdict}
        </p>
      )}
      {answer && (
        <p className="quiet-text view-note numeric">{text.examples(answer.examples, answer.of)}</p>
      )}
    </State>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface MatrixProps {
  readonly confusion: NonNullable<Answers['confusion']>;
  readonly facts: Facts | undefined;
}

function Matrix({ confusion: { classes, counts }, facts }: MatrixProps) {
  const all = Array.from({ length: classes }, (_, at) => at);
  const nameOf = (at: number) =>
    facts?.verdict?.kind === 'yesNo' ? (text.yesNo[at] ?? '') : className(facts, at);
  const totals = all.map((row) =>
    all.reduce((total, column) => total + (counts[row * classes + column] ?? 0), 0),
  );
  const wide = classes > 20;
  return (
    <div className="confusion-box">
      <table className="confusion numeric" data-wide={wide} aria-label={text.title}>
        <thead>
          <tr>
            <td className="confusion-corner">
              {text.predicted} →<br />
              {text.truth} ↓
            </td>
            {all.map((column) => (
              <th key={column} scope="col" title={nameOf(column)}>
                <span>{nameOf(column)}</span>
              </th>
            ))}
            <th scope="col">{text.right}</th>
          </tr>
        </thead>
        <tbody>
          {all.map((row) => (
            <tr key={row}>
              <th scope="row" title={nameOf(row)}>
                {nameOf(row)}
              </th>
              {all.map((column) => {
                const count = counts[row * classes + column] ?? 0;
                return (
                  <td
                    key={column}
                    data-right={row === column}
                    data-none={count === 0}
                    title={text.cell(nameOf(row), nameOf(column), count)}
                    style={{ '--share': shadeOf(count, totals[row] ?? 0) }}
                  >
                    {wide ? '' : count}
                  </td>
                );
              })}
              <td className="confusion-right">
                {totals[row] ? text.share((counts[row * classes + row] ?? 0) / totals[row]) : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

declare module 'react' {
  interface CSSProperties {
    /** How strong a colour is, from 0 to 1. */
    '--share'?: number;
  }
}

/** A few mistakes have to be seen beside many right answers. */
function shadeOf(count: number, total: number): number {
  return total === 0 ? 0 : Math.sqrt(count / total);
}
