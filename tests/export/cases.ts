import { type GraphDocument, readParsed } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { fromNested } from '#tensor';
import { type Trace, trace } from '#trace';
import { operationCases as goldenOperations, graphCases } from '../support/goldens.ts';
import { operationGraph } from '../support/operation-graph.ts';
import { computing, exact, sampleOf } from '../support/operations.ts';
import { randomGraph } from '../support/random-graphs.ts';

/** A traced graph to be exported. */
export interface ExportCase {
  readonly name: string;
  readonly traced: Trace;
}

function read(file: unknown): GraphDocument {
  return readParsed(file, catalogue).document;
}

const caseOf = (name: string, document: GraphDocument): ExportCase => ({
  name: name.replaceAll(/[^\w-]+/g, '-'),
  traced: trace(document, catalogue),
});

/** Every operation on its own sample, its output weighed entry by entry. */
export const operationCases = computing.map((operation) =>
  caseOf(`op-${operation.id}`, operationGraph(operation, sampleOf(operation))),
);

/** Every golden case of an operation: kinks, stretched shapes, batches of every kind. */
export const goldenOperationCases = goldenOperations().flatMap(({ name, op, attrs, inputs }) => {
  const operation = catalogue.get(op);
  if (!operation || operation.source) return [];
  const application = {
    attrs: operation.attrs.parse(attrs),
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([port, { data, batched }]) => [
        port,
        exact.constant(fromNested(data), batched),
      ]),
    ),
  };
  return [caseOf(`case-${op}-${name}`, operationGraph(operation, application, attrs))];
});

/** Every worked example whose values are in the document. */
export const lessonCases = lessons
  .map(({ id, file }) => caseOf(`lesson-${id}`, read(file)))
  .filter(({ traced }) => traced.errors.length === 0);

/** Every golden graph, traced here; their numbers come from PyTorch. */
export const goldenCases = graphCases().map(({ name, document }) =>
  caseOf(`golden-${name}`, read(document)),
);

/** Graphs that nobody drew. */
export const randomCases = Array.from({ length: 40 }, (_, seed) =>
  caseOf(
    `random-${seed}`,
    randomGraph({ seed: 7000 + seed, operations: 2 + (seed % 13), batch: 1 + (seed % 3) }),
  ),
);

export const allCases = [
  ...operationCases,
  ...goldenOperationCases,
  ...lessonCases,
  ...goldenCases,
  ...randomCases,
];
