/** Which keys mean which command: the usual ones, and those that the person chose instead. */

import { createStore } from 'zustand';
import { COMMAND_IDS, COMMANDS, type CommandId, isKeys, type Keymap } from '#bridge';
import { keysOfEvent, type Platform, spelled } from './keys.ts';

/** Their keys are the browser's own: only so do the clipboard's events follow them, and no permission is needed. */
const CLIPBOARD: ReadonlySet<CommandId> = new Set([
  'edit.cut',
  'edit.copy',
  'edit.paste',
  'edit.pasteKeeping',
]);

const place = 'gradwire.keymap';

interface KeymapState {
  readonly changed: Keymap;
}

/** The person's own choices; shared by all windows and kept for the next session. */
export const keymapStore = createStore<KeymapState>(() => ({ changed: remembered() }));

window.addEventListener('storage', ({ key }) => {
  if (key === place || key === null) keymapStore.setState({ changed: remembered() });
});

export function keysOf(id: CommandId): readonly string[] {
  return keymapStore.getState().changed[id] ?? COMMANDS[id].keys ?? [];
}

/** The command that these keys mean. */
export function commandOf(keys: string): CommandId | null {
  return COMMAND_IDS.find((id) => keysOf(id).includes(keys)) ?? null;
}

export function commandOfEvent(event: KeyboardEvent, platform: Platform): CommandId | null {
  const keys = keysOfEvent(event, platform);
  return keys === null ? null : commandOf(keys);
}

/** Keys that mean something wherever the focus is; nobody could do without them. */
const kept = new Set(['Escape', 'Enter', 'Tab', 'Shift+Tab', '/']);

/**
 * Gives a command the keys alone. Returns the command that had them and has none of them now, or why they cannot be
 * used.
 */
export function assignKeys(id: CommandId, keys: string): CommandId | 'not-keys' | 'kept' | null {
  if (!isKeys(keys)) return 'not-keys';
  const owner = commandOf(keys);
  if (kept.has(keys) || (owner && hasOwnKeys(owner))) return 'kept';
  const loser = owner === id ? null : owner;
  const changed: Keymap = {
    ...keymapStore.getState().changed,
    ...(loser ? { [loser]: keysOf(loser).filter((each) => each !== keys) } : {}),
    [id]: [keys],
  };
  change(changed);
  return loser;
}

/** Whether a command's keys are the system's own, as those of the clipboard. */
export function hasOwnKeys(id: CommandId): boolean {
  return CLIPBOARD.has(id);
}

export function removeKeys(id: CommandId): void {
  change({ ...keymapStore.getState().changed, [id]: [] });
}

/** All commands have their usual keys again. */
export function resetKeys(): void {
  change({});
}

function change(changed: Keymap): void {
  keymapStore.setState({ changed });
  try {
    localStorage.setItem(place, JSON.stringify(changed));
  } catch {
    // Storage is switched off: the choice holds for this session.
  }
}

function remembered(): Keymap {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const known = new Map<string, unknown>(Object.entries(kept));
    return Object.fromEntries(
      COMMAND_IDS.flatMap((id) => {
        const keys = known.get(id);
        return Array.isArray(keys) ? [[id, keys.filter(isKeys).slice(0, 4)]] : [];
      }),
    );
  } catch {
    return {};
  }
}

/** The command's first keys as a hint: “Ctrl+Shift+S”, “⇧⌘S”; empty where it has none. */
export function shortcut(id: CommandId, platform: Platform): string {
  const [keys] = keysOf(id);
  return keys === undefined ? '' : spelled(keys, platform);
}
