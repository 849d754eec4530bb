import { z } from 'zod';
import type { Operation, Registry } from '#ops';
import type { GraphNode } from '../document.ts';

/** A node's attributes as the file holds them. */
export function encodeAttrs(node: GraphNode, registry: Registry): Record<string, unknown> {
  const operation = registry.get(node.op);
  if (!operation) return {};
  const encoded = z.encode(operation.attrs, node.attrs) as Record<string, unknown>;
  const defaults = defaultsOf(operation);
  return Object.fromEntries(
    Object.entries(encoded).filter(
      ([key, value]) =>
        value !== undefined && (key === 'shape' || JSON.stringify(value) !== defaults[key]),
    ),
  );
}

/** The default of each attribute, as JSON. */
function defaultsOf(operation: Operation): Readonly<Record<string, string | undefined>> {
  const parsed = operation.attrs.safeParse({});
  if (!parsed.success) return {};
  const encoded = z.encode(operation.attrs, parsed.data) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(encoded).map(([key, value]) => [key, JSON.stringify(value)]),
  );
}
