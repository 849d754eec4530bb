export {
  type CheckOptions,
  type CheckReport,
  checkGradients,
  checkRank,
  type GradientCheck,
  gradientChecks,
} from './check.ts';
export { diagnose } from './diagnose.ts';
export type { Diagnosis, DiagnosisCode } from './diagnosis.ts';
export type { Place } from './perturbation.ts';
export type { SlopeVerdict } from './slope.ts';
export { type Wiggle, wiggle } from './wiggle.ts';
