export { type BuiltInSet, builtInSets, findBuiltIn, isGenerated } from './built-in/built-in.ts';
export {
  type Column,
  type ColumnType,
  columnTypes,
  countOf,
  type DataSet,
  type Field,
  type Fields,
  gatherRows,
} from './data-set.ts';
export { DataError, type DataErrorCode } from './errors.ts';
export { type IdxFile, readIdx } from './files/idx.ts';
export { readDataSet } from './read.ts';
export {
  type Augmentation,
  type DataSettings,
  defaultDataSettings,
  noAugmentation,
} from './settings.ts';
export { type DataFile, type DataSource, memorySource, readWhole } from './source.ts';
