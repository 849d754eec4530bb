import { useState } from 'react';
import type { NdArray } from '#tensor';
import { parseTable } from '../format/parse-table.ts';
import { parseValue } from '../format/parse-value.ts';
import { formatNested } from '../format/tensors.ts';
import { strings } from '../strings/en.ts';
import { inspecting } from '../strings/en-inspector.ts';
import { LargeValue } from './LargeValue.tsx';
import { TextField } from './TextField.tsx';
import { pasteProblem, ValueGrid } from './ValueGrid.tsx';
import { arrayOf, tableOf, tableOfBlock } from './value-table.ts';

interface ValueEditorProps {
  readonly label: string;
  readonly array: NdArray | undefined;
  readonly batched: boolean;
  /** A sentence where the value does not do. */
  set(array: NdArray | undefined): string | undefined;
}

/** What fits into the panel and is edited cell by cell. */
const mostCells = 256;
const mostColumns = 16;
/** A number, or a tensor of more axes, is typed. */
const mostTyped = 64;

/** A value of any size: a number or lists to type, a table to edit, or a picture where it is too large for both. */
export function ValueEditor({ label, array, batched, set }: ValueEditorProps) {
  const [pasted, setPasted] = useState(false);
  const clear = () => set(undefined);
  const table = array && tableOf(array, batched);
  if (table && table.data.length <= mostCells && table.columns <= mostColumns) {
    return (
      <ValueGrid
        label={label}
        table={table}
        focused={pasted}
        set={set}
        clear={() => void clear()}
      />
    );
  }
  if (array && array.data.length > mostTyped) {
    return <LargeValue label={label} array={array} batched={batched} clear={() => void clear()} />;
  }
  const commit = (text: string) => {
    const parsed = parseValue(text);
    if (parsed.kind === 'problem') return strings.values[parsed.why];
    return set(parsed.kind === 'value' ? parsed.array : undefined);
  };
  const paste = (text: string) => {
    // A single number goes into the field.
    if (!/[\t\n]/.test(text.trim())) return false;
    const parsed = parseTable(text);
    if (parsed.kind === 'problem') return pasteProblem(parsed);
    setPasted(true);
    return set(arrayOf(tableOfBlock(parsed.table, batched)));
  };
  return (
    <TextField
      label={label}
      value={array ? formatNested(array).replaceAll('-', '−') : ''}
      placeholder={inspecting.noValue}
      commit={commit}
      paste={paste}
    />
  );
}
