/** A page that was taken over: it says to main and to the trainer what no page of ours would. */

import fc from 'fast-check';
import { createHost } from '../../../renderer/host/index.ts';
import { conversation, converse } from '../../support/fuzz/conversation.ts';
import { value } from '../../support/fuzz/hostile.ts';
import { message } from '../../support/fuzz/inputs.ts';
import { request } from '../../support/fuzz/requests.ts';

/** Every answer is an outcome: what was asked for, or a sentence. What cannot be sent is refused on this side. */
async function answered(asked: () => Promise<unknown>): Promise<boolean> {
  let answer: unknown;
  try {
    answer = await asked();
  } catch (error) {
    return /could not be cloned|recursion depth/.test(String(error));
  }
  const { ok, message: sentence } = Object(answer) as Record<string, unknown>;
  return ok === true || (ok === false && /^\S.*[.…]$/su.test(String(sentence)));
}

const bridge = Reflect.get(window, 'gradwire') as {
  request(name: unknown, payload: unknown): Promise<unknown>;
  drop(files: unknown): Promise<unknown>;
};

const failureOf = async (property: fc.IAsyncProperty<unknown>, numRuns: number) => {
  const { failed, counterexample, errorInstance } = await fc.check(property, { numRuns });
  return failed ? `${fc.stringify(counterexample)}: ${String(errorInstance)}` : undefined;
};

const api = {
  /** What main does not answer as it should, in words. */
  requests: (runs: number) =>
    failureOf(
      fc.asyncProperty(fc.oneof(request, fc.tuple(value, message)), async ([name, payload]) => {
        // A page may close its own window, which is no use here.
        if (name === 'window.closeAnswer' && Reflect.get(Object(payload), 'close') === true) return;
        if (!(await answered(() => bridge.request(name, payload)))) throw new Error(String(name));
      }) as fc.IAsyncProperty<unknown>,
      runs,
    ),

  drops: (runs: number) =>
    failureOf(
      fc.asyncProperty(fc.oneof(value, message), (files) =>
        answered(() => bridge.drop(files)),
      ) as fc.IAsyncProperty<unknown>,
      runs,
    ),

  /** What the trainer does wrong; afterwards it still trains. */
  trainer: async (runs: number) => {
    const started = await createHost().startTrainer();
    if (!started.ok) return started.message;
    const { port } = started.value;
    const ended = new Promise<string>((end) =>
      started.value.onExit(({ message: sentence }) => end(sentence)),
    );
    const talk = failureOf(
      fc.asyncProperty(conversation, (said) => converse(said, port)) as fc.IAsyncProperty<unknown>,
      runs,
    );
    return Promise.race([talk, ended]);
  },
};

export type HostilePage = typeof api;

declare global {
  interface Window {
    readonly hostile: HostilePage;
  }
}

Object.assign(window, { hostile: api });
