export { type BuiltInSet, builtInSets, findBuiltIn, isGenerated } from './built-in/built-in.ts';
export {
  type Column,
  type ColumnType,
  columnTypes,
  countOf,
  type DataSet,
  type Field,
  type Fields,
  firstEntries,
  type GatherOptions,
  gatherRows,
  type TrainingOnly,
} from './data-set.ts';
export { DataError, type DataErrorCode } from './errors.ts';
export { type IdxFile, readIdx } from './files/idx.ts';
export type { DecodePicture, Picture } from './images/picture.ts';
export type { ColumnSummary } from './look/columns.ts';
export {
  type Overview,
  overviewOf,
  type Page,
  type PageRequest,
  type PartName,
  type PartSummary,
  pageOf,
  partNames,
  type Scatter,
  scatterOf,
} from './look/look.ts';
export { type Alter, augmenter, augments } from './prepare/augment.ts';
export { prepareDataSet } from './prepare/prepare.ts';
export { type DataHost, readDataSet } from './read.ts';
export {
  type Augmentation,
  type DataSettings,
  defaultDataSettings,
  fullDataSettings,
  noAugmentation,
  type PartialDataSettings,
  readingKey,
} from './settings.ts';
export { type DataFile, type DataSource, memorySource, readWhole } from './source.ts';
