import { z } from 'zod';
import type { Operation } from './operation.ts';
import { operationGroups } from './operation.ts';
import type { Registry } from './registry.ts';

const groupTitles: Readonly<Record<(typeof operationGroups)[number], string>> = {
  sources: 'Sources',
  arithmetic: 'Arithmetic',
  functions: 'Functions',
  reductions: 'Reductions over the axes of one example',
  batch: 'Reductions over the batch',
  matrices: 'Matrices',
  shape: 'Shape',
  layers: 'Layers',
  losses: 'Probabilities, losses and measures',
};

/** The manual's page on every operation, in Markdown, from the operations themselves. */
export function manual(registry: Registry): string {
  const operations = [...registry.values()];
  const sections = operationGroups.flatMap((group) => {
    const members = operations.filter((operation) => operation.group === group);
    if (members.length === 0) return [];
    return [`## ${groupTitles[group]}`, ...members.map(entry)];
  });
  return `${[heading(operations.length), ...sections].join('\n\n')}\n`;
}

function heading(count: number): string {
  return `# Operations

<!-- Written by \`npm run docs\` from src/ops. Change it there. -->

The ${count} operations, as the palette groups them. g is the upstream gradient. Every operation also works on
batches: rules are per example, and a value shared by all examples receives the sum of their gradients.`;
}

/** One operation: its line of facts, its help, its formula and its local gradients. */
function entry(operation: Operation): string {
  const { id, title, nickname, symbol, help, passes } = operation;
  const names = portNames(operation);
  const ports = operation.source ? 'none' : portList(operation);
  const facts = [
    `id \`${id}\``,
    ...(nickname ? [`nickname: ${nickname}`] : []),
    `inputs: ${ports}`,
    ...attributeFacts(operation),
  ];
  const attrs = operation.attrs.parse(operation.sample.attrs ?? {});
  const locals = Object.entries(operation.latex.local?.(names, 'y', attrs) ?? {});
  const back = Object.entries(operation.latex.flowsBack?.(names, 'g', 'y', attrs) ?? {});
  return [
    `### ${title} (${symbol})`,
    facts.join('; '),
    help,
    `$$${operation.latex.forward(names, attrs)}$$`,
    ...(operation.source ? [] : [`Backward it ${passes}.`]),
    ...(locals.length > 0
      ? [`Local gradient: ${locals.map(([port, latex]) => `${port}: $${latex}$`).join(', ')}.`]
      : []),
    ...(back.length > 0
      ? [`Flows back: ${back.map(([port, latex]) => `to ${port}: $${latex}$`).join(', ')}.`]
      : []),
  ].join('\n\n');
}

/** Every port under its own name, optional ones too. */
function portNames(operation: Operation): Record<string, string> {
  const attrs = operation.attrs.parse(operation.sample.attrs ?? {});
  const ports = operation.portsOf?.(attrs) ?? operation.ports;
  return Object.fromEntries(
    ports.map(({ name }) => [name, name.length === 1 ? name : `\\text{${name}}`]),
  );
}

function portList({ ports, portsOf, variadic }: Operation): string {
  if (portsOf) return 'the variables of the expression';
  const names = ports.map(({ name, kind, optional }) => {
    const notes = [...(kind === 'index' ? ['index'] : []), ...(optional ? ['optional'] : [])];
    return notes.length > 0 ? `${name} (${notes.join(', ')})` : name;
  });
  return [...names, ...(variadic ? ['…'] : [])].join(', ');
}

/** Attributes with their defaults, from the schema. */
function attributeFacts({ attrs }: Operation): string[] {
  const schema = z.toJSONSchema(attrs, { io: 'input', unrepresentable: 'any' });
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0) return [];
  const facts = properties.map(([name, property]) => {
    const preset = typeof property === 'object' ? property.default : undefined;
    return preset === undefined ? `\`${name}\`` : `\`${name}\` ${JSON.stringify(preset)}`;
  });
  return [`attributes: ${facts.join(', ')}`];
}
