/** What both hosts need: how commands meet text fields. */

import { type CommandId, isTyped, type TextEdit } from '#bridge';
import { commandOf, hasOwnKeys } from './keymap.ts';
import { keysOfEvent, type Platform } from './keys.ts';
import { Listeners } from './listeners.ts';

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
  if (edit !== 'copy') return null;
  const selection = document.getSelection();
  // Where nothing is selected, the page need not be laid out to know it.
  return selection && selection.rangeCount > 0 && !selection.isCollapsed ? edit : null;
}

/** Commands as the host hands them to the page: from the keyboard here, from a menu by `tell`. */
export class Commands extends Listeners<CommandId> {
  #disabled: ReadonlySet<CommandId> = new Set();

  /**
   * Both hosts take keys in the page. In the desktop app the menu has them too, but sees only those that the page
   * did not take: no command comes twice. Keys that are typed are left to the page, which knows what they may mean.
   */
  constructor(platform: Platform) {
    super();
    window.addEventListener('keydown', (event) => {
      if (event.defaultPrevented) return;
      const keys = keysOfEvent(event, platform);
      const id = keys === null || isTyped(keys) ? null : commandOf(keys);
      // What a text field does with its own keys, it does best itself.
      if (id === null || textEdit(id) !== null || hasOwnKeys(id)) return;
      event.preventDefault();
      if (!this.#disabled.has(id)) this.tell(id);
    });
  }

  disable(ids: readonly CommandId[]): void {
    this.#disabled = new Set(ids);
  }
}

/** A document may be titled as it likes; what main shows of it is one line of a bearable length, without separators. */
export function plainName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return name.slice(0, 200).replaceAll(/[/\\\u0000-\u001f]+/g, ' ');
}
