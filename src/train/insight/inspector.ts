import { packed } from '../learnt.ts';
import { answers } from './answers.ts';
import { examples, named, tracedMoment } from './examples.ts';
import { facts } from './facts.ts';
import type { Answer, Ask } from './messages.ts';
import { Net, type NetOptions } from './net.ts';
import { region } from './region.ts';
import { type NetMoment, spreads } from './spreads.ts';

/**
 * Answers questions about a net, each about one moment, with programs of its own. What takes long is done
 * in portions, between which it yields.
 */
export class Inspector<T> {
  readonly #net: Net<T>;

  constructor(options: NetOptions<T>) {
    this.#net = new Net(options);
  }

  /** Throws `TrainingError` where the question makes no sense, and what the engine throws. */
  async *answer(ask: Ask, moment: NetMoment): AsyncGenerator<undefined, Answer> {
    const net = this.#net;
    const { step, learnt } = moment;
    if (ask.kind === 'facts') return facts(net);
    if (ask.kind === 'moment') return tracedMoment(net, ask.choice, learnt);
    if (ask.kind === 'weights') {
      return { kind: 'weights', weights: named(net, packed(learnt).values) };
    }
    const state = net.upload(learnt);
    try {
      if (ask.kind === 'spreads') return await spreads(net, state, moment);
      if (ask.kind === 'answers') return yield* answers(net, state, ask, step);
      if (ask.kind === 'region') return yield* region(net, state, step);
      return await examples(net, state, ask, step);
    } finally {
      net.release(state);
    }
  }

  /** Gives everything back to the engine. */
  dispose(): void {
    this.#net.dispose();
  }
}
