import fc from 'fast-check';
import { expect } from 'vitest';
import { expressionToGraph } from '#formula';
import { emptyDocument, GraphError, readDocument, writeDocument } from '#graph';
import { lessons } from '#lessons';
import { catalogue } from '#ops';
import { trace } from '#trace';
import { requestSchema } from '#train';
import { schemas } from '../../src/desktop/schemas.ts';

/** What no input may take longer than. */
const patience = 2_000;

/** Names that mean something to JavaScript itself, and values that break what is careless. */
const nasty = fc.constantFrom<unknown>(
  '__proto__',
  'constructor',
  'toString',
  null,
  true,
  -1,
  0.5,
  1e9,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  '',
  'NaN',
  'Infinity',
  '<script>throw 1</script>',
  '\u0000\ud800',
  [],
  {},
  [1e9, 1e9],
  [[[[[[[[[[1]]]]]]]]]],
  { __proto__: null, polluted: 1 },
  'x'.repeat(5_000),
);

const value = fc.oneof({ weight: 3, arbitrary: nasty }, fc.jsonValue({ maxDepth: 4 }));

const texts = lessons
  .map(({ file }) => JSON.stringify(file))
  .filter(({ length }) => length < 20_000);

/** A sound document with some of its parts, at any depth, replaced, repeated or taken away. */
const mutatedDocument = fc
  .record({
    text: fc.constantFrom(...texts),
    changes: fc.array(
      fc.record({
        way: fc.array(fc.nat(), { minLength: 1, maxLength: 7 }),
        kind: fc.constantFrom('replace', 'remove', 'repeat', 'rename'),
        value,
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ text, changes }) => {
    const file: unknown = JSON.parse(text);
    for (const change of changes) mutate(file, change);
    return JSON.stringify(file);
  });

interface Change {
  readonly way: readonly number[];
  readonly kind: string;
  readonly value: unknown;
}

function mutate(file: unknown, { way, kind, value: by }: Change): void {
  let at = file;
  for (const [step, choice] of way.entries()) {
    if (typeof at !== 'object' || at === null) return;
    const holder = at as Record<string, unknown>;
    const keys = Object.keys(holder);
    const key = keys[choice % Math.max(keys.length, 1)];
    if (key === undefined) return;
    const next = holder[key];
    const isLast = step === way.length - 1 || typeof next !== 'object' || next === null;
    if (!isLast) {
      at = next;
      continue;
    }
    if (kind === 'remove') delete holder[key];
    else if (kind === 'repeat' && Array.isArray(holder)) holder.push(next, next);
    else if (kind === 'rename' && typeof by === 'string') {
      Object.defineProperty(holder, by, {
        value: next,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else {
      // Not by assignment: that would set a prototype.
      Object.defineProperty(holder, key, {
        value: by,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return;
  }
}

/** A sound document's text, cut, with a piece of anything in it. */
const brokenText = fc
  .record({
    text: fc.constantFrom(...texts),
    at: fc.nat(),
    skip: fc.nat({ max: 200 }),
    piece: fc.oneof(fc.string(), fc.json(), fc.constantFrom('[', '{"a":', '1e999', '\\u0000')),
  })
  .map(({ text, at, skip, piece }) => {
    const place = at % text.length;
    return text.slice(0, place) + piece + text.slice(place + skip);
  });

const expression = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ...'x y w0 1 2.5 1e999 .  + - * / ^ ( ) , exp( log( max( sigmoid( e pi == [ ] { } ; = \' " ∂ \\ ? : ! %'.split(
          ' ',
        ),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join('')),
  fc.string(),
  fc.nat({ max: 3_000 }).map((depth) => `${'('.repeat(depth)}x${')'.repeat(depth)}`),
  fc.nat({ max: 3_000 }).map((length) => Array.from({ length: length + 1 }, () => 'x').join('+')),
  fc.nat({ max: 300 }).map((depth) => `${'exp('.repeat(depth)}x${')'.repeat(depth)}`),
);

/** Messages that look like those of the two protocols, and some that do not. */
const message = fc.oneof(
  fc.anything({ withNullPrototype: true, withBigInt: true, withTypedArray: true }),
  fc.dictionary(
    fc.constantFrom(
      'type',
      'runId',
      'document',
      'dataset',
      'settings',
      'ref',
      'id',
      'text',
      'name',
      'dirty',
      'keymap',
      'disabled',
      'url',
      'suggestedName',
      '__proto__',
    ),
    fc.oneof(
      value,
      fc.constantFrom('start', 'stop', 'pause', '00000000-0000-4000-8000-000000000000'),
    ),
  ),
);

/** Runs it and looks that it was quick and that nothing that all objects share was changed. */
function bounded(task: () => void): void {
  const begin = performance.now();
  task();
  expect(performance.now() - begin).toBeLessThan(patience);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
}

function readAndUse(text: string): void {
  try {
    const { document } = readDocument(text, catalogue);
    const written = writeDocument(document, catalogue);
    expect(readDocument(written, catalogue).document).toEqual(document);
    trace(document, catalogue, { most: 1e6 });
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    expect(error.message).toMatch(/\S/);
  }
}

/** Each of the readers of what comes from outside, by name, as a property of one input. */
export const readers = {
  'documents with parts that others put there': fc.property(mutatedDocument, (text) =>
    bounded(() => readAndUse(text)),
  ),
  'documents that are cut and spliced': fc.property(brokenText, (text) =>
    bounded(() => readAndUse(text)),
  ),
  expressions: fc.property(expression, (text) =>
    bounded(() => {
      try {
        expressionToGraph(text, emptyDocument(''), catalogue);
      } catch (error) {
        if (!(error instanceof Error) || error.constructor === Error) throw error;
        if (error instanceof RangeError || error instanceof TypeError) throw error;
      }
    }),
  ),
  'requests to the main process': fc.property(message, (payload) =>
    bounded(() => {
      for (const schema of Object.values(schemas)) schema.safeParse(payload);
    }),
  ),
  'messages to the trainer': fc.property(message, (data) =>
    bounded(() => void requestSchema.safeParse(data)),
  ),
};
