import { ChevronDown, ChevronLeft, ChevronRight, ChevronUp } from 'lucide-react';
import type { Grid } from '#trace';
import { telling } from '../strings/en-story.ts';
import { type GridWindow, windowSize } from './window.ts';

const text = telling.maps;

interface PagingProps {
  readonly grid: Grid;
  readonly window: GridWindow;
  onMove(window: GridWindow): void;
}

/** Which part of a large tensor is drawn, and buttons to the next ones. */
export function Paging({ grid, window, onMove }: PagingProps) {
  const { row, column } = window;
  return (
    <>
      {grid.rows > windowSize && (
        <span className="paging">
          <Turn
            label={text.up}
            icon={ChevronUp}
            possible={row > 0}
            turn={() => onMove({ row: Math.max(0, row - windowSize), column })}
          />
          {text.window(row + 1, Math.min(row + windowSize, grid.rows), grid.rows, 'rows')}
          <Turn
            label={text.down}
            icon={ChevronDown}
            possible={row + windowSize < grid.rows}
            turn={() => onMove({ row: row + windowSize, column })}
          />
        </span>
      )}
      {grid.columns > windowSize && (
        <span className="paging">
          <Turn
            label={text.left}
            icon={ChevronLeft}
            possible={column > 0}
            turn={() => onMove({ row, column: Math.max(0, column - windowSize) })}
          />
          {text.window(
            column + 1,
            Math.min(column + windowSize, grid.columns),
            grid.columns,
            'columns',
          )}
          <Turn
            label={text.right}
            icon={ChevronRight}
            possible={column + windowSize < grid.columns}
            turn={() => onMove({ row, column: column + windowSize })}
          />
        </span>
      )}
    </>
  );
}

interface TurnProps {
  readonly label: string;
  readonly icon: typeof ChevronUp;
  readonly possible: boolean;
  turn(): void;
}

function Turn({ label, icon: Icon, possible, turn }: TurnProps) {
  return (
    <button
      type="button"
      className="copy-button"
      aria-label={label}
      title={label}
      disabled={!possible}
      onClick={turn}
    >
      <Icon size={14} aria-hidden="true" />
    </button>
  );
}
