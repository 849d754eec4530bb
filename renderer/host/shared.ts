/** What both hosts need: small sets of listeners, and how commands meet text fields and keys. */

import { COMMAND_IDS, COMMANDS, type CommandId, type TextEdit } from '#bridge';
import type { Unsubscribe } from './host.ts';

/** A set of listeners of one kind. */
export class Listeners<T> {
  readonly #set = new Set<(value: T) => void>();

  add(listener: (value: T) => void): Unsubscribe {
    // Wrapped, so that the same function may listen twice and end once.
    const own = (value: T) => listener(value);
    this.#set.add(own);
    return () => this.#set.delete(own);
  }

  tell(value: T): void {
    for (const listener of [...this.#set]) listener(value);
  }
}

const TEXT_EDITS: Readonly<Partial<Record<CommandId, TextEdit>>> = {
  'edit.undo': 'undo',
  'edit.redo': 'redo',
  'edit.cut': 'cut',
  'edit.copy': 'copy',
  'edit.paste': 'paste',
  'edit.pasteKeeping': 'paste',
  'edit.delete': 'delete',
  'edit.selectAll': 'selectAll',
};

/** Their keys are the browser's own: only so do the clipboard's events follow them, and no permission is needed. */
const CLIPBOARD: ReadonlySet<CommandId> = new Set([
  'edit.cut',
  'edit.copy',
  'edit.paste',
  'edit.pasteKeeping',
]);

/** Inputs that hold no text: there, undo and delete mean the graph. */
const NOT_TEXT = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'radio',
  'range',
  'reset',
  'submit',
]);

function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement) return !NOT_TEXT.has(element.type) && !element.readOnly;
  if (element instanceof HTMLTextAreaElement) return !element.readOnly;
  return element instanceof HTMLElement && element.isContentEditable;
}

/** What the command means for the text that has the focus or is selected; null where it means the graph. */
export function textEdit(id: CommandId): TextEdit | null {
  const edit = TEXT_EDITS[id] ?? null;
  if (edit === null || isTextField(document.activeElement)) return edit;
  const selected = document.getSelection()?.isCollapsed === false;
  return edit === 'copy' && selected ? edit : null;
}

export type Platform = 'mac' | 'windows' | 'linux';

interface Chord {
  readonly id: CommandId;
  readonly key: string;
  readonly shift: boolean;
  readonly main: boolean;
}

const KEY_NAMES: Readonly<Record<string, string>> = { plus: '+' };

function chordOf(id: CommandId): Chord | null {
  const { accelerator } = COMMANDS[id];
  if (accelerator === undefined) return null;
  const parts = accelerator.toLowerCase().split('+');
  const key = parts.at(-1) ?? '';
  return {
    id,
    key: KEY_NAMES[key] ?? key,
    shift: parts.includes('shift'),
    main: parts.includes('cmdorctrl'),
  };
}

const CHORDS = COMMAND_IDS.map(chordOf).filter((chord) => chord !== null);

/** The command whose key this is; keys without modifier (Space, arrows, Delete) are the page's own business. */
export function commandOf(event: KeyboardEvent, platform: Platform): CommandId | null {
  const main = platform === 'mac' ? event.metaKey : event.ctrlKey;
  if (event.altKey || (platform === 'mac' ? event.ctrlKey : event.metaKey)) return null;
  const key = event.key.toLowerCase();
  // Other programs' redo on Windows and Linux.
  if (main && key === 'y' && !event.shiftKey && platform !== 'mac') return 'edit.redo';
  // What a Mac's keyboard calls Delete.
  const pressed = key === 'backspace' ? 'delete' : key;
  const chord = CHORDS.find((candidate) => {
    if (candidate.key !== pressed || candidate.main !== main) return false;
    // On many keyboards "+", "=" and "/" need the Shift key.
    return candidate.shift === event.shiftKey || /^[^a-z0-9]$/.test(key);
  });
  return chord?.id ?? null;
}

/** Commands as the host hands them to the page: from the keyboard here, from a menu by `tell`. */
export class Commands extends Listeners<CommandId> {
  #disabled: ReadonlySet<CommandId> = new Set();

  /**
   * Both hosts take keys in the page. In the desktop app the menu has them too, but sees only those that the page
   * did not take: no command comes twice.
   */
  constructor(platform: Platform) {
    super();
    window.addEventListener('keydown', (event) => {
      if (event.defaultPrevented) return;
      const id = commandOf(event, platform);
      // What a text field does with its own keys, it does best itself.
      if (id === null || textEdit(id) !== null || CLIPBOARD.has(id)) return;
      event.preventDefault();
      if (!this.#disabled.has(id)) this.tell(id);
    });
  }

  disable(ids: readonly CommandId[]): void {
    this.#disabled = new Set(ids);
  }
}

const MAC_SYMBOLS: Readonly<Record<string, string>> = {
  CmdOrCtrl: '⌘',
  Shift: '⇧',
  Enter: '↩',
  Delete: '⌫',
};
const NAMES: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl', Right: '→', Left: '←' };

/** The command's key as a hint: "Ctrl+Shift+S", "⇧⌘S"; empty where it has none. */
export function shortcut(id: CommandId, platform: Platform): string {
  const { accelerator, key } = COMMANDS[id];
  const parts = (accelerator ?? key ?? '').split('+').filter((part) => part !== '');
  if (platform !== 'mac') return parts.map((part) => NAMES[part] ?? part).join('+');
  const shift = parts.includes('Shift') ? ['Shift'] : [];
  const ordered = [...shift, ...parts.filter((part) => part !== 'Shift')];
  return ordered.map((part) => MAC_SYMBOLS[part] ?? NAMES[part] ?? part).join('');
}
