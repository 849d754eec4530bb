import type { GraphDocument, NodeId, Position } from '#graph';

/** Milliseconds. */
const time = 220;
/** More nodes than these just jump: drawing each of them anew for every frame would stutter. */
const most = 300;
/** Shorter ways are no journey: a nudge. */
const least = 24;

export type Positions = ReadonlyMap<NodeId, Position>;

/**
 * The nodes that lie elsewhere than they were drawn, with where that was; none where they are not to glide there.
 * `left` are places where nodes were let go, whatever the document before says.
 */
export function journeys(before: GraphDocument, after: GraphDocument, left: Positions): Positions {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (still || before.nodes === after.nodes) return new Map();
  const from = new Map(before.nodes.map(({ id, position }) => [id, position]));
  const moved = new Map<NodeId, Position>();
  let farthest = 0;
  for (const { id, position } of after.nodes) {
    const start = left.get(id) ?? from.get(id);
    if (!start || (start.x === position.x && start.y === position.y)) continue;
    moved.set(id, start);
    farthest = Math.max(farthest, Math.hypot(position.x - start.x, position.y - start.y));
  }
  return moved.size > 1 && moved.size <= most && farthest > least ? moved : new Map();
}

/** Shows nodes on their way from where they were to where they are. Returns how to end it at once. */
export function glide(
  from: Positions,
  to: GraphDocument,
  show: (positions: Positions) => void,
  done: () => void,
): () => void {
  const start = performance.now();
  const ends = to.nodes.filter(({ id }) => from.has(id));
  let frame = 0;
  const step = () => {
    const share = Math.min(1, (performance.now() - start) / time);
    if (share === 1) return done();
    // Fast at first, slow at its end.
    const far = 1 - (1 - share) ** 3;
    show(
      new Map(
        ends.map(({ id, position }) => {
          const { x, y } = from.get(id) ?? position;
          return [id, { x: x + (position.x - x) * far, y: y + (position.y - y) * far }];
        }),
      ),
    );
    frame = requestAnimationFrame(step);
  };
  show(from);
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}
