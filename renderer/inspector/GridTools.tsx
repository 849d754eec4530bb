import { Check, Copy, Minus, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { type Table, tableText } from '../format/parse-table.ts';
import { useServices } from '../store/index.ts';
import { strings } from '../strings/en.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { copyText } from '../ui/copy-text.ts';
import { type ValueTable, withColumn, withoutColumn, withoutRow, withRow } from './value-table.ts';
import './value-grid.css';

const text = inspecting.table;

interface GridToolsProps {
  readonly table: ValueTable;
  /** The cell that rows and columns are added behind, and removed at. */
  readonly row: number;
  readonly column: number;
  /** Changes the table, after which that cell is the current one. */
  change(next: ValueTable, to: { readonly row: number; readonly column: number }): void;
}

/** More or fewer rows and columns. */
export function GridTools({ table, row, column, change }: GridToolsProps) {
  const { kind, rows, columns } = table;
  return (
    <div className="grid-tools">
      <span>{text.rows(kind)}</span>
      <Tool
        label={text.removeRow(kind, row + 1)}
        disabled={rows === 1}
        act={() => change(withoutRow(table, row), { row: Math.min(row, rows - 2), column })}
      >
        <Minus size={14} aria-hidden="true" />
      </Tool>
      <Tool
        label={text.addRow(kind)}
        act={() => change(withRow(table, row), { row: row + 1, column })}
      >
        <Plus size={14} aria-hidden="true" />
      </Tool>
      <span>{text.columns}</span>
      <Tool
        label={text.removeColumn(column + 1)}
        disabled={columns === 1}
        act={() =>
          change(withoutColumn(table, column), { row, column: Math.min(column, columns - 2) })
        }
      >
        <Minus size={14} aria-hidden="true" />
      </Tool>
      <Tool
        label={text.addColumn}
        act={() => change(withColumn(table, column), { row, column: column + 1 })}
      >
        <Plus size={14} aria-hidden="true" />
      </Tool>
    </div>
  );
}

interface GridHeadProps {
  readonly label: string;
  readonly table: Table;
  clear(): void;
}

/** What a value is called, and what can be done with all of it. */
export function GridHead({ label, table, clear }: GridHeadProps) {
  return (
    <div className="grid-tools">
      <span className="grid-label">{label}</span>
      <CopyTable table={table} />
      <Tool label={strings.inspector.clear} act={clear}>
        <Trash2 size={14} aria-hidden="true" />
      </Tool>
    </div>
  );
}

/** Puts all numbers on the clipboard as a spreadsheet takes them. */
function CopyTable({ table }: { readonly table: Table }) {
  const { store } = useServices();
  const [copied, setCopied] = useState<Table['data']>();
  const done = copied === table.data;
  const Icon = done ? Check : Copy;
  const copy = () => {
    const taken = copyText(tableText(table));
    store.getState().announce(taken ? text.copied : text.copyFailed);
    if (taken) setCopied(table.data);
  };
  return (
    <Tool label={done ? text.copied : text.copy} act={copy}>
      <Icon size={14} aria-hidden="true" />
    </Tool>
  );
}

interface ToolProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly children: ReactNode;
  act(): void;
}

function Tool({ label, disabled = false, children, act }: ToolProps) {
  return (
    <button
      type="button"
      className="button icon small"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={act}
    >
      {children}
    </button>
  );
}
