import type { CommandId } from '../host/index.ts';

const kept = 5;
const recent: CommandId[] = [];

/** The commands that were chosen last from the palette, newest first; in this session. */
export function recentCommands(): readonly CommandId[] {
  return recent;
}

export function remember(id: CommandId): void {
  const at = recent.indexOf(id);
  if (at >= 0) recent.splice(at, 1);
  recent.unshift(id);
  recent.length = Math.min(recent.length, kept);
}
