export { parameterEdits } from './parameters.ts';
export {
  type DatasetLocation,
  datasetSchema,
  describeIssue,
  type EngineCheck,
  type EngineName,
  engineNames,
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
