export { countOf, type DataSet, type Field, type Fields, gatherRows } from './data-set.ts';
export { DataError, type DataErrorCode } from './errors.ts';
export { type IdxFile, readIdx } from './idx.ts';
export { looksLikeMnist, readMnist } from './mnist.ts';
export { readDataSet } from './read.ts';
export type { DataSource } from './source.ts';
