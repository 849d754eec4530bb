export {
  besideReplica,
  type Curve,
  type Detour,
  onCurve,
  pathOf,
  type ReplicaEnd,
} from '#graph';
