import { nodeName } from '#graph';
import { TrainingError } from '../errors.ts';
import type { Learnt } from '../learnt.ts';
import { names } from '../names.ts';
import type { Spreads } from './messages.ts';
import { evenly, fed, type Net, type NetState } from './net.ts';
import { compileTrained, seen } from './probe.ts';
import { distanceOf, normOf, spreadOf } from './spread.ts';

/** What a net has learnt at some step of a run. */
export interface NetMoment {
  readonly step: number;
  readonly learnt: Learnt;
  /** One step earlier, where that is known. */
  readonly before?: Learnt;
}

/** How everything is spread over a mini-batch that is always the same, so that a history tells of the net alone. */
export async function spreads<T>(
  net: Net<T>,
  state: NetState<T>,
  { step, learnt, before }: NetMoment,
): Promise<Spreads> {
  const { graph, layers, parts } = net;
  const { train } = parts;
  if (!train) throw new TrainingError('no-field', 'There is nothing to train on.');
  const size = Math.min(net.watched, train.count);
  const ids = layers.map(({ node }) => node.id);
  const probe = net.probe(`trained ${size}`, () => compileTrained(graph, ids, size));
  const feeds = fed(train, evenly(train.count, size), 0, size);
  const numbers = await probe.run(state, feeds, { seed: 0, step });
  const found: Spreads['spreads'] = [];
  for (const { node } of layers) {
    const own = { node: node.id, name: nodeName(node) };
    const value = numbers.get(seen.value(node.id));
    const gradient = numbers.get(seen.gradient(node.id));
    if (value) found.push({ ...own, role: 'activation', spread: spreadOf(value, node.op) });
    if (gradient) found.push({ ...own, role: 'gradient', spread: spreadOf(gradient) });
  }
  const norms: Spreads['norms'] = [];
  for (const { id, name, frozen } of graph.parameters) {
    const weight = learnt.parameters.get(id);
    if (!weight) continue;
    found.push({ node: id, name, role: 'weight', spread: spreadOf(weight.data) });
    const gradient = numbers.get(names.gradient(id));
    if (frozen || !gradient) continue;
    const earlier = before?.parameters.get(id);
    norms.push({
      node: id,
      name,
      weight: normOf(weight.data),
      gradient: normOf(gradient),
      ...(earlier ? { update: distanceOf(weight.data, earlier.data) } : {}),
    });
  }
  return { kind: 'spreads', examples: size, spreads: found, norms };
}
