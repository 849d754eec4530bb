import { create } from 'zustand';
import type { CommandId, CommandNames } from '../host/index.ts';

interface MenuState {
  readonly disabled: readonly CommandId[];
  readonly checked: readonly CommandId[];
  readonly named: CommandNames;
}

/** What the native menu shows, for the menus of the page. */
export const menuStore = create<MenuState>()(() => ({ disabled: [], checked: [], named: {} }));
