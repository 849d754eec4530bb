import type { Answered, Facts } from '#train';
import { formatPercent, type Numbers } from '../../format/numbers.ts';
import { views as text } from '../../strings/en-views.ts';
import { className } from './use-facts.ts';

/** One possible answer and how sure the net is of it. */
export interface Likely {
  readonly name: string;
  readonly share: number;
}

/** All classes with their probabilities, in their order; none where the net answers with numbers. */
export function likelyOf({ output }: Answered, facts: Facts | undefined): readonly Likely[] {
  switch (facts?.verdict?.kind) {
    case 'classes':
      return [...output].map((share, at) => ({ name: className(facts, at), share }));
    case 'yesNo': {
      const [yes = 0] = output;
      const [no = '', sure = ''] = text.confusion.yesNo;
      return [
        { name: no, share: 1 - yes },
        { name: sure, share: yes },
      ];
    }
    default:
      return [];
  }
}

/** The place of the most likely one. */
export function mostLikely(likely: readonly Likely[]): number {
  return likely.reduce(
    (best, { share }, at) => (share > (likely[best]?.share ?? 0) ? at : best),
    0,
  );
}

/** What would be right, in a word. */
export function truthOf({ target }: Answered, facts: Facts | undefined, numbers: Numbers): string {
  const [first = 0] = target;
  if (facts?.verdict?.kind === 'classes') return className(facts, first);
  if (facts?.verdict?.kind === 'yesNo') return text.confusion.yesNo[Math.round(first)] ?? '';
  return listOf(target, numbers);
}

/** The net's answer, and what would be right. */
export function said(
  one: Answered,
  facts: Facts | undefined,
  numbers: Numbers,
): { readonly answer: string; readonly truth: string } {
  const likely = likelyOf(one, facts);
  const best = likely[mostLikely(likely)];
  const { says, is } = text.mistakes;
  const answer = best ? `${best.name} · ${formatPercent(best.share)}` : listOf(one.output, numbers);
  return { answer: says(answer), truth: is(truthOf(one, facts, numbers)) };
}

const mostListed = 4;

/** The first few of some numbers. */
export function listOf(values: ArrayLike<number>, numbers: Numbers): string {
  const listed = Array.from(values).slice(0, mostListed);
  const more = values.length > mostListed ? ', …' : '';
  return `${listed.map((x) => numbers.format(x, 3)).join(', ')}${more}`;
}
