import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { NdArray } from '#tensor';
import { type ParsedTable, parseTable, tableText } from '../format/parse-table.ts';
import { parseValue } from '../format/parse-value.ts';
import { useNumbers, useServices } from '../store/index.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { GridHead, GridTools } from './GridTools.tsx';
import { moveOf, typedBy } from './grid-keys.ts';
import { arrayOf, type ValueTable, withBlock, withCell } from './value-table.ts';

const text = inspecting.table;

interface ValueGridProps {
  readonly label: string;
  readonly table: ValueTable;
  /** Takes the focus as it appears. */
  readonly focused: boolean;
  /** A sentence where the value does not do. */
  set(array: NdArray): string | undefined;
  /** Takes the value away, where the attribute may be without. */
  clear(): void;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * A vector or matrix as cells to type into, as in a spreadsheet: one edit for each cell, and a paste is one, too.
 * The table has one place in the order of focus; keys walk within it.
 */
export function ValueGrid({ label, table, focused, set, clear }: ValueGridProps) {
  const { rows, columns, kind, data } = table;
  const { store } = useServices();
  const numbers = useNumbers();
  const [wanted, setPlace] = useState<Place>({ row: 0, column: 0 });
  const [typing, setTyping] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const grid = useRef<HTMLTableElement>(null);
  const follow = useRef(focused);
  const place = {
    row: Math.min(wanted.row, rows - 1),
    column: Math.min(wanted.column, columns - 1),
  };
  const held = (at: Place) => data[at.row * columns + at.column] ?? Number.NaN;

  useLayoutEffect(() => {
    if (!follow.current) return;
    follow.current = false;
    grid.current?.querySelector<HTMLElement>('td[tabindex="0"]')?.focus();
  });

  // A cell that goes away while it is typed into loses the focus, and must not be taken twice.
  const latest = useRef({ typing, table });
  latest.current = { typing, table };

  const go = (to: Place) => {
    follow.current = true;
    setTyping(null);
    setPlace(to);
  };
  const change = (next: ValueTable): boolean => {
    const refused = set(arrayOf(next));
    setProblem(refused);
    if (refused === undefined && (next.rows !== rows || next.columns !== columns)) {
      store.getState().announce(text.now(next.kind, next.rows, next.columns));
    }
    return refused === undefined;
  };
  /** Whether what is typed is in the table now. */
  const take = (): boolean => {
    const typed = latest.current.typing;
    if (typed === null) return true;
    const parsed = parseValue(typed);
    const x =
      parsed.kind === 'value' && parsed.array.shape.length === 0 ? parsed.array.data[0] : undefined;
    if (x === undefined) {
      setProblem(text.noNumber);
      return false;
    }
    if (!Object.is(x, held(place)) && !change(withCell(table, place.row, place.column, x)))
      return false;
    setProblem(undefined);
    setTyping(null);
    return true;
  };
  const pasteBlock = (pasted: string) => {
    const parsed = parseTable(pasted);
    if (parsed.kind === 'problem') {
      setProblem(pasteProblem(parsed));
      return;
    }
    follow.current = true;
    setTyping(null);
    change(withBlock(table, place.row, place.column, parsed.table));
  };

  const paste = useRef(pasteBlock);
  paste.current = pasteBlock;
  useEffect(() => {
    // Where no text has the focus, these events come to the page, and would mean the graph.
    const within = () => grid.current?.contains(document.activeElement) === true;
    const onPaste = (event: ClipboardEvent) => {
      const pasted = event.clipboardData?.getData('text/plain') ?? '';
      // A single number goes into the text that is being typed.
      if (!within() || (latest.current.typing !== null && !/[\t\n]/.test(pasted.trim()))) return;
      event.preventDefault();
      paste.current(pasted);
    };
    const onCopy = (event: ClipboardEvent) => {
      if (!within() || latest.current.typing !== null) return;
      event.clipboardData?.setData('text/plain', tableText(latest.current.table));
      event.preventDefault();
    };
    document.addEventListener('paste', onPaste, { capture: true });
    document.addEventListener('copy', onCopy, { capture: true });
    document.addEventListener('cut', onCopy, { capture: true });
    return () => {
      document.removeEventListener('paste', onPaste, { capture: true });
      document.removeEventListener('copy', onCopy, { capture: true });
      document.removeEventListener('cut', onCopy, { capture: true });
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (typing !== null && event.key === 'Escape') {
      event.preventDefault();
      setProblem(undefined);
      go(place);
      return;
    }
    if (typing === null && event.key === 'Escape') {
      grid.current?.querySelector<HTMLElement>('td[tabindex="0"]')?.blur();
      return;
    }
    const to = moveOf(event, place, table, typing !== null);
    if (to !== null) {
      const stays = to.row === place.row && to.column === place.column;
      // From the last cell, Tab leads on to what follows the table.
      const leaves = stays && event.key === 'Tab';
      if (!leaves) event.preventDefault();
      if (!take()) event.preventDefault();
      else if (!leaves) go(to);
      return;
    }
    if (typing !== null) return;
    const begun = typedBy(event, String(held(place)).replace('-', '−'));
    if (begun === null) return;
    event.preventDefault();
    setProblem(undefined);
    if (event.key === 'Delete' || event.key === 'Backspace') {
      change(withCell(table, place.row, place.column, 0));
    } else setTyping(begun);
  };

  const headings = Array.from({ length: columns }, (_, column) => column);
  return (
    <div className="value-grid-box">
      <GridHead label={label} table={table} clear={clear} />
      <div className="value-grid-scroll">
        <table
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are edited is a grid
          role="grid"
          ref={grid}
          className="value-grid numeric"
          aria-label={text.label(label, rows, columns)}
          // These keys are the table's own, not the editor's.
          data-own-keys
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              <th scope="col">{text.corner(kind)}</th>
              {headings.map((column) => (
                <th key={column} scope="col" data-at={column === place.column}>
                  {column + 1}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rows }, (_, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={row}>
                <th scope="row" data-at={row === place.row}>
                  {row + 1}
                </th>
                {headings.map((column) => {
                  const here = row === place.row && column === place.column;
                  const x = held({ row, column });
                  return (
                    <td
                      key={column}
                      tabIndex={here ? 0 : -1}
                      aria-label={text.cell(row + 1, column + 1, numbers.format(x))}
                      title={String(x)}
                      onFocus={({ target, currentTarget }) => {
                        if (target === currentTarget && !here) setPlace({ row, column });
                      }}
                      onPointerDown={() => {
                        if (here || take()) return;
                        setTyping(null);
                        setProblem(undefined);
                      }}
                      onDoubleClick={() => setTyping(String(x).replace('-', '−'))}
                    >
                      {here && typing !== null ? (
                        <input
                          // biome-ignore lint/a11y/noAutofocus: the person has just begun to type here
                          autoFocus
                          aria-label={text.field(row + 1, column + 1)}
                          aria-invalid={problem !== undefined}
                          value={typing}
                          onChange={({ target }) => {
                            setTyping(target.value);
                            setProblem(undefined);
                          }}
                          onBlur={take}
                        />
                      ) : (
                        numbers.format(x, 4)
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      <GridTools
        table={table}
        row={place.row}
        column={place.column}
        change={(next, to) => {
          if (change(next)) setPlace(to);
        }}
      />
      <p className="quiet-text">{text.hint}</p>
    </div>
  );
}

/** Why a paste changed nothing. */
export function pasteProblem(parsed: ParsedTable & { readonly kind: 'problem' }): string {
  const { paste } = text;
  switch (parsed.why) {
    case 'ragged':
      return paste.unchanged(paste.ragged(parsed.row, parsed.has, parsed.wanted));
    case 'no-number':
      return paste.unchanged(paste['no-number'](parsed.row, parsed.column, parsed.text));
    default:
      return paste.unchanged(paste[parsed.why]);
  }
}
