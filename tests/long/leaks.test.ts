import { expect, it } from 'vitest';
import { anyEngine } from '../support/training.ts';
import { wholeNet } from '../support/whole-net.ts';

it.each(['js', 'wasm', 'cpu'] as const)(
  'a net with layers of every kind holds no tensor longer than its step, 1,000 times on %s',
  async (name) => {
    const net = wholeNet();
    const engine = await anyEngine(name);
    const before = engine.held();
    const session = net.open(engine);
    const step = (at: number) => session.step(net.batch(at), 0.001);
    for (let at = 0; at < 10; at++) await step(at);
    const level = engine.held();
    for (let at = 10; at < 1000; at++) await step(at);
    expect(engine.held()).toBe(level);
    session.dispose();
    expect(engine.held()).toBe(before);
  },
);
