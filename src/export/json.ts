import {
  type Frame,
  fragmentOf,
  type GraphDocument,
  type GraphNode,
  type NodeId,
  writeDocument,
} from '#graph';
import type { Registry } from '#ops';

export interface JsonOptions {
  /** Only these nodes, with what lies between them; all without it. */
  readonly only?: ReadonlySet<NodeId> | undefined;
  /** Whether parameters keep the values they were given or trained to; else they start anew from their initializers. */
  readonly parameters: boolean;
}

/** The document, or a part of it, as a `.gradwire` file. */
export function toJson(
  document: GraphDocument,
  registry: Registry,
  { only, parameters }: JsonOptions,
): string {
  const part = only ? { ...fragmentOf(document, only).graph, title: document.title } : document;
  const bare = parameters
    ? part
    : { ...part, nodes: part.nodes.map(untrained), frames: part.frames.map(untrainedFrame) };
  return writeDocument(bare, registry);
}

/** What training leaves behind in a node's attributes. */
const trainedAttributes: Readonly<Record<string, readonly string[]>> = {
  parameter: ['value'],
  batchNorm: ['runningMean', 'runningVariance'],
};

function untrained(node: GraphNode): GraphNode {
  const drop = trainedAttributes[node.op];
  if (!drop) return node;
  const attrs = Object.fromEntries(
    Object.entries(node.attrs).filter(([name]) => !drop.includes(name)),
  );
  return { ...node, attrs };
}

/** A frame remembers the composite it was made from. */
function untrainedFrame(frame: Frame): Frame {
  return frame.composite
    ? { ...frame, composite: { ...frame.composite, node: untrained(frame.composite.node) } }
    : frame;
}
