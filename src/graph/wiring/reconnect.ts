import type { Registry } from '#ops';
import { refusal } from '../connect.ts';
import { type Endpoint, type GraphDocument, indexOf, type Wire, type WireId } from '../document.ts';
import type { Edit } from '../edits.ts';
import { GraphError } from '../errors.ts';

/**
 * Leads a wire between other ports; it keeps its id, its name and its place in the file, and replaces the wire that
 * entered the new port. The refusal where it does not fit there.
 */
export function reconnect(
  document: GraphDocument,
  registry: Registry,
  id: WireId,
  ends: { readonly from: Endpoint; readonly to: Endpoint },
): readonly Edit[] | GraphError {
  const wire = indexOf(document).wires.get(id);
  if (!wire) return new GraphError('bad-edit', `There is no wire “${id}”.`);
  const { from, to } = ends;
  const without = { ...document, wires: document.wires.filter((other) => other.id !== id) };
  const refused = refusal(without, registry, from, to);
  if (refused) return refused;
  const replaced = indexOf(without).incoming.get(to.node)?.get(to.port);
  return [
    ...(replaced ? [{ type: 'removeWires', wires: [replaced.id] } as const] : []),
    ledAnew([{ ...wire, from, to }]),
  ];
}

/** Wires between other ports, and new ones; all checked together. */
export function ledAnew(wires: readonly Wire[]): Edit {
  return { type: 'replaceNodes', nodes: [], by: [], wires };
}
