import { type NodeId, nodeId } from '#graph';
import type { ExampleChoice, Facts, TracedMoment } from '#train';
import type { EditorApi, Overlay } from '../../store/index.ts';
import { views } from '../../strings/en-views.ts';
import type { Looker } from './looker.ts';

const text = views.trace;

/**
 * Puts the parameters of this moment and some examples onto the canvas and shows the trace of them. One
 * example is traced as the net is in use (nothing is dropped, running averages stand in for the batch), a
 * mini-batch as it is drawn. Resolves to a sentence where that cannot be.
 */
export async function traceMoment(
  looker: Looker,
  store: EditorApi,
  choiceOf: (facts: Facts) => ExampleChoice,
): Promise<string | undefined> {
  const known = await looker.ask({ kind: 'facts' });
  const facts = known?.answer;
  if (facts?.kind !== 'facts') return facts?.kind === 'refused' ? facts.message : text.failed;
  const choice = choiceOf(facts);
  const found = await looker.ask({ kind: 'moment', choice });
  const moment = found?.answer;
  if (moment?.kind !== 'moment') return moment?.kind === 'refused' ? moment.message : text.failed;
  const { documentKey, setOverlay, setWorkspace } = store.getState();
  if (found?.document !== String(documentKey)) return text.open;
  const single = choice.from === 'own' || choice.indices.length === 1;
  const inUse = single && facts.modes;
  const title = `${text.step(found.step)}${titleOf(choice)}${inUse ? text.inUse : ''}`;
  setOverlay(overlayOf(title, moment, inUse ? trainingNodes(store) : []));
  setWorkspace('trace');
  // All numbers at once: the film plays from its start.
  const { seek, trace, announce } = store.getState();
  seek(trace.steps.length - 1);
  announce(store.getState().overlay?.title ?? '');
  return undefined;
}

function titleOf(choice: ExampleChoice): string {
  if (choice.from === 'own') return text.own;
  const [first = 0] = choice.indices;
  const last = choice.indices.at(-1) ?? first;
  const part = views.parts[choice.part];
  return choice.indices.length === 1
    ? text.of(part, first)
    : text.ofBatch(part, first, last, choice.indices.length);
}

/** Nodes that work otherwise in training than in use. */
function trainingNodes(store: EditorApi): readonly NodeId[] {
  const { nodes } = store.getState().editor.document;
  return nodes.flatMap(({ id, attrs }) =>
    'training' in attrs && attrs.training === true ? [id] : [],
  );
}

function overlayOf(title: string, moment: TracedMoment, inUse: readonly NodeId[]): Overlay {
  const values = new Map<NodeId, Readonly<Record<string, unknown>>>();
  const put = (node: string, attrs: Readonly<Record<string, unknown>>) => {
    const id = nodeId(node);
    values.set(id, { ...values.get(id), ...attrs });
  };
  const exact = ({ shape, data }: TracedMoment['inputs'][number] | Averages) => ({
    shape,
    data: Float64Array.from(data),
  });
  for (const array of [...moment.inputs, ...moment.parameters]) {
    put(array.node, { value: exact(array) });
  }
  for (const average of moment.averages) put(average.node, { [average.attribute]: exact(average) });
  for (const id of inUse) put(id, { training: false });
  const first = title.slice(0, 1).toUpperCase();
  return { title: first + title.slice(1), values };
}

type Averages = TracedMoment['averages'][number];
