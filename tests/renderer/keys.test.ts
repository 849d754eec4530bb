import { describe, expect, it } from 'vitest';
import { keysOfEvent, spelled } from '../../renderer/host/keys.ts';
import {
  COMMAND_IDS,
  COMMANDS,
  commandsOf,
  isKeys,
  isTyped,
  MENUS,
} from '../../src/desktop/contract.ts';

const pressed = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe('commands', () => {
  it('stand in the menus, each once', () => {
    const listed = MENUS.flatMap(commandsOf);
    expect(listed.toSorted()).toEqual(COMMAND_IDS.toSorted());
  });

  it('have keys that Electron knows, no two the same', () => {
    const keys = COMMAND_IDS.flatMap((id) => COMMANDS[id].keys ?? []);
    expect(keys.filter((each) => !isKeys(each))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    '',
    'Ctrl+Q',
    'CmdOrCtrl+',
    'CmdOrCtrl+Zz',
    'Shift+Shift+Shift+Shift+A',
    '<script>',
    'A B',
  ])('take no keys that are none: %s', (keys) => expect(isKeys(keys)).toBe(false));

  it('leave to the page what is typed', () => {
    expect(['A', 'Shift+E', 'Space', '?', 'Delete'].every(isTyped)).toBe(true);
    expect(['CmdOrCtrl+A', 'F5', 'Shift+F8', 'Alt+X'].some(isTyped)).toBe(false);
  });
});

describe('keys', () => {
  it.each([
    ['z', { ctrlKey: true }, 'CmdOrCtrl+Z'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'CmdOrCtrl+Shift+Z'],
    ['?', { shiftKey: true }, '?'],
    ['/', { ctrlKey: true, shiftKey: true }, 'CmdOrCtrl+/'],
    ['+', { ctrlKey: true, shiftKey: true }, 'CmdOrCtrl+Plus'],
    ['ArrowLeft', { shiftKey: true }, 'Shift+Left'],
    ['Backspace', {}, 'Delete'],
    [' ', {}, 'Space'],
    ['F3', { shiftKey: true }, 'Shift+F3'],
    ['Shift', { shiftKey: true }, null],
    ['x', { metaKey: true }, null],
  ])('are read from what is pressed: %s', (key, held, keys) => {
    expect(keysOfEvent(pressed(key, held), 'linux')).toBe(keys);
  });

  it('are a Mac’s own there', () => {
    expect(keysOfEvent(pressed('z', { metaKey: true }), 'mac')).toBe('CmdOrCtrl+Z');
    expect(keysOfEvent(pressed('≈', { altKey: true, code: 'KeyX' }), 'mac')).toBe('Alt+X');
    expect(keysOfEvent(pressed('≠', { altKey: true, metaKey: true, code: 'Equal' }), 'mac')).toBe(
      'CmdOrCtrl+Alt+=',
    );
    expect(spelled('CmdOrCtrl+Shift+Z', 'mac')).toBe('⇧⌘Z');
    expect(spelled('CmdOrCtrl+Plus', 'linux')).toBe('Ctrl++');
  });
});
