export { asksFor, judgeAnswer, type Verdict } from './answer.ts';
export { type FilmState, filmAt } from './film.ts';
export { type Jacobian, jacobian } from './jacobian.ts';
export { traceToJson } from './json.ts';
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
