import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExportError, fromOnnx, toOnnx } from '#export';
import { expressionToGraph } from '#formula';
import { emptyDocument, GraphError, readDocument, readParsed, writeDocument } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { reportSchema, requestSchema } from '#train';
import { serveTrainer } from '../../../renderer/trainer/serve.ts';
import { schemas } from '../../../src/desktop/schemas.ts';
import { damaged, damages, readDamaged, sets } from '../../data/damaged.ts';
import { nodeRunHost } from '../training.ts';
import { conversation, converse } from './conversation.ts';
import { guarded } from './guard.ts';
import { brokenText, expression, message, mutatedDocument } from './inputs.ts';
import type { ReaderName } from './reader-names.ts';
import { request } from './requests.ts';

function readAndUse(text: string): void {
  try {
    const { document } = readDocument(text, catalogue);
    const written = writeDocument(document, catalogue);
    assert.deepEqual(readDocument(written, catalogue).document, document);
    trace(document, catalogue, { most: 1e6 });
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    assert.match(error.message, /\S/);
  }
}

const models = lessons
  .filter(({ id }) => ['product', 'three-four-two', 'convolution', 'batch-norm'].includes(id))
  .map(({ file }) => toOnnx(trace(readParsed(file, catalogue).document, catalogue), catalogue));

function readModel(bytes: Uint8Array): void {
  try {
    const document = fromOnnx(bytes, catalogue);
    assert.deepEqual(readDocument(writeDocument(document, catalogue), catalogue).repairs, []);
    trace(document, catalogue, { most: 1e6 });
  } catch (error) {
    if (!(error instanceof ExportError || error instanceof GraphError)) throw error;
    assert.match(error.message, /^[^\n]+[.…]$/);
  }
}

function readExpression(text: string): void {
  try {
    expressionToGraph(text, emptyDocument(''), catalogue);
  } catch (error) {
    if (!(error instanceof Error) || error.constructor === Error) throw error;
    if (error instanceof RangeError || error instanceof TypeError) throw error;
  }
}

/** To a trainer of its own, in this very process. */
async function talk(messages: readonly unknown[]): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  try {
    serveTrainer(port2, nodeRunHost);
    await converse(messages, port1);
  } finally {
    port1.close();
    port2.close();
  }
}

const reader = <T>(input: fc.Arbitrary<T>, read: (input: T) => void | Promise<void>) =>
  fc.asyncProperty(input, (one) => guarded(() => read(one))) as fc.IAsyncProperty<unknown>;

/** Each of the readers of what comes from outside, as a property of one input. */
export const readers: Readonly<Record<ReaderName, fc.IAsyncProperty<unknown>>> = {
  'documents with parts that others put there': reader(mutatedDocument, readAndUse),
  'documents that are cut and spliced': reader(brokenText, readAndUse),
  'data sets with damaged files': reader(
    fc.tuple(fc.constantFrom(...Object.keys(sets)), damages),
    ([name, damage]) => readDamaged(name, damage),
  ),
  'models of other programs': reader(
    fc.tuple(fc.constantFrom(...models), damages),
    ([model, { damage }]) => readModel(damaged(model, damage)),
  ),
  expressions: reader(expression, readExpression),
  'requests to the main process': reader(fc.tuple(request, message), ([[name, payload], any]) => {
    schemas[name].safeParse(payload);
    for (const schema of Object.values(schemas)) schema.safeParse(any);
  }),
  'messages between editor and trainer': reader(message, (data) => {
    requestSchema.safeParse(data);
    reportSchema.safeParse(data);
  }),
  'a trainer at work': reader(conversation, talk),
};
