import { useMemo, useState } from 'react';
import type { WireId } from '#graph';
import { jacobian } from '#trace';
import { useEditor, useNumbers } from '../store/index.ts';
import { insight } from '../strings/en-insight.ts';
import { cellFill } from './cell-fill.ts';

const text = insight.jacobian;

/** Larger ones show their first corner. */
const most = 12;

/** The full local gradient, on demand: for those that have no shorter form. */
export function JacobianView({ wire }: { readonly wire: WireId }) {
  const [open, setOpen] = useState(false);
  if (!open) {
    return (
      <button type="button" className="button start" onClick={() => setOpen(true)}>
        {text.show}
      </button>
    );
  }
  return <Matrix wire={wire} />;
}

function Matrix({ wire }: { readonly wire: WireId }) {
  const numbers = useNumbers();
  const trace = useEditor((state) => state.trace);
  const registry = useEditor((state) => state.registry);
  const found = useMemo(() => jacobian(trace, registry, wire, most), [trace, registry, wire]);
  const [pointed, setPointed] = useState<string>();
  if (!found) return null;
  const { matrix, rows, columns } = found;
  const [height = 0, width = 0] = matrix.shape;
  const largest = matrix.data.reduce(
    (size, x) => (Number.isFinite(x) ? Math.max(size, Math.abs(x)) : size),
    0,
  );
  const cells = Array.from(matrix.data, (x, at) => ({
    row: Math.floor(at / width) + 1,
    column: (at % width) + 1,
    x,
    share: Number.isFinite(x) && largest > 0 ? Math.abs(x) / largest : Number(!Number.isFinite(x)),
  }));
  const whole = height === rows && width === columns;
  return (
    <section data-testid="jacobian">
      <h3 className="heading">{text.title}</h3>
      <div
        className="jacobian"
        role="img"
        aria-label={`${text.title}: ${Array.from(matrix.data, (x) => numbers.format(x)).join(' ')}`}
        style={{ gridTemplateColumns: `repeat(${width}, minmax(0, 1fr))` }}
        onPointerLeave={() => setPointed(undefined)}
      >
        {cells.map(({ row, column, x, share }) => {
          const { backgroundColor, strong } = cellFill(x, share, 'local', width <= 6);
          const said = text.cell(row, column, numbers.format(x));
          return (
            <span
              key={`${row} ${column}`}
              data-negative={x < 0}
              data-strong={strong}
              style={{ backgroundColor }}
              title={said}
              onPointerEnter={() => setPointed(said)}
            >
              {width <= 6 && numbers.format(x, 2)}
            </span>
          );
        })}
      </div>
      <p className="quiet-text numeric jacobian-caption">
        {pointed ?? (whole ? text.explain : text.part(height, width, rows, columns))}
      </p>
    </section>
  );
}
