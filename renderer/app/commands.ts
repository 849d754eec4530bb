import type { ReactFlowInstance } from '@xyflow/react';
import type { Alignment } from '#graph';
import { saveDialog } from '../blocks/index.ts';
import { type Show, showProblem } from '../canvas/index.ts';
import { checker } from '../check/index.ts';
import { exportDialog } from '../export/index.ts';
import type { DocumentFiles } from '../files/index.ts';
import { finderStore, recallPart } from '../finder/index.ts';
import { blackboard } from '../format/numbers.ts';
import type { CommandId } from '../host/index.ts';
import { removeFocusedNote } from '../notes/index.ts';
import {
  collapseSelected,
  type EditorApi,
  enterSelected,
  expandSelected,
  foldSelected,
  groupSelected,
  insertSelected,
  leaveFrame,
  nothingSelected,
  removeSelected,
  removeSelectedReconnecting,
  runToSelected,
  selectAll,
  selectAlong,
  subjectOf,
  type ThemeChoice,
  takeOutSelected,
  toggleBypassed,
  toggleLoss,
  toggleReplicas,
  ungroupSelected,
  type Workspace,
} from '../store/index.ts';
import type { TrainingControl } from '../training/control.ts';
import { type LateTraining, runsDialog } from '../training/index.ts';
import { changeLooks, looksStore, nextScale } from '../ui/looks.ts';
import { alignSelected, arrangeNodes, distributeSelected, type SizeOf } from './arrange.ts';
import { dialogStore } from './dialogs.ts';
import { renameSelected } from './rename.ts';
import { sayWhyNot } from './say-why-not.ts';
import type { Adding } from './use-adding.ts';
import type { Clipboard } from './use-clipboard.ts';

export interface CommandContext {
  readonly store: EditorApi;
  readonly files: DocumentFiles;
  readonly flow: Pick<ReactFlowInstance, 'zoomIn' | 'zoomOut' | 'zoomTo'> & {
    fit(options: { readonly duration: number }): void;
    fitSelection(options: { readonly duration: number }): void;
  };
  readonly show: Show;
  readonly sizeOf: SizeOf;
  readonly training: LateTraining;
  readonly clipboard: Clipboard;
  readonly adding: Adding;
}

const quick = { duration: 200 };

type Run = (context: CommandContext) => unknown;

const workspace =
  (id: Workspace): Run =>
  ({ store }) =>
    store.getState().setWorkspace(id);
const theme =
  (id: ThemeChoice): Run =>
  ({ store }) =>
    store.getState().setTheme(id);
const alignment =
  (how: Alignment): Run =>
  ({ store, sizeOf }) =>
    sayWhyNot(store, alignSelected(store, sizeOf, how));
/** Training may have to come first. */
const train = async (training: LateTraining, act: (control: TrainingControl) => unknown) =>
  act(await training.load());
const film =
  (id: FilmCommand): Run =>
  ({ store }) =>
    runFilm(id, store);

const rescale = (by: 1 | -1) => changeLooks({ scale: nextScale(looksStore.getState().scale, by) });

/** What each command of menu and keyboard does. */
const commands: Readonly<Record<CommandId, Run>> = {
  'file.new': ({ files }) => files.newDocument(),
  'file.open': ({ files }) => files.open(),
  'file.save': ({ files }) => files.save(),
  'file.saveAs': ({ files }) => files.save({ as: true }),
  'file.revert': ({ files }) => files.revert(),
  'file.versions': ({ files }) => files.showVersions(),
  'file.import': ({ files }) => files.import(),
  'file.export': () => exportDialog.setState({ open: true }),
  'edit.undo': ({ store }) => store.getState().undo(),
  'edit.redo': ({ store }) => store.getState().redo(),
  'edit.cut': ({ clipboard }) => clipboard.cut(),
  'edit.copy': ({ clipboard }) => clipboard.copy(),
  'edit.paste': ({ clipboard }) => clipboard.paste(),
  'edit.pasteKeeping': ({ clipboard }) => clipboard.paste({ keepIncoming: true }),
  'edit.duplicate': ({ clipboard }) => clipboard.duplicate(),
  'edit.delete': ({ store }) => removeFocusedNote(store) || removeSelected(store),
  'edit.deleteReconnect': ({ store }) => sayWhyNot(store, removeSelectedReconnecting(store)),
  'edit.rename': ({ store }) => renameSelected(store),
  'edit.selectUpstream': ({ store }) => sayWhyNot(store, selectAlong(store, 'upstream')),
  'edit.selectDownstream': ({ store }) => sayWhyNot(store, selectAlong(store, 'downstream')),
  'edit.find': () => finderStore.getState().open({ kind: 'parts' }),
  'edit.findNext': ({ store, show }) => sayWhyNot(store, recallPart(store, show, 1)),
  'edit.findPrevious': ({ store, show }) => sayWhyNot(store, recallPart(store, show, -1)),
  'edit.nextProblem': ({ store, show }) => sayWhyNot(store, showProblem(store, show, 1)),
  'edit.previousProblem': ({ store, show }) => sayWhyNot(store, showProblem(store, show, -1)),
  'graph.add': ({ adding }) => adding.open(),
  'graph.note': ({ adding }) => adding.note(),
  'graph.bypass': ({ store }) => sayWhyNot(store, toggleBypassed(store)),
  'graph.arrange': async ({ store, sizeOf, flow }) => {
    const whole = store.getState().selection.nodes.size < 2;
    const refused = await arrangeNodes(store, sizeOf);
    if (refused === undefined && whole) flow.fit(quick);
    sayWhyNot(store, refused);
  },
  'graph.alignLeft': alignment('left'),
  'graph.alignCenter': alignment('center'),
  'graph.alignRight': alignment('right'),
  'graph.alignTop': alignment('top'),
  'graph.alignMiddle': alignment('middle'),
  'graph.alignBottom': alignment('bottom'),
  'graph.distributeAcross': ({ store, sizeOf }) =>
    sayWhyNot(store, distributeSelected(store, sizeOf, 'x')),
  'graph.distributeDown': ({ store, sizeOf }) =>
    sayWhyNot(store, distributeSelected(store, sizeOf, 'y')),
  'graph.loss': ({ store }) => {
    const subject = subjectOf(store.getState().selection);
    if (subject.kind === 'node') toggleLoss(store, subject.id);
  },
  'graph.insert': ({ store }) => sayWhyNot(store, insertSelected(store)),
  'edit.selectAll': ({ store }) => selectAll(store),
  'graph.group': ({ store }) => sayWhyNot(store, groupSelected(store)),
  'graph.ungroup': ({ store }) => sayWhyNot(store, ungroupSelected(store)),
  'graph.takeOut': ({ store }) => sayWhyNot(store, takeOutSelected(store)),
  'graph.fold': ({ store }) => sayWhyNot(store, foldSelected(store)),
  'graph.enter': ({ store }) => sayWhyNot(store, enterSelected(store)),
  'graph.leave': ({ store }) => sayWhyNot(store, leaveFrame(store)),
  'graph.repeat': () => dialogStore.getState().open('repeat'),
  'graph.saveBlock': () => saveDialog.setState({ open: true }),
  'graph.expand': ({ store }) => runComposite('graph.expand', store),
  'graph.collapse': ({ store }) => runComposite('graph.collapse', store),
  'graph.check': ({ store }) => {
    const { workspace: shown, select, setWorkspace, trace } = store.getState();
    // The results stand where the document's details do.
    if (shown === 'train') setWorkspace('build');
    select(nothingSelected);
    if (trace.loss !== undefined) checker.checkAll(trace);
  },
  'view.build': workspace('build'),
  'view.trace': workspace('trace'),
  'view.train': workspace('train'),
  'view.present': ({ store }) => {
    const { presenting, setPresenting } = store.getState();
    setPresenting(!presenting);
  },
  'view.blackboard': ({ store }) => {
    const { numbers, setDisplay } = store.getState();
    setDisplay(blackboard(numbers.display, !numbers.display.blackboard));
  },
  'view.replicas': ({ store }) => toggleReplicas(store),
  'view.zoomIn': ({ flow }) => flow.zoomIn(quick),
  'view.zoomOut': ({ flow }) => flow.zoomOut(quick),
  'view.zoomReset': ({ flow }) => flow.zoomTo(1, quick),
  'view.zoomFit': ({ flow }) => flow.fit(quick),
  'view.zoomSelection': ({ flow }) => flow.fitSelection(quick),
  'view.themeSystem': theme('system'),
  'view.themeLight': theme('light'),
  'view.themeDark': theme('dark'),
  'view.themeContrast': theme('contrast'),
  'view.scaleLarger': () => rescale(1),
  'view.scaleSmaller': () => rescale(-1),
  'view.scaleUsual': () => changeLooks({ scale: 1 }),
  'view.groupColours': () => changeLooks({ groupColours: !looksStore.getState().groupColours }),
  'view.wheelPans': () => changeLooks({ wheelPans: !looksStore.getState().wheelPans }),
  'run.playPause': film('run.playPause'),
  'run.stepForward': film('run.stepForward'),
  'run.stepBack': film('run.stepBack'),
  'run.toStart': film('run.toStart'),
  'run.toEnd': film('run.toEnd'),
  'run.toSelected': ({ store }) => runToSelected(store),
  'train.start': ({ store, training }) => {
    store.getState().setWorkspace('train');
    return train(training, (control) => control.start());
  },
  'train.stop': ({ training }) => train(training, (control) => control.stop()),
  'train.resume': ({ training }) => train(training, (control) => control.resume()),
  'train.pause': ({ training }) => train(training, (control) => control.pause()),
  'train.step': ({ store, training }) => {
    store.getState().setWorkspace('train');
    return train(training, (control) => control.step());
  },
  'train.runs': () => runsDialog.setState({ open: true }),
  'train.chooseData': ({ store, training }) => {
    store.getState().setWorkspace('train');
    return train(training, (control) => control.data.browse('folder'));
  },
  'help.commands': () => finderStore.getState().open({ kind: 'commands' }),
  'help.licences': () => dialogStore.getState().open('licences'),
  'help.shortcuts': () => dialogStore.getState().open('shortcuts'),
};

/** Takes the selected composite apart, or puts the one around the selection back. */
export function runComposite(id: 'graph.expand' | 'graph.collapse', store: EditorApi): void {
  sayWhyNot(store, id === 'graph.expand' ? expandSelected(store) : collapseSelected(store));
}

export function runCommand(id: CommandId, context: CommandContext): void {
  commands[id](context);
}

export type FilmCommand = Exclude<Extract<CommandId, `run.${string}`>, 'run.toSelected'>;

/** Playing belongs to the trace workspace: a command for the film opens it. */
export function runFilm(id: FilmCommand, store: EditorApi): void {
  // The film would tell the answers.
  if (store.getState().quiz) return;
  if (store.getState().workspace !== 'trace') store.getState().setWorkspace('trace');
  const { film: now, trace, seek, setPlaying } = store.getState();
  if (id === 'run.playPause') {
    setPlaying(!now.playing);
    return;
  }
  const targets = {
    'run.stepForward': now.at + 1,
    'run.stepBack': now.at - 1,
    'run.toStart': -1,
    'run.toEnd': trace.steps.length - 1,
  };
  setPlaying(false);
  seek(targets[id]);
}
