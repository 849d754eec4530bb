export {
  describeNested,
  describeValue,
  formatBadge,
  formatDimensions,
  formatNested,
  formatPlace,
  isSingle,
  normOf,
  rangeOf,
  singleNumber,
} from '#trace';
