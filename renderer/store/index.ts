export {
  addBeside,
  addConstant,
  addNode,
  type Beside,
  couldInsert,
  fitsBeside,
  selectedOutput,
} from './adding.ts';
export { awaitsData } from './awaits-data.ts';
export {
  copyable,
  copySelected,
  cutSelected,
  duplicateSelected,
  type PasteOptions,
  pasteText,
} from './clipping.ts';
export {
  collapseFrameOf,
  collapseSelected,
  expandNodeOf,
  expandSelected,
  selectedFrame,
} from './composites.ts';
export {
  type Services,
  ServicesContext,
  useEditor,
  useEditorShallow,
  useNumbers,
  useServices,
} from './context.ts';
export { diagnosesAt, diagnosesOf, shownDiagnoses } from './diagnoses.ts';
export { type Film, type FilmSection, nextStep } from './film.ts';
export { addFormulaNode, addGraphOf } from './formulas.ts';
export {
  connect,
  keepOverlay,
  leaveOverlay,
  moveNodes,
  removeSelected,
  runToSelected,
  selectAll,
  setValue,
  toggleLoss,
  toggleReplicas,
} from './gestures.ts';
export {
  colorFrame,
  enterFrame,
  enterSelected,
  foldSelected,
  frameOf,
  groupSelected,
  leaveFrame,
  moveInto,
  repeatSelected,
  revealNode,
  setFolded,
  takeOutSelected,
  ungroupSelected,
} from './grouping.ts';
export { freshLabel } from './names.ts';
export { changeNote, removeNote, writeNote } from './notes.ts';
export type { Overlay } from './overlay.ts';
export { freePlace } from './place.ts';
export {
  answerQuestion,
  askOnlyChosen,
  chooseWay,
  chosenWires,
  endQuiz,
  lastSettled,
  nextQuestion,
  openQuestion,
  type QuizAnswer,
  quizAnswer,
  quizAsksFor,
  quizHides,
  quizHidesTotal,
  quizHidesUpstream,
  quizOutcome,
  quizQuestions,
  quizTally,
  revealAnswer,
  startOver,
  startQuiz,
  takeHint,
} from './quiz.ts';
export {
  nothingSelected,
  type Selection,
  type Subject,
  selectedNodes,
  subjectOf,
} from './selection.ts';
export {
  createEditorStore,
  type DocumentFile,
  type EditorApi,
  type EditorStore,
  hasUnsavedChanges,
  type ThemeChoice,
  type Workspace,
} from './store.ts';
export {
  areBypassed,
  cutWire,
  insertionOf,
  insertNode,
  insertSelected,
  nameWire,
  reconnectWire,
  removeSelectedReconnecting,
  selectAlong,
  toggleBypassed,
} from './wiring.ts';
