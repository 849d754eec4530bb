import type { Dragged } from './use-drag-out.ts';

/** What is being dragged, under the pointer. */
export function Ghost({ operation, x, y }: Dragged) {
  return (
    <div
      className="palette-ghost"
      data-source={operation.group === 'sources'}
      style={{ transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}
      aria-hidden="true"
    >
      {operation.symbol}
    </div>
  );
}
