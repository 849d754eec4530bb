import { indexOf, outputName, wireName } from '#graph';
import type { Registry } from '#ops';
import { describeValue, type Numbers, type Trace } from '#trace';
import { oneLine } from './marks.ts';
import type { Palette } from './palette.ts';
import { palettes, type ThemeName } from './palette.ts';

export interface DotOptions {
  readonly theme: ThemeName;
  readonly numbers: Numbers;
  readonly values: boolean;
  readonly gradients: boolean;
}

/** The graph for Graphviz: sources as pills, operations as rounded squares, frames as clusters; it lays them out itself. */
export function toDot(trace: Trace, registry: Registry, options: DotOptions): string {
  const { document } = trace;
  const { nodes: byId } = indexOf(document);
  const palette = palettes[options.theme];
  const ids = new Map(document.nodes.map(({ id }, at) => [id, `n${at}`]));
  const nodeLines = document.nodes.map((node) => {
    const operation = registry.get(node.op);
    const source = operation?.group === 'sources';
    const name = outputName(node);
    const value = trace.nodes.get(node.id)?.value;
    const shown = value && options.values ? describeValue(value, options.numbers) : '';
    const label = source
      ? [name, shown].filter(Boolean).join('  ')
      : `${operation?.symbol ?? node.op}\n${operation?.title ?? node.op}${node.label ? `\n${oneLine(node.label)}` : ''}`;
    const outline = source ? palette.value : palette.ink;
    const style = node.op === 'constant' ? 'rounded,filled,dashed' : 'rounded,filled';
    const loss = document.loss?.node === node.id ? `, color=${quoted(palette.gradient)}` : '';
    return `  ${ids.get(node.id)} [label=${quoted(label)}, style=${quoted(style)}, color=${quoted(outline)}${loss}];`;
  });
  const wireLines = document.wires.map((wire) => {
    const { value, gradient } = trace.wires.get(wire.id) ?? {};
    const source = byId.get(wire.from.node);
    const named =
      source && registry.get(source.op)?.group !== 'sources'
        ? wireName(document, wire)
        : (wire.name ?? '');
    return `  ${ids.get(wire.from.node)} -> ${ids.get(wire.to.node)} [label=${wireLabel(named, value, gradient, options, palette)}, tooltip=${quoted(wire.to.port)}];`;
  });
  const clusters = document.frames.map((frame, at) => {
    const members = frame.nodes.flatMap((id) => ids.get(id) ?? []).join('; ');
    return `  subgraph cluster_${at} { label=${quoted(oneLine(frame.title))}; style="rounded,dashed"; color=${quoted(palette.faint)}; fontcolor=${quoted(palette.dim)}; ${members}; }`;
  });
  return `${[
    `digraph ${quoted(document.title)} {`,
    '  rankdir=LR;',
    `  graph [bgcolor=${quoted(palette.paper)}, fontname="Helvetica"];`,
    `  node [shape=box, fillcolor=${quoted(palette.panel)}, fontcolor=${quoted(palette.ink)}, fontname="Helvetica", penwidth=1.6];`,
    `  edge [color=${quoted(palette.faint)}, fontname="Helvetica", arrowsize=0.7];`,
    ...nodeLines,
    // A node stands in one cluster: the first that names it.
    ...clusters,
    ...wireLines,
    '}',
  ].join('\n')}\n`;
}

/** The name in grey, the value in blue, the gradient in red: HTML-like, for the colours. */
function wireLabel(
  name: string,
  value: Parameters<typeof describeValue>[0] | undefined,
  gradient: Parameters<typeof describeValue>[0] | null | undefined,
  { numbers, values, gradients }: DotOptions,
  palette: Palette,
): string {
  const lines = [
    ...(name ? [font(palette.dim, name)] : []),
    ...(values && value ? [font(palette.value, describeValue(value, numbers))] : []),
    ...(gradients && gradient !== undefined
      ? [font(palette.gradient, gradient === null ? '—' : describeValue(gradient, numbers))]
      : []),
  ];
  return lines.length === 0 ? '""' : `<${lines.join('<br/>')}>`;
}

function font(colour: string, written: string): string {
  const escaped = oneLine(written)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return `<font color="${colour}">${escaped || ' '}</font>`;
}

/** A string of DOT: backslashes would begin escapes such as \N, the node's name; line breaks become its own. */
function quoted(written: string): string {
  const clean = written
    .split('\n')
    .map(oneLine)
    .map((line) => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"'));
  return `"${clean.join('\\n')}"`;
}
