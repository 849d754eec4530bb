import { problemsOf } from '../canvas/index.ts';
import type { CommandId, CommandNames, Host } from '../host/index.ts';
import {
  areBypassed,
  copyable,
  type EditorApi,
  type EditorStore,
  frameOf,
  hasUnsavedChanges,
  subjectOf,
} from '../store/index.ts';
import { commanding } from '../strings/en-commands.ts';
import type { LateTraining } from '../training/index.ts';
import { type Looks, looksStore, nextScale } from '../ui/looks.ts';

interface CommandState {
  readonly disabled: CommandId[];
  readonly checked: CommandId[];
  readonly named: CommandNames;
}

/** Which commands the menus show as not possible now, which as chosen, and what undo and redo would do. */
export function commandState(
  store: EditorApi,
  training: LateTraining,
  hostKind: Host['kind'],
): CommandState {
  const state = store.getState();
  const looks = looksStore.getState();
  const { past, future } = state.editor;
  const [last, next] = [past.at(-1), future.at(-1)];
  const chosen = (rules: readonly Rule[]) => rules.flatMap(([holds, ids]) => (holds ? ids : []));
  return {
    disabled: [
      ...chosen(impossible(state)),
      ...chosen(unsaved(state)),
      ...chosen(unsized(looks, hostKind)),
      ...training.impossibleCommands(),
    ],
    checked: chosen([...marked(state), ...liked(looks)]),
    named: {
      ...(last ? { 'edit.undo': commanding.undo(last.label) } : {}),
      ...(next ? { 'edit.redo': commanding.redo(next.label) } : {}),
    },
  };
}

type Rule = readonly [holds: boolean, ids: readonly CommandId[]];

const alignments: readonly CommandId[] = [
  'graph.alignLeft',
  'graph.alignCenter',
  'graph.alignRight',
  'graph.alignTop',
  'graph.alignMiddle',
  'graph.alignBottom',
];

function impossible(state: EditorStore): readonly Rule[] {
  const { editor, trace, selection, workspace, replicas, quiz, inside } = state;
  const { past, future, document } = editor;
  const nodes = selection.nodes.size;
  const parts = nodes + selection.wires.size;
  const fanned = replicas !== null;
  const training = workspace === 'train';
  const quizzed = quiz !== null;
  return [
    [past.length === 0, ['edit.undo']],
    [future.length === 0, ['edit.redo']],
    [copyable(state).size === 0, ['edit.cut', 'edit.copy', 'edit.duplicate', 'graph.saveBlock']],
    [parts === 0, ['edit.delete', 'edit.selectUpstream', 'edit.selectDownstream']],
    [parts === 0, ['view.zoomSelection']],
    [nodes === 0, ['edit.deleteReconnect']],
    [parts !== 1 || training, ['edit.rename']],
    // An export would tell the answers.
    [quizzed, ['file.export']],
    [parts !== 1 || training || quizzed, ['run.toSelected']],
    [problemsOf(state).length === 0, ['edit.nextProblem', 'edit.previousProblem']],
    [training || fanned || quizzed, ['graph.add']],
    [training || quizzed, ['graph.note']],
    [nodes !== 1 || selection.wires.size !== 1, ['graph.insert']],
    [nodes !== 1 || parts !== 1, ['graph.loss']],
    [nodes === 0 || fanned, ['graph.bypass', 'graph.group']],
    [fanned || document.nodes.length === 0, ['graph.arrange']],
    [fanned || nodes < 2, alignments],
    [fanned || nodes < 3, ['graph.distributeAcross', 'graph.distributeDown']],
    [
      fanned || !frameOf(state),
      ['graph.ungroup', 'graph.takeOut', 'graph.fold', 'graph.enter', 'graph.repeat'],
    ],
    [inside === null, ['graph.leave']],
    [nodes !== 1, ['graph.expand']],
    [document.frames.length === 0, ['graph.collapse']],
    [trace.loss === undefined, ['graph.check']],
    [!fanned && (trace.batchSize < 2 || training), ['view.replicas']],
  ];
}

function marked(state: EditorStore): readonly Rule[] {
  const { editor, selection, workspace, theme, presenting, numbers, replicas } = state;
  const subject = subjectOf(selection);
  const isLoss = subject.kind === 'node' && editor.document.loss?.node === subject.id;
  const themes = {
    system: 'view.themeSystem',
    light: 'view.themeLight',
    dark: 'view.themeDark',
    contrast: 'view.themeContrast',
  } as const;
  return [
    [true, [`view.${workspace}`, themes[theme]]],
    [presenting, ['view.present']],
    [replicas !== null, ['view.replicas']],
    [numbers.display.blackboard, ['view.blackboard']],
    [isLoss, ['graph.loss']],
    [selection.nodes.size > 0 && areBypassed(state), ['graph.bypass']],
    [frameOf(state)?.folded === true, ['graph.fold']],
  ];
}

/** What there is to go back to: a saved file and its versions. */
function unsaved(state: EditorStore): readonly Rule[] {
  const { ref } = state.file;
  return [
    [ref === null || !hasUnsavedChanges(state), ['file.revert']],
    [ref === null, ['file.versions']],
  ];
}

/** A browser has a size of its own for every page. */
function unsized({ scale }: Looks, hostKind: Host['kind']): readonly Rule[] {
  const own = hostKind === 'web';
  return [
    [own || nextScale(scale, 1) === scale, ['view.scaleLarger']],
    [own || nextScale(scale, -1) === scale, ['view.scaleSmaller']],
    [own || scale === 1, ['view.scaleUsual']],
  ];
}

function liked({ groupColours, wheelPans }: Looks): readonly Rule[] {
  return [
    [groupColours, ['view.groupColours']],
    [wheelPans, ['view.wheelPans']],
  ];
}
