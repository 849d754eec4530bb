import type { Bridge } from '#bridge';
import { createDesktopHost } from './desktop-host.ts';
import type { Host } from './host.ts';
import { createWebHost } from './web-host.ts';

export { COMMANDS, commandsOf, isTyped, MENUS, type MenuEntry, type MenuPlan } from '#bridge';
export type * from './host.ts';
export {
  assignKeys,
  commandOfEvent,
  hasOwnKeys,
  keymapStore,
  keysOf,
  removeKeys,
  resetKeys,
  shortcut,
} from './keymap.ts';
export { keysOfEvent, spelled } from './keys.ts';
export { plainName, textEdit } from './shared.ts';
export { keepOffline } from './web-offline.ts';

declare global {
  interface Window {
    /** There in the desktop app only: the preload puts it here. */
    readonly gradwire?: Bridge;
  }
}

/** The host of the place the page runs in. Make it once, when the page starts. */
export function createHost(): Host {
  return window.gradwire ? createDesktopHost(window.gradwire) : createWebHost();
}
