export {
  type Alignment,
  align,
  type Box,
  distribute,
  type Guide,
  type Snapped,
  snap,
} from './arrange.ts';
export {
  canCollapse,
  collapseFrame,
  collapseRefusal,
} from './composites/collapse.ts';
export { canExpand, expandNode, expandRefusal } from './composites/expand.ts';
export { refusal } from './connect.ts';
export { counters, type GraphCounters, type NodeCounters } from './counters.ts';
export {
  type Bypassed,
  type DocumentIndex,
  type Endpoint,
  emptyDocument,
  type Frame,
  type FrameComposite,
  type FrameId,
  frameId,
  type GraphDocument,
  type GraphNode,
  indexOf,
  type Loss,
  type NodeId,
  type Note,
  type NoteId,
  nodeId,
  nodeName,
  noteId,
  type Opaque,
  type Position,
  type Wire,
  type WireId,
  wireId,
} from './document.ts';
export {
  besideReplica,
  type Curve,
  type Detour,
  onCurve,
  type Piece,
  pathOf,
  piecesOf,
  type ReplicaEnd,
} from './drawn/curve.ts';
export {
  type Detours,
  detoursOf,
  mostCompared,
  noDetours,
  type Obstacle,
  obstacleRoom,
  type RoutedWire,
} from './drawn/detours.ts';
export { type FrameBox, frameBoxes, type Rect } from './drawn/frame-boxes.ts';
export {
  groupHeight,
  groupPlace,
  groupPortRoom,
  groupPortTop,
  groupWidth,
  type Sizes,
} from './drawn/group-place.ts';
export { nodeHeight, type ShownPort, shownPorts } from './drawn/ports.ts';
export { applyEdit, type Edit, parseAttrs } from './edits.ts';
export { GraphError, type GraphErrorCode } from './errors.ts';
export {
  type Backward,
  backward,
  type Forward,
  type ForwardOptions,
  forward,
  type NodeInputs,
  type PlannedNode,
  planOf,
  type SourceValue,
  type WireGradient,
} from './evaluate.ts';
export { currentVersion } from './file/migrations.ts';
export { type ReadLimits, type ReadResult, readDocument, readParsed } from './file/read.ts';
export { toFile, writeDocument } from './file/write.ts';
export { type FormResult, formOf, inferForms } from './forms.ts';
export { type Fragment, fragmentOf, wholeFragment } from './fragment/fragment.ts';
export { type Insertion, type InsertOptions, insertFragment } from './fragment/insert.ts';
export { boundsOf, shiftBeside, shiftTo } from './fragment/place.ts';
export { type ReadFragment, readFragment, writeFragment } from './fragment/text.ts';
export { uniqueNames } from './fragment/unique-names.ts';
export { mostRepeats, repeatFrame } from './groups/repeat.ts';
export {
  type GraphView,
  type Group,
  type GroupPort,
  groupPort,
  innermostFrame,
  insidePort,
  type Outside,
  pathTo,
  type ShownEnd,
  type ShownWire,
  viewOf,
  wholeGroups,
} from './groups/view.ts';
export {
  type EditorState,
  isDirty,
  markSaved,
  openEditor,
  redo,
  type Transaction,
  transact,
  undo,
} from './history.ts';
export { fresh, freshFrameId, freshNodeId, freshNoteId, freshWireId } from './ids.ts';
export { type LayoutOptions, layout } from './layout.ts';
export { type NameParts, nameLatex, nameParts, outputName, wireName } from './names.ts';
export type { NoteChanges } from './notes.ts';
export { reaches, topologicalOrder } from './order.ts';
export { mostReplicas, type Replica, type Replicas, replicas } from './replicas/replicas.ts';
export {
  defaultTraining,
  type OptimizerName,
  optimizerNames,
  partialTrainingSchema,
  type Schedule,
  scheduleNames,
  type Training,
  trainingFields,
  usualSchedule,
} from './training.ts';
export { toggleBypass } from './wiring/bypass.ts';
export { insertOnWire } from './wiring/insert-on-wire.ts';
export { reconnect } from './wiring/reconnect.ts';
export { mainInput, type Reconnecting, removeReconnecting } from './wiring/remove-reconnecting.ts';
export { along } from './wiring/walk.ts';
