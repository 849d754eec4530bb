export { asksFor, hasFewEntries, judgeAnswer, type Verdict } from './answer.ts';
export { chainRule, grouped, type WireNames, wireNames } from './chain-rule.ts';
export {
  type ExampleContributions,
  exampleContributions,
  type WireContribution,
  wireContributions,
} from './contributions.ts';
export { type Directions, directionsOf, type Way } from './direction.ts';
export { type FilmState, filmAt } from './film.ts';
export { type Grid, valueGrid } from './grid.ts';
export { type Cells, cellsOf } from './heat-cells.ts';
export { type Jacobian, jacobian } from './jacobian.ts';
export { traceToJson } from './json.ts';
export {
  type LinkedEntries,
  type LinkPart,
  type Links,
  type LinkTerm,
  linkedTo,
  linksOf,
} from './links.ts';
export { knownNorm, wireWidth } from './magnitude.ts';
export { cellDigits, type NumberGrid, numberGrid } from './number-grid.ts';
export {
  blackboard,
  defaultDisplay,
  digitChoices,
  displayBy,
  formatCount,
  formatDecimals,
  formatNumber,
  formatPercent,
  type NumberDisplay,
  Numbers,
} from './numbers.ts';
export { roundDecimals } from './rounding.ts';
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
} from './shown-values.ts';
export type { TraceStep } from './steps.ts';
export {
  type NodeTrace,
  type NoGradientReason,
  type Trace,
  type TraceOptions,
  trace,
  type WireTrace,
} from './trace.ts';
export { type StackColumn, type WeightStack, weightStack } from './weight-stack.ts';
