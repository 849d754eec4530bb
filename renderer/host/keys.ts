/** Keys in Electron's notation, `CmdOrCtrl+Shift+Z`: read from events, and written for people. */

export type Platform = 'mac' | 'windows' | 'linux';

const NAMES: Readonly<Record<string, string>> = {
  ' ': 'Space',
  '+': 'Plus',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  // What a Mac's keyboard calls Delete.
  Backspace: 'Delete',
};

const SIGN_PLACES: Readonly<Record<string, string>> = { Equal: '=', Minus: '-', Digit0: '0' };

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead']);

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** What is pressed, as the keys of a command are written; null for a modifier alone. */
export function keysOfEvent(event: Pressed, platform: Platform): string | null {
  const mac = platform === 'mac';
  if (MODIFIERS.has(event.key) || (mac ? event.ctrlKey : event.metaKey)) return null;
  // A Mac's Alt key writes other letters and signs: there the place of the key counts.
  const letter = event.altKey ? /^Key([A-Z])$/.exec(event.code)?.[1] : undefined;
  const sign = mac && event.altKey ? SIGN_PLACES[event.code] : undefined;
  const key =
    letter ?? sign ?? NAMES[event.key] ?? (event.key.length === 1 ? upper(event.key) : event.key);
  // On many keyboards “?”, “/” and “+” need the Shift key.
  const isSign = /^[^\p{L}\p{N}]$/u.test(event.key) && event.key !== ' ';
  return [
    (mac ? event.metaKey : event.ctrlKey) && 'CmdOrCtrl',
    event.altKey && 'Alt',
    event.shiftKey && !isSign && 'Shift',
    key,
  ]
    .filter((part) => part !== false)
    .join('+');
}

function upper(letter: string): string {
  const large = letter.toUpperCase();
  return large.length === 1 ? large : letter;
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  CmdOrCtrl: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
  Delete: '⌫',
};
const SIGNS: Readonly<Record<string, string>> = {
  CmdOrCtrl: 'Ctrl',
  Right: '→',
  Left: '←',
  Up: '↑',
  Down: '↓',
  Plus: '+',
};
const MAC_ORDER = ['Alt', 'Shift', 'CmdOrCtrl'];

/** Keys as a hint: “Ctrl+Shift+S”, “⇧⌘S”. */
export function spelled(keys: string, platform: Platform): string {
  const parts = keys.split('+');
  if (platform !== 'mac') return parts.map((part) => SIGNS[part] ?? part).join('+');
  const held = MAC_ORDER.filter((part) => parts.includes(part));
  return [...held, ...parts.filter((part) => !MAC_ORDER.includes(part))]
    .map((part) => MAC_SIGNS[part] ?? SIGNS[part] ?? part)
    .join('');
}
