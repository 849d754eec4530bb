import type { KeyboardEvent, PointerEvent } from 'react';
import type { Grid } from '#trace';
import { useNumbers } from '../store/index.ts';
import { telling } from '../strings/en-story.ts';
import { cellFill } from './cell-fill.ts';
import { copiesOn, stepOf } from './keys.ts';
import { type GridWindow, rangeIn, windowSize } from './window.ts';

const text = telling.maps;

/** With more columns than that, numbers stand only in the sentence below. */
const widestWithNumbers = 6;

interface EntryGridProps {
  readonly grid: Grid;
  readonly window: GridWindow;
  readonly label: string;
  readonly tone: 'local' | 'gradient';
  /** The largest size of an entry: what is drawn at full strength. */
  readonly scale: number;
  /** Entries that light up. */
  readonly lit: ReadonlySet<number>;
  /** Something is pointed at, so what does not light up steps back. */
  readonly dimmed: boolean;
  /** The entry the keys are at. */
  readonly at: number;
  nameOf(index: number): string;
  onPoint(index: number | null, by: 'pointer' | 'keys'): void;
  onMove(window: GridWindow): void;
  onCopy(): void;
}

/** A tensor as a table of entries, the stronger the larger; its entries can be pointed at and walked through. */
export function EntryGrid(props: EntryGridProps) {
  const { grid, window, label, tone, scale, lit, dimmed, at, nameOf } = props;
  const numbers = useNumbers();
  const { rows, columns } = rangeIn(grid, window);
  const figures = Math.min(grid.columns, windowSize) <= widestWithNumbers;
  const point = (event: PointerEvent<HTMLElement>) => {
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    if (cell?.dataset.index) props.onPoint(Number(cell.dataset.index), 'pointer');
  };
  const walk = (event: KeyboardEvent<HTMLElement>) => {
    const step = stepOf(event.key);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The arrows are the film's, the nodes' and the dialog's as well.
    event.stopPropagation();
    const place = grid.place(at);
    const row = clamp(place.row + step[0], grid.rows);
    const column = clamp(place.column + step[1], grid.columns);
    props.onPoint(grid.index(row, column), 'keys');
  };
  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells take the focus is a grid
      role="grid"
      className="entry-grid numeric"
      data-tone={tone}
      data-figures={figures}
      data-dimmed={dimmed}
      aria-label={text.grid(label, grid.rows, grid.columns)}
      aria-rowcount={grid.rows}
      aria-colcount={grid.columns}
      onPointerOver={point}
      onPointerLeave={() => props.onPoint(null, 'pointer')}
      onKeyDown={(event) => {
        copiesOn(props.onCopy)(event);
        walk(event);
      }}
    >
      <tbody>
        {rows.map((row) => (
          <tr key={row} aria-rowindex={row + 1} data-block={starts(row, window.row, grid.rowBlock)}>
            {columns.map((column) => {
              const index = grid.index(row, column);
              const x = grid.array.data[index] ?? Number.NaN;
              const share = Number.isFinite(x) ? (scale > 0 ? Math.abs(x) / scale : 0) : 1;
              const { backgroundColor, strong } = cellFill(x, share, tone, figures);
              return (
                <td
                  key={column}
                  aria-colindex={column + 1}
                  aria-label={`${nameOf(index)}: ${numbers.format(x)}`}
                  tabIndex={index === at ? 0 : -1}
                  data-index={index}
                  data-lit={lit.has(index)}
                  data-strong={strong}
                  data-block={starts(column, window.column, grid.columnBlock)}
                  style={{ backgroundColor }}
                  onFocus={() => props.onPoint(index, 'keys')}
                >
                  {figures && numbers.format(x, 3)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function clamp(at: number, length: number): number {
  return Math.max(0, Math.min(at, length - 1));
}

/** A new example begins here, where each has more than one row or column. */
function starts(at: number, first: number, block: number): boolean {
  return at > first && block > 1 && at % block === 0;
}
