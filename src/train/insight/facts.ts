import { inferForms } from '#graph';
import { sizeOf } from '#tensor';
import { isTraining } from '../modes.ts';
import { type Facts, type Picture, partNames } from './messages.ts';
import type { Net } from './net.ts';
import { formOf } from './verdict.ts';

/** What there is to look at. */
export function facts<T>(net: Net<T>): Facts {
  const { graph, verdict, parts } = net;
  const counts: Facts['counts'] = {};
  for (const part of partNames) {
    const count = parts[part]?.count;
    if (count !== undefined) counts[part] = count;
  }
  const classes = verdict?.kind === 'classes' ? classNames(net) : [];
  return {
    kind: 'facts',
    given: net.given.map((input) => {
      const { id, name, shape } = input;
      const picture = net.pictureOf(input);
      return { node: id, name, shape: [...shape], ...(picture ? { picture } : {}) };
    }),
    ...(verdict
      ? { verdict: { kind: verdict.kind, size: verdict.size, ...pictureOfAnswer(net) } }
      : {}),
    counts,
    ...(classes.length > 0 ? { classes: [...classes] } : {}),
    modes: graph.plan.some(({ node }) => isTraining(node)),
  };
}

/** What the classes are called, where the target comes straight from the data. */
function classNames<T>({ graph, verdict, data }: Net<T>): readonly string[] {
  const targets = new Set([verdict?.target]);
  for (const { node, inputs } of graph.plan.toReversed()) {
    if (targets.has(node.id)) for (const { from } of inputs) targets.add(from);
  }
  const fields = graph.inputs.flatMap(({ id, field }) => (targets.has(id) ? [field] : []));
  return fields.flatMap((field) => data.train.get(field)?.classNames ?? []);
}

/** Where the net answers with an image of the very size that it is given. */
function pictureOfAnswer<T>({ graph, verdict, given, pictureOf }: Net<T>): { picture?: Picture } {
  const [first] = given;
  const picture = first && pictureOf(first);
  const { document, registry } = graph;
  const shape = verdict && formOf(inferForms(document, registry), verdict.output)?.shape;
  if (!picture || !shape || verdict.kind !== 'numbers') return {};
  const { height, width, channels } = picture;
  return sizeOf(shape) === height * width * channels ? { picture } : {};
}
