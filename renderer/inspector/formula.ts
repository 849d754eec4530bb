import { type GraphDocument, indexOf, type Wire } from '#graph';
import { inputPorts, type Registry } from '#ops';
import type { WireTrace } from '#trace';
import { nameLatex, outputName, wireName } from '../format/names.ts';

/** The chain rule at a wire, with the graph's own names; the local gradient spelled out where it can be. */
export function chainRule(
  document: GraphDocument,
  registry: Registry,
  wire: Wire,
  traced: WireTrace | undefined,
): string {
  const { nodes, incoming } = indexOf(document);
  const target = nodes.get(wire.to.node);
  const operation = target && registry.get(target.op);
  if (!target || !operation) return '';
  const name = nameLatex(wireName(document, wire));
  const out = nameLatex(outputName(target));
  const wires = incoming.get(target.id) ?? new Map<string, Wire>();
  const names: Record<string, string> = {};
  for (const { name: port } of inputPorts(operation, target.attrs, wires.keys())) {
    const entering = wires.get(port);
    if (entering) names[port] = nameLatex(wireName(document, entering));
  }
  const upstream = partial('L', out);
  const local = traced?.local();
  const right = local?.kind === 'matrix' && local.side === 'right';
  const general = times(partial(out, name), upstream, right);
  const spelled = operation.latex.local?.(names, out, target.attrs)[wire.to.port];
  const equals = [`${partial('L', name)} = ${general}`];
  if (spelled === '1') equals.push(upstream);
  else if (spelled) equals.push(times(grouped(spelled), upstream, right));
  return equals.join(' = ');
}

function partial(of: string, by: string): string {
  return `\\frac{\\partial ${of}}{\\partial ${by}}`;
}

function times(local: string, upstream: string, right: boolean): string {
  return right ? `${upstream} \\cdot ${local}` : `${local} \\cdot ${upstream}`;
}

/** In parentheses where a sum would fall apart under the dot. */
function grouped(latex: string): string {
  let depth = 0;
  for (const character of latex.replaceAll(/\\left|\\right/g, '')) {
    if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character)) depth--;
    else if (depth === 0 && '+-'.includes(character)) return `\\left(${latex}\\right)`;
  }
  return latex;
}
