import type { Answered, Facts } from '#train';
import { formatPercent } from '../../format/numbers.ts';
import { useNumbers } from '../../store/index.ts';
import { views } from '../../strings/en-views.ts';
import { Bitmap } from './Bitmap.tsx';
import { likelyOf, listOf, mostLikely, truthOf } from './said.ts';

const text = views.try;

/** More classes than these are shown by the likeliest. */
const allShown = 12;

interface AnswerBarsProps {
  readonly answered: Answered;
  readonly facts: Facts;
  /** Whether it is known what would be right. */
  readonly known: boolean;
}

/** What the net answers: the probabilities of the classes as bars, or numbers. */
export function AnswerBars({ answered, facts, known }: AnswerBarsProps) {
  const numbers = useNumbers();
  const likely = likelyOf(answered, facts);
  const best = mostLikely(likely);
  const truth = known ? truthOf(answered, facts, numbers) : undefined;
  const shown = likely.map((one, at) => ({ ...one, at }));
  if (shown.length > allShown) {
    shown.sort((a, b) => b.share - a.share);
    shown.length = allShown;
  }
  const picture = facts.verdict?.picture;
  return (
    <section className="answer numeric" aria-label={text.answer} data-testid="answer">
      <h2 className="heading">{text.answer}</h2>
      {likely.length > 0 ? (
        <ul className="answer-bars">
          {shown.map(({ name, share, at }) => (
            <li key={at} data-best={at === best} data-truth={name === truth}>
              <span className="answer-name">{name}</span>
              <span className="answer-bar" aria-hidden="true">
                <span style={{ width: `${100 * share}%` }} />
              </span>
              <span className="answer-share">{formatPercent(share)}</span>
            </li>
          ))}
        </ul>
      ) : picture ? (
        <Bitmap
          label={text.output}
          data={answered.output}
          picture={picture}
          kind="image"
          size={168}
        />
      ) : (
        <p className="answer-numbers value">{listOf(answered.output, numbers)}</p>
      )}
      {truth !== undefined && !picture && (
        <p className="quiet-text">
          {text.truth} {truth} · {text.loss} {numbers.format(answered.loss, 3)}
        </p>
      )}
    </section>
  );
}
