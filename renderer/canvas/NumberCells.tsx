import type { NdArray } from '#tensor';
import type { NumberGrid } from './number-grid.ts';

interface NumberCellsProps {
  readonly array: NdArray;
  readonly grid: NumberGrid;
  readonly tone: 'value' | 'gradient';
}

/** A tensor so small that its numbers themselves fit on the wire: a heat map one can read. */
export function NumberCells({ array, grid, tone }: NumberCellsProps) {
  const largest = array.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const share = (x: number) => (largest > 0 && Number.isFinite(x) ? Math.abs(x) / largest : 0);
  const tint = (x: number) =>
    `color-mix(in srgb, var(${x < 0 ? '--ink' : `--${tone}`}) ${Math.round(share(x) * 22)}%, transparent)`;
  return (
    <span className="number-cells" style={{ gridTemplateColumns: `repeat(${grid.columns}, auto)` }}>
      {Array.from(array.data, (x, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place
        <span key={at} style={{ backgroundColor: tint(x) }}>
          {grid.texts[at]}
        </span>
      ))}
    </span>
  );
}
