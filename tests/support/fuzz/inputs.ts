import fc from 'fast-check';
import { lessons } from '#lessons';
import { changes, mutate, value } from './hostile.ts';

const texts = lessons
  .map(({ file }) => JSON.stringify(file))
  .filter(({ length }) => length < 20_000);

/** A sound document with some of its parts changed. */
export const mutatedDocument = fc
  .record({ text: fc.constantFrom(...texts), changes })
  .map(({ text, changes: all }) => {
    const file: unknown = JSON.parse(text);
    for (const change of all) mutate(file, change);
    return JSON.stringify(file);
  });

/** A sound document's text, cut, with a piece of anything in it. */
export const brokenText = fc
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

/** What looks like an expression, is deep or long, or is anything. */
export const expression = fc.oneof(
  fc
    .array(
      fc.constantFrom(
        ...'x y w0 1 2.5 1e999 .  + - * / ^ ( ) , exp( log( max( sigmoid( e pi == [ ] { } ; = \' " ∂ \\ ? : ! % × · ÷ − ² ³ σ( sin log # constructor valueOf'.split(
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
export const message = fc.oneof(
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
