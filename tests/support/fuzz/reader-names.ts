/** What comes from outside, by who reads it. */
export const readerNames = [
  'documents with parts that others put there',
  'documents that are cut and spliced',
  'data sets with damaged files',
  'models of other programs',
  'expressions',
  'requests to the main process',
  'messages between editor and trainer',
  'a trainer at work',
] as const;

export type ReaderName = (typeof readerNames)[number];
