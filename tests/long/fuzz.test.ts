import { describe, it } from 'vitest';
import { useFeeder } from '../support/fuzz/feed.ts';
import { readerNames } from '../support/fuzz/reader-names.ts';

describe('20,000 inputs from outside neither crash nor stall, pollute or bloat the reader of', () => {
  const feed = useFeeder();
  it.each(readerNames)('%s', (name) => feed(name, 20_000));
});
