/** The native menu. Its items send commands to the page of the window in front; what they mean is the page's business. */

import { basename } from 'node:path';
import { app, type MenuItemConstructorOptions as Item, Menu } from 'electron';
import { COMMAND_IDS, COMMANDS, type CommandId, isTyped } from './commands.ts';
import type { CommandNames, Keymap } from './contract.ts';
import type { Editor } from './editor.ts';
import { MENUS, type MenuEntry, type NativeItem } from './menus.ts';
import { STRINGS } from './strings.ts';

const mac = process.platform === 'darwin';
const separator: Item = { type: 'separator' };

export interface MenuActions {
  command(id: CommandId): void;
  newWindow(): void;
  openRecent(path: string): void;
  clearRecent(): void;
  toggleUpdates(): void;
}

/**
 * The menus' names without anything in them, before there are windows. Electron would make a menu of its own; and the
 * page would be laid out a second time when the bar takes its room.
 */
export function announceMenu(): void {
  const names = MENUS.map(({ label }): Item => ({ label, submenu: [] }));
  Menu.setApplicationMenu(mac ? null : Menu.buildFromTemplate(names));
}

/** Builds the menu anew: at start, and when the list of recent files or the keys change. */
export function buildMenu(
  recent: readonly string[],
  keymap: Keymap,
  named: CommandNames,
  looksForUpdates: boolean,
  actions: MenuActions,
): void {
  const natives: Readonly<Record<NativeItem, () => Item | null>> = {
    newWindow: () => ({
      label: STRINGS.menuNewWindow,
      accelerator: 'CmdOrCtrl+Shift+N',
      click: actions.newWindow,
    }),
    recent: () => ({ label: STRINGS.menuRecent, submenu: recentItems(recent, actions) }),
    close: () => ({ role: 'close', label: STRINGS.menuClose }),
    quit: () => (mac ? null : { role: 'quit', label: STRINGS.menuQuit }),
    fullScreen: () => ({ role: 'togglefullscreen', label: STRINGS.menuFullScreen }),
    developer: () =>
      app.isPackaged ? null : { role: 'toggleDevTools', label: STRINGS.menuDeveloper },
    updates: () => ({
      id: 'updates',
      label: STRINGS.menuUpdates,
      type: 'checkbox',
      checked: looksForUpdates,
      click: (clicked) => {
        // The person is asked first.
        clicked.checked = looksForUpdates;
        actions.toggleUpdates();
      },
    }),
    about: () => ({ label: STRINGS.menuAbout, click: () => app.showAboutPanel() }),
  };
  const itemsOf = (entry: MenuEntry): readonly Item[] => {
    if (typeof entry === 'string') {
      const label = named[entry] ?? COMMANDS[entry].label;
      // An ampersand would mark the next letter as a shortcut.
      return commandItems(entry, label.replaceAll('&', '&&'), keymap, actions);
    }
    if ('entries' in entry) {
      return [{ label: entry.label, submenu: entry.entries.flatMap(itemsOf) }];
    }
    const item = natives[entry.native]();
    return item ? [item] : [];
  };
  const menus = MENUS.map(({ id, label, sections }): Item => {
    const filled = sections
      .map((entries) => entries.flatMap(itemsOf))
      .filter(({ length }) => length);
    const submenu = filled.flatMap((items, at) => (at > 0 ? [separator, ...items] : items));
    return { label, submenu, ...(id === 'help' ? { role: 'help' } : {}) };
  });
  const help = menus.pop();
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(mac ? [{ role: 'appMenu' } satisfies Item] : []),
      ...menus,
      ...(mac ? [{ role: 'windowMenu' } satisfies Item] : []),
      ...(help ? [help] : []),
    ]),
  );
}

/** The item, and a hidden one for each further key that it has. */
function commandItems(
  id: CommandId,
  label: string,
  keymap: Keymap,
  actions: MenuActions,
): readonly Item[] {
  const { checkable } = COMMANDS[id];
  const [first, ...further] = keymap[id] ?? COMMANDS[id].keys ?? [];
  const item: Item = {
    id,
    label,
    type: checkable ? 'checkbox' : 'normal',
    click: (clicked) => {
      // The page says which are checked; a click alone changes nothing.
      if (checkable) clicked.checked = !clicked.checked;
      actions.command(id);
    },
  };
  return [
    // Keys that are typed belong to the page: here they would fire while somebody writes.
    first === undefined || (mac && isTyped(first))
      ? item
      : { ...item, accelerator: first, registerAccelerator: !isTyped(first) },
    ...further
      .filter((keys) => !isTyped(keys))
      .map((accelerator, at) => ({
        ...item,
        id: aliasOf(id, at),
        accelerator,
        visible: false,
        acceleratorWorksWhenHidden: true,
      })),
  ];
}

function aliasOf(id: CommandId, at: number): string {
  return `${id}.alias${at}`;
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
    for (let at = -1; ; at++) {
      const item = menu.getMenuItemById(at < 0 ? id : aliasOf(id, at));
      if (item === null) break;
      item.enabled = editor ? !editor.disabled.has(id) : id === 'file.new' || id === 'file.open';
      if (item.type === 'checkbox') item.checked = editor?.checked.has(id) ?? false;
    }
  }
}
