import type { GraphDocument } from '#graph';
import { filing } from '../strings/en-files.ts';

/** About the size of a node on the canvas. */
const node = { width: 120, height: 56 };
/** More would only be a blot. */
const mostDrawn = 1000;

/** A graph in small, by its nodes' places alone, to be recognized by its outline. */
export function Picture({ document }: { readonly document: GraphDocument }) {
  const nodes = document.nodes.slice(0, mostDrawn);
  const places = new Map(nodes.map(({ id, position }) => [id, position]));
  const xs = nodes.map(({ position }) => position.x);
  const ys = nodes.map(({ position }) => position.y);
  const left = xs.length > 0 ? Math.min(...xs) : 0;
  const top = ys.length > 0 ? Math.min(...ys) : 0;
  const width = Math.max(node.width, ...xs.map((x) => x - left + node.width));
  const height = Math.max(node.height, ...ys.map((y) => y - top + node.height));
  return (
    <svg
      className="file-picture"
      role="img"
      aria-label={filing.picture}
      viewBox={`${left - 20} ${top - 20} ${width + 40} ${height + 40}`}
      preserveAspectRatio="xMidYMid meet"
    >
      {document.wires.slice(0, 2 * mostDrawn).map(({ id, from, to }) => {
        const a = places.get(from.node);
        const b = places.get(to.node);
        if (!a || !b) return null;
        return (
          <line
            key={id}
            x1={a.x + node.width}
            y1={a.y + node.height / 2}
            x2={b.x}
            y2={b.y + node.height / 2}
          />
        );
      })}
      {nodes.map(({ id, position }) => (
        <rect
          key={id}
          className={id === document.loss?.node ? 'loss' : ''}
          x={position.x}
          y={position.y}
          rx={12}
          {...node}
        />
      ))}
    </svg>
  );
}
