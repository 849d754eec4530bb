import type { Registry } from '#ops';
import type { Bypassed, GraphDocument, GraphNode } from '../document.ts';
import { encodeAttrs } from './attrs.ts';
import { frameToFile } from './frames.ts';
import { currentVersion } from './migrations.ts';
import { noteToFile } from './notes.ts';

/**
 * The text of a `.gradwire` file: stable key order, nothing that changes by itself, one line per node
 * and wire, so that files diff well. Attributes that have their default are not written.
 */
export function writeDocument(document: GraphDocument, registry: Registry): string {
  return fileText(toFile(document, registry));
}

/** JSON with a line for each entry of a list. */
export function fileText(file: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(file).map(([key, value]) => {
    if (!Array.isArray(value) || value.length === 0) return `  "${key}": ${JSON.stringify(value)}`;
    const lines = value.map((entry) => `    ${JSON.stringify(entry)}`);
    return `  "${key}": [\n${lines.join(',\n')}\n  ]`;
  });
  return `{\n${parts.join(',\n')}\n}\n`;
}

function bypassedToFile(
  { op, attrs, port, wires }: Bypassed,
  { id, label, position }: GraphNode,
  registry: Registry,
): Record<string, unknown> {
  return {
    op,
    attrs: encodeAttrs({ id, op, label, attrs, position }, registry),
    port,
    wires: wires.map(({ id: wire, from, port: side, name }) => ({
      id: wire,
      from: { node: from.node, port: from.port },
      port: side,
      ...(name ? { name } : {}),
    })),
  };
}

/** The same as plain JSON values. */
export function toFile(document: GraphDocument, registry: Registry): Record<string, unknown> {
  const { title, nodes, wires, loss, frames, otherFrames, notes, otherNotes, training, view } =
    document;
  return {
    format: 'gradwire',
    version: currentVersion,
    title,
    nodes: nodes.map((node) => ({
      id: node.id,
      op: node.op,
      label: node.label,
      attrs: encodeAttrs(node, registry),
      position: { x: node.position.x, y: node.position.y },
      ...(node.bypassed ? { bypassed: bypassedToFile(node.bypassed, node, registry) } : {}),
    })),
    wires: wires.map(({ id, from, to, name }) => ({
      id,
      from: { node: from.node, port: from.port },
      to: { node: to.node, port: to.port },
      ...(name ? { name } : {}),
    })),
    ...(loss ? { loss: { node: loss.node, seed: loss.seed } } : {}),
    frames: [...frames.map((frame) => frameToFile(frame, registry)), ...otherFrames],
    notes: [...notes.map(noteToFile), ...otherNotes],
    ...(training ? { training } : {}),
    ...(view ? { view } : {}),
  };
}
