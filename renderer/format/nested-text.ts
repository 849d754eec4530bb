import type { NdArray } from '#tensor';

/** `[[1, 2], [3, 4]]` in full double precision; infinities and NaN by their names. */
export function nestedText({ shape, data }: NdArray): string {
  let next = 0;
  const write = (axis: number): string => {
    const length = shape[axis];
    if (length === undefined) return String(data[next++] ?? 0);
    return `[${Array.from({ length }, () => write(axis + 1)).join(', ')}]`;
  };
  return write(0);
}
