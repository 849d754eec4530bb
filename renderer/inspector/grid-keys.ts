interface Place {
  readonly row: number;
  readonly column: number;
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
}

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/**
 * Where a key leads from a cell, as in a spreadsheet; null where it is no key that moves. While a cell is typed
 * into, the keys that move within its text are left to it. Tab at the last cell stays there.
 */
export function moveOf(
  key: Key,
  { row, column }: Place,
  extent: Extent,
  typing: boolean,
): Place | null {
  if (key.altKey) return null;
  const lastRow = extent.rows - 1;
  const lastColumn = extent.columns - 1;
  const within = (to: Place): Place => ({
    row: Math.max(0, Math.min(to.row, lastRow)),
    column: Math.max(0, Math.min(to.column, lastColumn)),
  });
  const far = key.ctrlKey || key.metaKey;
  switch (key.key) {
    case 'Enter':
      return far ? null : within({ row: row + (key.shiftKey ? -1 : 1), column });
    case 'Tab': {
      if (far) return null;
      const next = row * extent.columns + column + (key.shiftKey ? -1 : 1);
      if (next < 0 || next >= extent.rows * extent.columns) return { row, column };
      return { row: Math.floor(next / extent.columns), column: next % extent.columns };
    }
    case 'ArrowUp':
      return within({ row: far ? 0 : row - 1, column });
    case 'ArrowDown':
      return within({ row: far ? lastRow : row + 1, column });
  }
  if (typing) return null;
  switch (key.key) {
    case 'ArrowLeft':
      return within({ row, column: far ? 0 : column - 1 });
    case 'ArrowRight':
      return within({ row, column: far ? lastColumn : column + 1 });
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return { row: far ? lastRow : row, column: lastColumn };
    default:
      return null;
  }
}

/**
 * With what text a key begins to type into a cell that holds `held`: a sign replaces it, F2 goes on with it, Delete
 * empties it. Null for all other keys.
 */
export function typedBy({ key, ctrlKey, metaKey, altKey }: Key, held: string): string | null {
  if (key === 'F2') return held;
  if (ctrlKey || metaKey || altKey) return null;
  if (key === 'Delete' || key === 'Backspace') return '';
  return key.length === 1 && key !== ' ' ? key : null;
}
