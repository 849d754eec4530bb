import { Position } from '@xyflow/react';
import type { GraphDocument, GraphNode } from '#graph';
import { type Operation, outputPort } from '#ops';
import { outputName } from '../format/names.ts';
import type { FlowNode, Size } from './flow-nodes.ts';
import { shownPorts } from './ports.ts';

/** As nodes.css draws them: large graphs know where all of it lies without drawing it. */
const border = 1.6;
const port = 12;
const operationWidth = 76;
const source = { least: 96, height: 50, around: 82, character: 9.4 };

type Handles = NonNullable<FlowNode['handles']>;

/** A node's size before it was ever drawn: exact for an operation, close for a source. */
export function sizeBefore(
  document: GraphDocument,
  node: GraphNode,
  operation: Operation | undefined,
): Size {
  if (operation && operation.group !== 'sources') {
    return { width: operationWidth, height: shownPorts(document, node, operation).height };
  }
  const shown = outputName(node).length + 3;
  const width = Math.max(source.least, source.around + shown * source.character);
  return { width, height: source.height };
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
