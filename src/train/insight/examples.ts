import { inferForms, type NodeId, nodeName } from '#graph';
import { sizeOf } from '#tensor';
import { TrainingError } from '../errors.ts';
import { type Learnt, packed } from '../learnt.ts';
import { names } from '../names.ts';
import type { Answer, ExampleChoice } from './messages.ts';
import { copied, fed, type Net, type NetState } from './net.ts';
import { compileUse, type Fed, seen } from './probe.ts';
import { formOf } from './verdict.ts';

/** How the net answers chosen examples; with `maps`, also what every layer makes of the first one. */
export async function examples<T>(
  net: Net<T>,
  state: NetState<T>,
  { choice, maps }: { readonly choice: ExampleChoice; readonly maps: boolean },
  step: number,
): Promise<Answer> {
  const { graph, verdict } = net;
  const layers = maps ? net.layers.map(({ node }) => node) : [];
  const ids = layers.map(({ id }) => id);
  const { size, feeds } = chosen(net, choice);
  const probe = net.probe(`use ${size} ${maps}`, () => compileUse(graph, verdict, ids, size));
  const numbers = await probe.run(state, feeds, { seed: 0, step });
  const answered = net.rows(numbers, feeds, size).map((one, at) => {
    const index = choice.from === 'data' ? choice.indices[at] : undefined;
    return copied(
      choice.from === 'data' && index !== undefined ? { ...one, part: choice.part, index } : one,
    );
  });
  const forms = inferForms(graph.document, graph.registry);
  return {
    kind: 'examples',
    answered,
    maps: layers.flatMap((node) => {
      const value = numbers.get(seen.value(node.id));
      const shape = formOf(forms, node.id)?.shape;
      if (!value || !shape) return [];
      const data = value.slice(0, sizeOf(shape));
      return [{ node: node.id, name: nodeName(node), shape: [...shape], data }];
    }),
  };
}

/** Everything that a trace of chosen examples needs. */
export function tracedMoment<T>(net: Net<T>, choice: ExampleChoice, learnt: Learnt): Answer {
  const { feeds } = chosen(net, choice);
  const { values, averages } = packed(learnt);
  return {
    kind: 'moment',
    inputs: net.graph.inputs.flatMap(({ id, name }) => {
      const feed = feeds.find((one) => one.name === names.data(id));
      if (!feed) return [];
      return [{ node: id, name, shape: [...feed.shape], data: Float32Array.from(feed.values) }];
    }),
    parameters: named(net, values),
    averages,
  };
}

/** The parameters with their names. */
export function named<T, V extends { readonly node: NodeId }>(
  { graph }: Net<T>,
  values: readonly V[],
): (V & { readonly name: string })[] {
  const known = new Map(graph.parameters.map(({ id, name }) => [id, name]));
  return values.map((value) => ({ ...value, name: known.get(value.node) ?? value.node }));
}

interface Chosen {
  readonly size: number;
  readonly feeds: readonly Fed[];
}

/** What all inputs get for a choice of examples. Throws `TrainingError` where there is no such example. */
function chosen<T>(net: Net<T>, choice: ExampleChoice): Chosen {
  if (choice.from === 'data') {
    const { part, indices } = choice;
    const data = net.parts[part];
    const beyond = indices.find((index) => index >= (data?.count ?? 0));
    if (!data || beyond !== undefined) {
      const sentence = `There is no example ${beyond ?? 0} in the ${part} part of the data.`;
      throw new TrainingError('bad-field', sentence);
    }
    return { size: indices.length, feeds: fed(data, indices, 0, indices.length) };
  }
  const { values, target = 0 } = choice;
  if (values.length !== net.dimensions) {
    const sentence = `The net is given ${net.dimensions} numbers, and these are ${values.length}.`;
    throw new TrainingError('bad-field', sentence);
  }
  const given = net.split(values, 1);
  const others = net.graph.inputs.filter((input) => !net.given.includes(input));
  return {
    size: 1,
    feeds: [
      ...given,
      ...others.map(({ id, field, shape }): Fed => {
        const twin = net.given.find((input) => input.field === field);
        const same = given.find(({ name }) => twin && name === names.data(twin.id));
        const own = same ? same.values.slice() : new Float32Array(sizeOf(shape));
        // One number for each class, or the number itself.
        if (!same) own[own.length > 1 ? target : 0] = own.length > 1 ? 1 : target;
        return { name: names.data(id), shape: [1, ...shape], values: own };
      }),
    ],
  };
}
