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
  const loss = lossLatex(document);
  const upstream = partial(loss, out);
  const local = traced?.local();
  const right = local?.kind === 'matrix' && local.side === 'right';
  const general = times(partial(out, name), upstream, right);
  const spelled = operation.latex.local?.(names, out, target.attrs)[wire.to.port];
  const whole = partial(loss, name);
  if (!spelled) return `${whole} = ${general}`;
  const short = spelled === '1' ? upstream : times(grouped(spelled), upstream, right);
  // A long local gradient has a line of its own.
  return spelled.length <= longest
    ? `${whole} = ${general} = ${short}`
    : `\\begin{aligned}${whole} &= ${general} \\\\[6pt] &= ${short}\\end{aligned}`;
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
function grouped(latex: string): string {
  let depth = 0;
  for (const character of latex.replaceAll(/\\left|\\right/g, '')) {
    if ('{(['.includes(character)) depth++;
    else if ('})]'.includes(character)) depth--;
    else if (depth === 0 && '+-'.includes(character)) return `\\left(${latex}\\right)`;
  }
  return latex;
}
