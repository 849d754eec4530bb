import { create } from 'zustand';
import type { CommandId } from '../host/index.ts';

interface MenuState {
  readonly disabled: readonly CommandId[];
  readonly checked: readonly CommandId[];
}

/** What the native menu shows, for the menus of the page. */
export const menuStore = create<MenuState>()(() => ({ disabled: [], checked: [] }));
