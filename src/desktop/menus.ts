/** Where the commands stand: one plan for the native menu, the page's own menus, and all lists of commands. */

import type { CommandId } from './commands.ts';

/** What only the native menu has: things of the system's, and of several windows. */
export type NativeItem =
  | 'newWindow'
  | 'recent'
  | 'close'
  | 'quit'
  | 'fullScreen'
  | 'developer'
  | 'updates'
  | 'about';

export type MenuEntry =
  | CommandId
  | { readonly native: NativeItem }
  | { readonly label: string; readonly entries: readonly CommandId[] };

export interface MenuPlan {
  readonly id: 'file' | 'edit' | 'graph' | 'view' | 'run' | 'train' | 'help';
  readonly label: string;
  /** A line is drawn between sections. */
  readonly sections: readonly (readonly MenuEntry[])[];
}

export const MENUS: readonly MenuPlan[] = [
  {
    id: 'file',
    label: 'File',
    sections: [
      ['file.new', { native: 'newWindow' }, 'file.open', { native: 'recent' }],
      ['file.save', 'file.saveAs'],
      ['file.revert', 'file.versions'],
      ['file.import', 'file.export'],
      [{ native: 'close' }],
      [{ native: 'quit' }],
    ],
  },
  {
    id: 'edit',
    label: 'Edit',
    sections: [
      ['edit.undo', 'edit.redo'],
      ['edit.cut', 'edit.copy', 'edit.paste', 'edit.pasteKeeping', 'edit.duplicate'],
      ['edit.delete', 'edit.deleteReconnect', 'edit.rename'],
      ['edit.selectAll', 'edit.selectUpstream', 'edit.selectDownstream'],
      ['edit.find', 'edit.findNext', 'edit.findPrevious'],
      ['edit.nextProblem', 'edit.previousProblem'],
    ],
  },
  {
    id: 'graph',
    label: 'Graph',
    sections: [
      ['graph.add', 'graph.note', 'graph.insert', 'graph.bypass'],
      [
        'graph.arrange',
        {
          label: 'Align',
          entries: [
            'graph.alignLeft',
            'graph.alignCenter',
            'graph.alignRight',
            'graph.alignTop',
            'graph.alignMiddle',
            'graph.alignBottom',
          ],
        },
        'graph.distributeAcross',
        'graph.distributeDown',
      ],
      ['graph.loss', 'graph.check'],
      ['graph.group', 'graph.ungroup', 'graph.takeOut', 'graph.fold', 'graph.enter', 'graph.leave'],
      ['graph.repeat', 'graph.saveBlock', 'graph.expand', 'graph.collapse'],
    ],
  },
  {
    id: 'view',
    label: 'View',
    sections: [
      ['view.build', 'view.trace', 'view.train'],
      ['view.zoomIn', 'view.zoomOut', 'view.zoomReset', 'view.zoomFit', 'view.zoomSelection'],
      [
        {
          label: 'Appearance',
          entries: ['view.themeSystem', 'view.themeLight', 'view.themeDark', 'view.themeContrast'],
        },
        'view.groupColours',
        'view.wheelPans',
      ],
      ['view.scaleLarger', 'view.scaleSmaller', 'view.scaleUsual'],
      ['view.blackboard', 'view.replicas'],
      ['view.present', { native: 'fullScreen' }],
      [{ native: 'developer' }],
    ],
  },
  {
    id: 'run',
    label: 'Run',
    sections: [
      ['run.playPause', 'run.stepForward', 'run.stepBack'],
      ['run.toStart', 'run.toEnd', 'run.toSelected'],
    ],
  },
  {
    id: 'train',
    label: 'Train',
    sections: [
      ['train.start', 'train.pause', 'train.resume', 'train.step', 'train.stop'],
      ['train.runs', 'train.chooseData'],
    ],
  },
  {
    id: 'help',
    label: 'Help',
    sections: [
      ['help.commands', 'help.shortcuts'],
      ['help.licences', { native: 'updates' }, { native: 'about' }],
    ],
  },
];

/** The commands of a menu, in its order, those of submenus among them. */
export function commandsOf({ sections }: MenuPlan): readonly CommandId[] {
  return sections.flat().flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    return 'entries' in entry ? entry.entries : [];
  });
}
