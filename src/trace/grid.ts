import type { ArrayValue, NdArray } from '#tensor';

/** A tensor laid out as rows and columns, as the blackboard would write it. */
export interface Grid {
  readonly array: NdArray;
  readonly rows: number;
  readonly columns: number;
  /** So many rows, or columns, belong to one example; where nothing is batched, all of them. */
  readonly rowBlock: number;
  readonly columnBlock: number;
  /** Where the entry of a row and a column lies in `array`. */
  index(row: number, column: number): number;
  /** The inverse of `index`. */
  place(index: number): { readonly row: number; readonly column: number };
}

/** Where the examples of a batch go: side by side, or under one another. */
export type Placing = 'across' | 'down';

/** A value whose every example is read as a matrix of `rows` × `columns`. */
export function matrixGrid(
  { batched, data: array }: ArrayValue,
  rows: number,
  columns: number,
  placing: Placing,
): Grid {
  const size = Math.max(1, rows * columns);
  const examples = batched ? array.data.length / size : 1;
  const across = placing === 'across';
  return {
    array,
    rows: across ? rows : rows * examples,
    columns: across ? columns * examples : columns,
    rowBlock: rows,
    columnBlock: columns,
    index: (row, column) =>
      across
        ? Math.floor(column / columns) * size + row * columns + (column % columns)
        : row * columns + column,
    place: (index) => {
      const within = across ? index % size : index;
      const before = across ? Math.floor(index / size) * columns : 0;
      return { row: Math.floor(within / columns), column: before + (within % columns) };
    },
  };
}

/**
 * Any value: a vector is a column, a matrix itself; of further axes the last runs to the right, all
 * others down. Examples stand side by side.
 */
export function valueGrid(value: ArrayValue): Grid {
  const { shape } = value;
  const columns = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  const rows = shape.reduce((count, length) => count * length, 1) / Math.max(1, columns);
  return matrixGrid(value, rows, columns, 'across');
}

/** All entries under one another, the batch's included. */
export function columnGrid({ data: array }: ArrayValue): Grid {
  return wholeGrid(array, array.data.length, 1);
}

/** A tensor as one matrix of that many rows and columns, whatever its axes are. */
export function wholeGrid(array: NdArray, rows: number, columns: number): Grid {
  return matrixGrid({ batched: false, shape: array.shape, data: array }, rows, columns, 'across');
}
