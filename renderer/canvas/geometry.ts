import { Position } from '@xyflow/react';
import type { GraphDocument, GraphNode } from '#graph';
import { type Operation, outputPort } from '#ops';
import { heldValue } from '../format/held.ts';
import { outputName } from '../format/names.ts';
import { formatNumber } from '../format/numbers.ts';
import type { FlowNode, Size } from './flow-nodes.ts';
import { shownPorts } from './ports.ts';

/** As nodes.css draws them: large graphs know where all of it lies without drawing it. */
const border = 1.6;
const port = 12;
const operationWidth = 76;
/** A source is as wide as what it shows, but for short names and numbers, which are most in a lecture. */
const source = { least: 96, height: 50, padding: 28, gap: 10, letter: 10 };
/** What stands in it: a number, or the picture of a tensor with a note beside it. */
const shownValue = { padding: 8, digit: 10, picture: 56, note: 42 };

type Handles = NonNullable<FlowNode['handles']>;

/** A node's size before it was ever drawn: exact for an operation and a short source, close for a longer one. */
export function sizeBefore(
  document: GraphDocument,
  node: GraphNode,
  operation: Operation | undefined,
): Size {
  if (operation && operation.group !== 'sources') {
    return { width: operationWidth, height: shownPorts(document, node, operation).height };
  }
  const name = source.letter * outputName(node).length + source.gap;
  const width = 2 * border + source.padding + name + valueWidth(node);
  return { width: Math.max(source.least, Math.round(width)), height: source.height };
}

/** About how wide a source's value is, with what it stands in. */
function valueWidth(node: GraphNode): number {
  const held = heldValue(node);
  const [number] = held?.shape.length === 0 ? held.data : [];
  const { padding, digit, picture, note } = shownValue;
  if (number !== undefined) return padding + digit * formatNumber(number).length;
  return padding + (held ? picture : 0) + note;
}

/** A node's ports, as React Flow would measure them. */
export function handlesOf(
  document: GraphDocument,
  node: GraphNode,
  operation: Operation | undefined,
  { width, height }: Size,
): Handles {
  const output = {
    id: outputPort,
    type: 'source',
    position: Position.Right,
    x: width - border + port / 2 - port,
    y: (height - port) / 2,
    width: port,
    height: port,
  } as const;
  if (!operation || operation.group === 'sources') return [output];
  const inputs = shownPorts(document, node, operation).ports.map(
    ({ name, top }) =>
      ({
        id: name,
        type: 'target',
        position: Position.Left,
        x: border - port / 2,
        y: border + top - port / 2,
        width: port,
        height: port,
      }) as const,
  );
  return [output, ...inputs];
}
