import {
  ExpansionError,
  expand,
  expansionOf,
  type InnerGraph,
  inputPorts,
  type Registry,
  ShapeError,
} from '#ops';
import { type Form, TensorError } from '#tensor';
import { type GraphNode, nodeName } from '../document.ts';
import { GraphError, type GraphErrorCode } from '../errors.ts';

/**
 * What a node consists of, with what arrives at its connected ports. Throws `GraphError` with `code`
 * where its operation is elementary, or cannot be taken apart as it stands.
 */
export function partsOf(
  node: GraphNode,
  arriving: ReadonlyMap<string, Form | undefined>,
  registry: Registry,
  code: GraphErrorCode,
): InnerGraph {
  const operation = registry.get(node.op);
  const expansion = expansionOf(node.op);
  const name = nodeName(node, registry);
  if (!operation || !expansion) {
    const message = `“${name}” is an elementary operation: there is nothing inside to show.`;
    throw new GraphError(code, message, { node: node.id });
  }
  const ports = inputPorts(operation, node.attrs, arriving.keys());
  const ordered = ports.flatMap((port): [string, Form | undefined][] =>
    arriving.has(port.name) ? [[port.name, arriving.get(port.name)]] : [],
  );
  try {
    return expand(expansion, new Map(ordered), node.attrs);
  } catch (error) {
    const known =
      error instanceof ExpansionError ||
      error instanceof ShapeError ||
      error instanceof TensorError;
    if (!known) throw error;
    throw new GraphError(code, `${operation.title} “${name}”: ${error.message}`, {
      node: node.id,
    });
  }
}

/** Carries out `attempt` and gives the `GraphError` that refuses it, or null. */
export function refusalOf(attempt: () => unknown): GraphError | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}
