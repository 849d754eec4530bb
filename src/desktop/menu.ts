/** The native menu. Its items send commands to the page of the window in front; what they mean is the page's business. */

import { basename } from 'node:path';
import { app, type MenuItemConstructorOptions as Item, Menu } from 'electron';
import { COMMAND_IDS, COMMANDS, type CommandId } from './contract.ts';
import type { Editor } from './editor.ts';
import { STRINGS } from './strings.ts';

const mac = process.platform === 'darwin';
const separator: Item = { type: 'separator' };

export interface MenuActions {
  command(id: CommandId): void;
  newWindow(): void;
  openRecent(path: string): void;
  clearRecent(): void;
}

/** Builds the menu anew: at start and when the list of recent files changes. */
export function buildMenu(recent: readonly string[], actions: MenuActions): void {
  const item = (id: CommandId): Item => commandItem(id, actions);
  const alias = (id: CommandId, accelerator: string): Item => ({
    ...item(id),
    id: `${id}.alias`,
    visible: false,
    acceleratorWorksWhenHidden: true,
    registerAccelerator: true,
    accelerator,
  });
  const menu = Menu.buildFromTemplate([
    ...(mac ? [{ role: 'appMenu' } satisfies Item] : []),
    {
      label: STRINGS.menuFile,
      submenu: [
        item('file.new'),
        {
          label: STRINGS.menuNewWindow,
          accelerator: 'CmdOrCtrl+Shift+N',
          click: actions.newWindow,
        },
        item('file.open'),
        { label: STRINGS.menuRecent, submenu: recentItems(recent, actions) },
        separator,
        item('file.save'),
        item('file.saveAs'),
        separator,
        { role: 'close', label: STRINGS.menuClose },
        ...(mac ? [] : [separator, { role: 'quit', label: STRINGS.menuQuit } satisfies Item]),
      ],
    },
    {
      label: STRINGS.menuEdit,
      submenu: [
        item('edit.undo'),
        item('edit.redo'),
        alias('edit.redo', 'CmdOrCtrl+Y'),
        separator,
        item('edit.cut'),
        item('edit.copy'),
        item('edit.paste'),
        item('edit.pasteKeeping'),
        item('edit.duplicate'),
        item('edit.delete'),
        item('edit.deleteReconnect'),
        item('edit.rename'),
        separator,
        item('edit.selectAll'),
        item('edit.selectUpstream'),
        item('edit.selectDownstream'),
        separator,
        item('graph.insert'),
        item('graph.expand'),
        item('graph.collapse'),
      ],
    },
    {
      label: STRINGS.menuView,
      submenu: [
        item('view.build'),
        item('view.trace'),
        item('view.train'),
        separator,
        item('view.zoomIn'),
        alias('view.zoomIn', 'CmdOrCtrl+Plus'),
        item('view.zoomOut'),
        item('view.zoomReset'),
        item('view.zoomFit'),
        separator,
        {
          label: STRINGS.menuTheme,
          submenu: [item('view.themeSystem'), item('view.themeLight'), item('view.themeDark')],
        },
        separator,
        item('view.blackboard'),
        item('view.replicas'),
        separator,
        item('view.present'),
        { role: 'togglefullscreen', label: STRINGS.menuFullScreen },
        ...(app.isPackaged
          ? []
          : [separator, { role: 'toggleDevTools', label: STRINGS.menuDeveloper } satisfies Item]),
      ],
    },
    {
      label: STRINGS.menuRun,
      submenu: [
        item('run.playPause'),
        item('run.stepForward'),
        item('run.stepBack'),
        separator,
        item('run.toStart'),
        item('run.toEnd'),
        separator,
        item('graph.check'),
      ],
    },
    {
      label: STRINGS.menuTrain,
      submenu: [
        item('train.start'),
        item('train.stop'),
        item('train.resume'),
        separator,
        item('train.chooseData'),
      ],
    },
    ...(mac ? [{ role: 'windowMenu' } satisfies Item] : []),
    {
      role: 'help',
      label: STRINGS.menuHelp,
      submenu: [
        item('help.shortcuts'),
        separator,
        { label: STRINGS.menuAbout, click: () => app.showAboutPanel() },
      ],
    },
  ]);
  Menu.setApplicationMenu(menu);
}

function commandItem(id: CommandId, actions: MenuActions): Item {
  const { label, accelerator, key, checkable } = COMMANDS[id];
  const shortcut = accelerator ?? (mac ? undefined : key);
  return {
    id,
    label,
    type: checkable ? 'checkbox' : 'normal',
    ...(shortcut === undefined ? {} : { accelerator: shortcut }),
    // Keys without a modifier belong to the page: here they would fire while somebody types.
    registerAccelerator: accelerator !== undefined,
    click: (item) => {
      // The page says which are checked; a click alone changes nothing.
      if (checkable) item.checked = !item.checked;
      actions.command(id);
    },
  };
}

function recentItems(recent: readonly string[], actions: MenuActions): Item[] {
  if (recent.length === 0) return [{ label: STRINGS.menuNoRecent, enabled: false }];
  return [
    ...recent.map(
      (path): Item => ({
        // An ampersand would mark the next letter as a shortcut.
        label: basename(path).replaceAll('&', '&&'),
        sublabel: path,
        toolTip: path,
        click: () => actions.openRecent(path),
      }),
    ),
    separator,
    { label: STRINGS.menuClearRecent, click: () => actions.clearRecent() },
  ];
}

/** Makes the menu show the state of the window in front; without one, only commands that make one are left. */
export function showState(editor: Editor | undefined): void {
  const menu = Menu.getApplicationMenu();
  if (menu === null) return;
  for (const id of COMMAND_IDS) {
    for (const item of [menu.getMenuItemById(id), menu.getMenuItemById(`${id}.alias`)]) {
      if (item === null) continue;
      item.enabled = editor ? !editor.disabled.has(id) : id === 'file.new' || id === 'file.open';
      if (item.type === 'checkbox') item.checked = editor?.checked.has(id) ?? false;
    }
  }
}
