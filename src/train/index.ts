export {
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type StoredTensor,
} from './checkpoint.ts';
export { type EngineHost, startEngine } from './engines.ts';
export { TrainingError, type TrainingErrorCode } from './errors.ts';
export { Look, type LookOptions } from './insight/look.ts';
export {
  type Answer,
  type Answered,
  type Answers,
  type Ask,
  type AskKind,
  buffersOf,
  type ExampleChoice,
  type Examples,
  type Facts,
  type PartName,
  type Picture,
  partNames,
  type Region,
  type Spread,
  type SpreadRole,
  type Spreads,
  spreadRoles,
  type TracedMoment,
  type Weights,
} from './insight/messages.ts';
export type { Told } from './insight/service.ts';
export { checkpointLearnt, type Learnt, type ParameterValues } from './learnt.ts';
export type { AverageValues } from './modes.ts';
export { type Named, named } from './names.ts';
export { parameterEdits } from './parameters.ts';
export {
  type CurvePoint,
  checkSchema,
  type DatasetLocation,
  datasetSchema,
  describeIssue,
  type EngineCheck,
  type EngineChoice,
  type EngineFigure,
  type EngineName,
  type EvaluationPoint,
  engineNames,
  type Norms,
  progressSchema,
  type RunPhase,
  reportSchema,
  requestSchema,
  type SnapshotReason,
  settingsSchema,
  type TrainingProgress,
  type TrainingReport,
  type TrainingRequest,
  type TrainingSettings,
} from './protocol.ts';
export { TrainingRun } from './run.ts';
export type { RunEvent, RunHost, RunOptions, RunSummary } from './run-options.ts';
