import type { DataSet, Field } from '#data';
import { defaultTraining, readParsed } from '#graph';
import { type Lesson, trainingLessons } from '#lessons';
import { catalogue } from '#ops';
import { seededRandom, sizeOf, type TensorEngine } from '#tensor';
import { bindData } from '../../src/train/binding.ts';
import { checkEngine } from '../../src/train/check.ts';
import { type TrainableGraph, trainableGraph } from '../../src/train/graph.ts';
import { Session } from '../../src/train/session.ts';
import { updateRule } from '../../src/train/update.ts';

export const templates = trainingLessons().map((lesson) => ({ name: lesson.id, lesson }));

export const templateDocument = ({ file }: Lesson) => readParsed(file, catalogue).document;

/** Examples of the shapes that a graph asks for. */
function noise({ inputs, classification }: TrainableGraph, count: number): DataSet {
  const random = seededRandom(3, 'noise');
  const classes = classification?.classes ?? 1;
  const fields = inputs.map(({ field, shape }): [string, Field] => {
    const isLabel = field === 'y' && classification !== undefined;
    const values = Float32Array.from({ length: count * sizeOf(shape) }, () =>
      isLabel ? random.index(classes) : random.normal(),
    );
    const extra = isLabel ? { classes } : {};
    return [field, { shape, count, values, scale: 1, ...extra }];
  });
  return { name: 'noise', train: new Map(fields) };
}

/** The largest relative difference of a template's loss and gradients to the exact trace, on four examples. */
export async function templateDifference(
  lesson: Lesson,
  engine: TensorEngine<unknown>,
): Promise<number> {
  const document = templateDocument(lesson);
  const graph = trainableGraph(document, catalogue);
  const { train } = bindData(graph, noise(graph, 4));
  const parameters = new Map(graph.parameters.map(({ id, initial }) => [id, initial]));
  const rule = updateRule({ ...defaultTraining, ...document.training });
  const session = new Session<unknown>(graph, rule, engine, parameters);
  const order = Uint32Array.from([2, 0, 3, 1]);
  const batch = { data: train, order, from: 0, size: 4, draw: { seed: 0, step: 1 } };
  try {
    return (await checkEngine(graph, session, batch, parameters)).difference;
  } finally {
    session.dispose();
  }
}
