import type { KeyboardEvent } from 'react';

/** A handler that copies on Ctrl+C (⌘C), unless some text is selected. */
export function copiesOn(copy: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key !== 'c' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    if (window.getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    event.stopPropagation();
    copy();
  };
}

/** Where an arrow key leads from an entry of a grid; null for other keys. */
export function stepOf(key: string): readonly [row: number, column: number] | null {
  switch (key) {
    case 'ArrowUp':
      return [-1, 0];
    case 'ArrowDown':
      return [1, 0];
    case 'ArrowLeft':
      return [0, -1];
    case 'ArrowRight':
      return [0, 1];
    default:
      return null;
  }
}

/** Whether the person asked for stillness. */
export function prefersStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
