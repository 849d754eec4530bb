import { z } from 'zod';
import type { Registry } from '#ops';
import {
  type Endpoint,
  type Frame,
  type FrameComposite,
  frameId,
  type GraphNode,
  type NodeId,
  nodeId,
  type Opaque,
} from '../document.ts';
import { parseAttrs } from '../edits.ts';
import { GraphError } from '../errors.ts';
import { mostRepeats } from '../groups/repeat.ts';
import { inPlainWords } from '../plain-errors.ts';
import { encodeAttrs } from './attrs.ts';
import { endpoint, id, nodeSchema } from './schema.ts';

const frameSchema = z.looseObject({
  id,
  title: z.string().default(''),
  color: z.string().optional(),
  folded: z.boolean().optional(),
  repeats: z.int().min(2).max(mostRepeats).optional(),
  nodes: z.array(id),
  composite: z.unknown().optional(),
});

const roomSchema = z.strictObject({
  corner: z.strictObject({ x: z.number(), y: z.number() }),
  cuts: z.array(
    z.strictObject({ side: z.enum(['right', 'below', 'above']), at: z.number(), by: z.number() }),
  ),
});

const compositeSchema = z.strictObject({
  ...nodeSchema.shape,
  inputs: z.record(z.string(), z.array(endpoint)),
  output: id,
  room: roomSchema,
});

/**
 * Reads one entry of the file's frames. What this version does not understand of it is kept: a composite
 * under `rest`, and of a frame whose nodes are not there undefined tells to keep all of it.
 */
export function readFrame(
  raw: Opaque,
  existing: ReadonlySet<NodeId>,
  registry: Registry,
): Frame | undefined {
  const parsed = frameSchema.safeParse(raw, inPlainWords);
  if (!parsed.success) return undefined;
  const {
    id,
    title,
    color,
    folded,
    repeats,
    nodes: listed,
    composite: rawComposite,
    ...others
  } = parsed.data;
  const nodes = [...new Set(listed.map(nodeId))].filter((node) => existing.has(node));
  if (nodes.length === 0) return undefined;
  const composite = readComposite(rawComposite, registry);
  const unread = rawComposite !== undefined && !composite ? { composite: rawComposite } : {};
  const rest = { ...others, ...unread };
  return {
    id: frameId(id),
    title,
    ...(color === undefined ? {} : { color }),
    ...(folded ? { folded } : {}),
    ...(repeats === undefined ? {} : { repeats }),
    nodes,
    ...(composite ? { composite } : {}),
    ...(Object.keys(rest).length > 0 ? { rest } : {}),
  };
}

function readComposite(raw: unknown, registry: Registry): FrameComposite | undefined {
  const parsed = compositeSchema.safeParse(raw, inPlainWords);
  if (!parsed.success) return undefined;
  const { inputs, output, room, bypassed: _, ...own } = parsed.data;
  const node = readNode({ ...own, id: nodeId(own.id) }, registry);
  if (!node) return undefined;
  const ports = Object.entries(inputs).map(([port, ends]): [string, Endpoint[]] => [
    port,
    ends.map((end) => ({ node: nodeId(end.node), port: end.port })),
  ]);
  return { node, inputs: Object.fromEntries(ports), output: nodeId(output), room };
}

function readNode(node: GraphNode, registry: Registry): GraphNode | undefined {
  try {
    return { ...node, attrs: parseAttrs(node, node.attrs, registry) };
  } catch (error) {
    if (error instanceof GraphError) return undefined;
    throw error;
  }
}

/** The entry of a frame as the file holds it. */
export function frameToFile(
  { id, title, color, folded, repeats, nodes, composite, rest }: Frame,
  registry: Registry,
): Opaque {
  return {
    id,
    title,
    ...(color === undefined ? {} : { color }),
    ...(folded ? { folded } : {}),
    ...(repeats === undefined ? {} : { repeats }),
    nodes,
    ...(composite ? { composite: compositeToFile(composite, registry) } : {}),
    ...rest,
  };
}

function compositeToFile({ node, inputs, output, room }: FrameComposite, registry: Registry) {
  const { id, op, label, position } = node;
  return {
    id,
    op,
    label,
    attrs: encodeAttrs(node, registry),
    position: { x: position.x, y: position.y },
    inputs,
    output,
    room,
  };
}
