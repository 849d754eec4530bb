import type { Answer, Answered, PartName } from './messages.ts';
import { copied, evenly, type Net, type NetState } from './net.ts';
import { Tally } from './tally.ts';
import type { Verdict } from './verdict.ts';

/** Of the most wrong examples, so many are told. */
const worstTold = 24;

/** How the net answers examples of a part, at even distances where not all are asked. */
export async function* answers<T>(
  net: Net<T>,
  state: NetState<T>,
  { part, atMost }: { readonly part: PartName; readonly atMost: number },
  step: number,
): AsyncGenerator<undefined, Answer> {
  const data = net.parts[part];
  const { verdict } = net;
  if (!data) return { kind: 'refused', message: `The data set has no ${part} part.` };
  const asked = Math.min(atMost, data.count);
  const order = evenly(data.count, asked);
  const tally = tallyOf(verdict);
  let loss = 0;
  let worst: Answered[] = [];
  for (let from = 0; from < asked; from += net.portion) {
    const size = Math.min(net.portion, asked - from);
    const found = await net.answered(state, { data, order, from, size }, step);
    for (const one of found) {
      loss += one.loss;
      const [truth = 0] = one.target;
      // Numbers are never quite right: all of them may be among the worst.
      const right =
        tally && tally.add(Math.round(truth), scoresOf(verdict, one)) === Math.round(truth);
      if (!right) worst.push({ ...one, part });
    }
    worst.sort((a, b) => b.loss - a.loss || (a.index ?? 0) - (b.index ?? 0));
    // As views they would all hold on to the portions they were cut from.
    worst = worst.slice(0, worstTold).map(copied);
    if (from + size < asked) yield;
  }
  return {
    kind: 'answers',
    part,
    examples: asked,
    of: data.count,
    loss: loss / asked,
    ...(tally
      ? {
          confusion: {
            classes: tally.classes,
            counts: [...tally.counts],
            top1: tally.top1,
            top5: tally.top5,
          },
        }
      : {}),
    worst,
  };
}

function tallyOf(verdict: Verdict | undefined): Tally | undefined {
  if (verdict?.kind === 'classes') return new Tally(verdict.size);
  return verdict?.kind === 'yesNo' ? new Tally(2) : undefined;
}

/** No and yes are two classes. */
function scoresOf(verdict: Verdict | undefined, { output }: Answered): ArrayLike<number> {
  const [yes = 0] = output;
  return verdict?.kind === 'yesNo' ? [1 - yes, yes] : output;
}
