import {
  type GraphDocument,
  type GraphNode,
  indexOf,
  nameLatex,
  outputName,
  type Wire,
  wireName,
} from '#graph';
import { inputPorts, type Operation, type Registry } from '#ops';
import type { WireTrace } from './trace.ts';

/** The parts of the chain rule at a wire, as LaTeX with the graph's own names. */
export interface WireNames {
  /** dL/d of what the wire carries. */
  readonly whole: string;
  readonly upstream: string;
  /** d output / d input as a fraction. */
  readonly local: string;
  /** The local gradient spelled out, where it has a form. */
  readonly spelled: string | undefined;
  /** What flows back where it is no product of the two. */
  readonly back: string | undefined;
}

/** The names at a wire; null where its node's operation is not known. */
export function wireNames(
  document: GraphDocument,
  registry: Registry,
  wire: Wire,
): WireNames | null {
  const target = indexOf(document).nodes.get(wire.to.node);
  const operation = target && registry.get(target.op);
  if (!target || !operation) return null;
  const name = nameLatex(wireName(document, wire));
  const out = nameLatex(outputName(target));
  const names = portNames(document, target, operation);
  const loss = lossLatex(document);
  const upstream = partial(loss, out);
  const { latex } = operation;
  return {
    whole: partial(loss, name),
    upstream,
    local: partial(out, name),
    spelled: latex.local?.(names, out, target.attrs)[wire.to.port],
    back: latex.flowsBack?.(names, upstream, out, target.attrs)[wire.to.port],
  };
}

/** What stands on the connected wires of a node, by port. */
function portNames(
  document: GraphDocument,
  target: GraphNode,
  operation: Operation,
): Record<string, string> {
  const wires = indexOf(document).incoming.get(target.id) ?? new Map<string, Wire>();
  const names: Record<string, string> = {};
  for (const { name: port } of inputPorts(operation, target.attrs, wires.keys())) {
    const entering = wires.get(port);
    if (entering) names[port] = nameLatex(wireName(document, entering));
  }
  return names;
}

/**
 * The chain rule at a wire, with the graph's own names: read from right to left where the local gradient
 * is a matrix, spelled out where it has a form, and as what it comes to where it is no product.
 */
export function chainRule(
  document: GraphDocument,
  registry: Registry,
  wire: Wire,
  traced: WireTrace | undefined,
): string {
  const found = wireNames(document, registry, wire);
  if (!found) return '';
  const { whole, upstream, local: fraction, spelled, back } = found;
  const local = traced?.local();
  const right = local?.kind === 'matrix' && local.side === 'right';
  const sum = summed(traced);
  const general = sum + times(fraction, upstream, right);
  if (back === undefined && spelled === undefined) return `${whole} = ${general}`;
  const short = back ?? sum + product(spelled ?? '', upstream, right);
  // A long local gradient has a line of its own.
  return back === undefined && (spelled ?? '').length <= longest
    ? `${whole} = ${general} = ${short}`
    : `\\begin{aligned}${whole} &= ${general} \\\\[6pt] &= ${short}\\end{aligned}`;
}

/** The sign of the sum over the examples, where they share what the wire carries. */
function summed(traced: WireTrace | undefined): string {
  return traced?.upstream?.batched && traced.gradient && !traced.gradient.batched
    ? '\\textstyle\\sum_i '
    : '';
}

function product(spelled: string, upstream: string, right: boolean): string {
  return spelled === '1' ? upstream : times(grouped(spelled), upstream, right);
}

/** The loss is called L, but where another node has that name: there it goes by its own. */
function lossLatex({ nodes, loss }: GraphDocument): string {
  const own = nodes.find(({ id }) => id === loss?.node);
  const taken = nodes.some((node) => node !== own && node.label === 'L');
  return taken && own ? nameLatex(outputName(own)) : 'L';
}

/** Letters of LaTeX that fit behind the general rule in one line. */
const longest = 18;

function partial(of: string, by: string): string {
  return `\\frac{\\partial ${of}}{\\partial ${by}}`;
}

function times(local: string, upstream: string, right: boolean): string {
  return right ? `${upstream} \\cdot ${local}` : `${local} \\cdot ${upstream}`;
}

/** In parentheses where a sum would fall apart under the dot. */
export function grouped(latex: string): string {
  let depth = 0;
  for (const character of latex.replaceAll(/\\left|\\right/g, '')) {
    if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character)) depth--;
    else if (depth === 0 && '+-'.includes(character)) return `\\left(${latex}\\right)`;
  }
  return latex;
}
