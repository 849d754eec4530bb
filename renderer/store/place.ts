import type { GraphDocument, Position } from '#graph';

const near = 60;
const step = 40;

/** A place for a new node near `wanted` where none lies yet. */
export function freePlace(document: GraphDocument, wanted: Position): Position {
  let place = { x: Math.round(wanted.x - 38), y: Math.round(wanted.y - 38) };
  const taken = ({ x, y }: Position) =>
    document.nodes.some(
      ({ position }) => Math.abs(position.x - x) < near && Math.abs(position.y - y) < near,
    );
  while (taken(place)) place = { x: place.x + step, y: place.y + step };
  return place;
}
