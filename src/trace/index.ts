export { asksFor, hasFewEntries, judgeAnswer, type Verdict } from './answer.ts';
export {
  type ExampleContributions,
  exampleContributions,
  type WireContribution,
  wireContributions,
} from './contributions.ts';
export { type Directions, directionsOf, type Way } from './direction.ts';
export { type FilmState, filmAt } from './film.ts';
export { type Grid, valueGrid } from './grid.ts';
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
export { roundDecimals } from './rounding.ts';
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
