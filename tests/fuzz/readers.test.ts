import { describe, it } from 'vitest';
import { useFeeder } from '../support/fuzz/feed.ts';
import { readerNames } from '../support/fuzz/reader-names.ts';

describe('what comes from outside neither crashes nor stalls, pollutes or bloats the reader of', () => {
  const feed = useFeeder();
  it.each(readerNames)('%s', (name) => feed(name, 100));
});
